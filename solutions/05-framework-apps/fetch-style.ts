// The Fetch-style adapter: frameworks that are a function from a Request to a Response (Hono, and many others) become
// WSGI applications. `Request` and `Response` are Node's own, as in a browser.

import { STATUS_CODES } from 'node:http'
import { targetBelow } from '#given/05-framework-apps/target.ts'
import type { Body, Environ, Header, InputStream, StartResponse, Application } from '#wsgi'
import { HOP_BY_HOP } from '#given/04-start-response/hop-by-hop.ts'

export type FetchHandler = (request: Request) => Response | Promise<Response>

/** Fetch standard, "forbidden method": no Request can be made with these. */
const FORBIDDEN = /^(?:CONNECT|TRACE|TRACK)$/i

/** The WSGI application that answers as `handler` does. */
export function fetchApplication(handler: FetchHandler): Application {
  return async (environ, startResponse) => {
    if (FORBIDDEN.test(environ.REQUEST_METHOD))
      return sendResponse(new Response(null, { status: 501 }), startResponse)
    const request = requestOf(environ)
    return holding(request, sendResponse(await handler(request), startResponse))
  }
}

/** Node passes an abort on to a Request only as long as somebody holds that Request: until it is closed, the body does. */
function holding(request: Request, body: Body): Body {
  if (Array.isArray(body)) return body
  const close = body.close?.bind(body)
  return Object.assign(body, { close: () => (void request, close?.()) })
}

/** The request that this environ stands for. */
export function requestOf(environ: Environ): Request {
  const host = hostOf(environ)
  // `*`, which OPTIONS may ask for, is no path, and right behind a host it makes no URL.
  const target = targetBelow(environ).replace(/^\*$/, '/')
  //> 5.2 Give a `new Request(url, { method, headers })`. The URL is "http://", the host and the target, one after the
  //> other; the headers are what `headersOf` makes of the environ.
  //> 5.S In the same call: `body`, from `bodyOf`, with `duplex: 'half'`, where there is one: not for GET and HEAD, and
  //> only if CONTENT_LENGTH or HTTP_TRANSFER_ENCODING says so.
  //> 5.S In the same call: `signal`. `environ['wsgi_workshop.signal']` tells the handler that its client has gone.
  const method = environ.REQUEST_METHOD
  const isPlain = method === 'GET' || method === 'HEAD'
  const hasBody = Boolean(environ.CONTENT_LENGTH ?? environ['HTTP_TRANSFER_ENCODING'])
  return new Request(`${environ['wsgi.url_scheme']}://${host}${target}`, {
    method,
    headers: headersOf(environ),
    signal: environ['wsgi_workshop.signal'] ?? null,
    ...(hasBody && !isPlain && { body: bodyOf(environ['wsgi.input']), duplex: 'half' }),
  })
  //<
}

/** What the client calls this server; its own name, where no URL can have that. */
function hostOf({ HTTP_HOST: sent, SERVER_NAME: name, SERVER_PORT: port }: Environ): string {
  return URL.canParse(`http://${String(sent ?? '')}`) ? String(sent) : `${name}:${port}`
}

/** The header fields that the environ was made of, as far as it still tells: names have lost their case. */
export function headersOf(environ: Environ): Headers {
  const headers = new Headers()
  //> 5.2 Step 3 the other way round: HTTP_USER_AGENT is `user-agent`. CONTENT_TYPE and CONTENT_LENGTH have no HTTP_.
  for (const [key, value] of Object.entries(environ)) {
    const isField = key.startsWith('HTTP_') || key === 'CONTENT_TYPE' || key === 'CONTENT_LENGTH'
    if (isField && typeof value === 'string')
      headers.set(key.replace(/^HTTP_/, '').replaceAll('_', '-'), value)
  }
  //<
  return headers
}

/** The body of a request as a stream that reads only when it is read. */
function bodyOf(input: InputStream): ReadableStream<Uint8Array> {
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const chunk = await input.read(65_536)
    if (chunk.length > 0) controller.enqueue(chunk)
    else controller.close()
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/** Begins the response, and gives its body. */
export function sendResponse(response: Response, startResponse: StartResponse): Body {
  //> 5.3 Call `startResponse`: the status is "200 OK", of `response.status` and `response.statusText` (which may be
  //> empty: `STATUS_CODES` knows the usual reasons); `[...response.headers]` is a list of pairs. Give back
  //> `response.body`, which can be iterated for bytes, or an empty list where it is null.
  //> 5.S Before `startResponse`: a status that `STATUS_CODES` does not know, such as 299, wants some reason, too.
  //> 5.S Before `startResponse`: leave out the headers of HOP_BY_HOP. They are the server's; frameworks do set them.
  //> 5.S In place of the stream: a body with a `close` that cancels it, even while a chunk of it is awaited. Iterating
  //> a stream locks it, so read it through a reader of your own (`getReader`): that one can be cancelled.
  const reason = response.statusText || STATUS_CODES[response.status] || 'Unknown'
  const headers: Header[] = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name))
  startResponse(`${response.status} ${reason}`, headers)
  return response.body === null ? [] : cancelling(response.body)
  //<
}

//> -
/** The stream as a body that is let go when the server closes it, even while a chunk is awaited. */
function cancelling(stream: ReadableStream<Uint8Array>): Body {
  const reader = stream.getReader()
  let isBroken = false
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
      } catch (error) {
        isBroken = true
        throw error
      }
    },
    // To cancel a stream that has failed would only tell its error again.
    close: () => (isBroken ? undefined : reader.cancel()),
  }
}
//<
