// A correct step 5 in another style: iterators written by hand in place of generators, a Request built up by steps.

import { STATUS_CODES } from 'node:http'
import { targetBelow } from '#given/05-framework-apps/target.ts'
import type { Application, Body, Environ, Header, InputStream, StartResponse } from '#wsgi'
import { HOP_BY_HOP } from '#given/04-start-response/hop-by-hop.ts'

export type FetchHandler = (request: Request) => Response | Promise<Response>

export function fetchApplication(handler: FetchHandler): Application {
  return async function application(environ, startResponse) {
    if (['CONNECT', 'TRACE', 'TRACK'].includes(environ.REQUEST_METHOD.toUpperCase()))
      return sendResponse(new Response(null, { status: 501 }), startResponse)
    const request = requestOf(environ)
    const body = sendResponse(await handler(request), startResponse)
    const { close } = body
    // As long as the body is held, so is the Request, whose signal would come to nothing otherwise.
    body.close = async () => {
      await close?.call(body)
      void request
    }
    return body
  }
}

export function requestOf(environ: Environ): Request {
  const named = String(environ['HTTP_HOST'] ?? '')
  const host = URL.canParse(`http://${named}`) ? named : `${environ.SERVER_NAME}:${environ.SERVER_PORT}`
  const target = targetBelow(environ)
  const init: RequestInit & { duplex?: 'half' } = {
    method: environ.REQUEST_METHOD,
    headers: headersOf(environ),
  }
  const signal = environ['wsgi_workshop.signal']
  if (signal !== undefined) init.signal = signal
  const isAnnounced = 'CONTENT_LENGTH' in environ || 'HTTP_TRANSFER_ENCODING' in environ
  if (isAnnounced && !['GET', 'HEAD'].includes(environ.REQUEST_METHOD)) {
    init.body = streamOf(environ['wsgi.input'])
    init.duplex = 'half'
  }
  return new Request(['http://', host, target === '*' ? '/' : target].join(''), init)
}

export function headersOf(environ: Environ): Headers {
  const pairs: [string, string][] = []
  for (const key in environ) {
    const value = environ[key]
    const name = /^(?:HTTP_(.+)|(CONTENT_(?:TYPE|LENGTH)))$/.exec(key)
    if (name !== null && typeof value === 'string')
      pairs.push([(name[1] ?? name[2] ?? '').toLowerCase().split('_').join('-'), value])
  }
  return new Headers(pairs)
}

function streamOf(input: InputStream): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await input.read(16_384)
        if (bytes.length === 0) controller.close()
        else controller.enqueue(bytes)
      },
    },
    { highWaterMark: 0 },
  )
}

export function sendResponse(response: Response, startResponse: StartResponse): Body {
  const headers: Header[] = []
  response.headers.forEach((value, name) => {
    if (!HOP_BY_HOP.has(name)) headers.push([name, value])
  })
  const reason = [response.statusText, STATUS_CODES[response.status], 'No Reason'].find(Boolean)
  startResponse(`${response.status} ${reason}`, headers)
  return response.body === null ? [] : new StreamedBody(response.body)
}

class StreamedBody implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private isOver = false
  close: () => void | Promise<void> = () => this.cancel()

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader()
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const { done, value } = await this.reader.read()
      if (!done) return { done: false, value }
    } catch (error) {
      this.isOver = true
      throw error
    }
    this.isOver = true
    return { done: true, value: undefined }
  }

  private cancel(): Promise<void> | undefined {
    return this.isOver ? undefined : this.reader.cancel()
  }
}
