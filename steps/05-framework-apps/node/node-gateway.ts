// A WSGI gateway over node:http: runs an Application on Node's own server, in about 40 lines. An application cannot
// tell who serves it, and `npm run matrix` holds our server's answers against this one's.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Application, Body, Environ, Header, StartResponse } from '#wsgi'
import { BodyInput } from '#given/kit/application/body-input.ts'

/** A server that is yet to listen. */
export function createGateway(application: Application): Server {
  return createServer((request, response) => void answer(application, request, response))
}

async function answer(application: Application, request: IncomingMessage, response: ServerResponse) {
  const gone = once(response, 'close')
  let head: [status: string, headers: Header[]] | undefined
  let body: Body | undefined

  const sendHead = () => {
    if (response.headersSent) return
    if (head === undefined) throw new Error('The application never called start_response.')
    const [status, headers] = head
    response.writeHead(Number(status.slice(0, 3)), status.slice(4), headers.flat())
  }
  const write = async (chunk: Uint8Array) => {
    if (chunk.length === 0) return
    sendHead()
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), gone])
  }
  const startResponse: StartResponse = (status, headers, error) => {
    if (response.headersSent) throw error
    head = [status, headers]
    return write
  }

  try {
    body = await application(environOf(request), startResponse)
    for await (const chunk of body) {
      if (response.destroyed) break
      await write(chunk)
    }
    sendHead()
    response.end()
  } catch (error) {
    console.error(error)
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'Content-Type': 'text/plain' }).end('The application failed.\n')
  } finally {
    await body?.close?.()
  }
}

function environOf(request: IncomingMessage): Environ {
  const { method = 'GET', url = '/', headers, socket } = request
  const [path = '', ...query] = url.split('?')
  const fields = Object.entries(headers).map(([name, value]) => {
    return [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, String(value)]
  })
  const { HTTP_CONTENT_TYPE, HTTP_CONTENT_LENGTH, ...variables } = Object.fromEntries(fields)
  return {
    REQUEST_METHOD: method,
    SCRIPT_NAME: '',
    PATH_INFO: path.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    QUERY_STRING: query.join('?'),
    REQUEST_URI: url,
    ...(HTTP_CONTENT_TYPE && { CONTENT_TYPE: HTTP_CONTENT_TYPE }),
    ...(HTTP_CONTENT_LENGTH && { CONTENT_LENGTH: HTTP_CONTENT_LENGTH }),
    SERVER_NAME: socket.localAddress ?? '127.0.0.1',
    SERVER_PORT: String(socket.localPort),
    SERVER_PROTOCOL: `HTTP/${request.httpVersion}`,
    REMOTE_ADDR: socket.remoteAddress ?? '',
    REMOTE_PORT: String(socket.remotePort),
    ...variables,
    'wsgi.version': [1, 0],
    'wsgi.url_scheme': 'http',
    'wsgi.input': new BodyInput(request),
    'wsgi.errors': { write: (text) => void process.stderr.write(text), flush: () => {} },
    'wsgi.multithread': false,
    'wsgi.multiprocess': false,
    'wsgi.run_once': false,
  }
}
