// A WSGI application made of a node:http Server: the bridge for Express, Koa, Fastify and whatever else is written for
// `(req, res)`. The server never listens. Each request gets a connection that lies wholly in memory, with node:http at
// both ends of it, and so no `req` and no `res` has to be faked.
// What does not pass: Upgrade (WebSocket), CONNECT, 1xx responses and trailers, for which WSGI has no words.

import { request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, Server } from 'node:http'
import { inspect } from 'node:util'
import { emptyInput } from '#given/03-environ/streams.ts'
import type { Application, Environ, StartResponse } from '#wsgi'
import { connectionTo } from './memory-connection.ts'
import { headersOf, requestHeaders, requestTarget, statusOf } from './node-heads.ts'

/** Bytes of the request's body that are asked for at once. */
const PIECE = 65_536
/** Bytes that the head of a response may have. Node's usual 16 KB is meant for strangers. */
const HEAD_SIZE = 1_048_576

/** What is wrong is not in any line of ours, so this is shown without its stack. */
class NodeStyleError extends Error {
  override name = 'NodeStyleError';

  [inspect.custom](): string {
    return this.message
  }
}

export function nodeApplication(server: Server): Application {
  return (environ, startResponse) => {
    const request = prepare(server, environ)
    const body = answer(request, environ, startResponse)
    // Ends whatever is still under way: the application sees its client go.
    return Object.assign(body, { close: () => void request.destroy() })
  }
}

/** A request on a connection of its own. Nothing of it has been sent. */
function prepare(server: Server, environ: Environ): ClientRequest {
  const request = httpRequest({
    createConnection: () => connectionTo(server, environ),
    method: environ.REQUEST_METHOD,
    path: requestTarget(environ),
    headers: requestHeaders(environ),
    maxHeaderSize: HEAD_SIZE,
  })
  // Node would drop all header lines after the thousandth without a word.
  request.maxHeadersCount = 0
  // Whoever waits for the response hears of an error there. When nobody does, it is no news.
  return request.on('error', () => {})
}

/** Sends the request, and passes the response on as it is made. */
async function* answer(
  request: ClientRequest,
  environ: Environ,
  startResponse: StartResponse,
): AsyncGenerator<Buffer> {
  let fault: unknown
  // Before anything is sent: an application may answer within the same turn of the event loop.
  const answered = responseTo(request)
  answered.catch(() => {})
  sendBody(request, environ).catch((error: unknown) => {
    fault = error
    request.destroy()
  })
  try {
    const response = await answered
    startResponse(statusOf(response), headersOf(response))
    for await (const chunk of response) yield chunk
  } catch (error) {
    // A request that breaks off takes its response along, and is the better reason to give.
    throw named(fault ?? error)
  }
}

/** Sends the head, then the body at the pace at which the application reads it. */
async function sendBody(request: ClientRequest, environ: Environ): Promise<void> {
  let left = lengthOfBody(environ)
  if (left > 0) request.flushHeaders()
  while (left > 0) {
    const chunk = await environ['wsgi.input'].read(Math.min(left, PIECE))
    if (request.destroyed) return
    if (chunk.length === 0 && left === Infinity) break
    if (chunk.length === 0) throw tooShort(environ, left)
    left -= chunk.length
    if (!request.write(chunk)) await room(request)
  }
  request.end()
}

/** In bytes; Infinity when only its end will tell. */
function lengthOfBody(environ: Environ): number {
  if (environ['wsgi.input'] === emptyInput) return 0
  if (environ['HTTP_TRANSFER_ENCODING'] !== undefined) return Infinity
  const length = environ.CONTENT_LENGTH ?? ''
  return /^\d+$/.test(length) ? Number(length) : 0
}

/** Never settles when the application has stopped reading for good: then nobody needs the rest. */
function room(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => request.once('drain', resolve))
}

function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject)
    request.once('upgrade', () =>
      reject(new NodeStyleError('The application answered 101, which WSGI has no words for.')),
    )
  })
}

function tooShort(environ: Environ, left: number): NodeStyleError {
  const length = Number(environ.CONTENT_LENGTH)
  return new NodeStyleError(
    `wsgi.input ended after ${length - left} of the ${length} bytes of CONTENT_LENGTH.`,
  )
}

/** "socket hang up" is what node:http says of it. */
function named(error: unknown): unknown {
  const isReset = error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
  return isReset
    ? new NodeStyleError('The application closed its connection before its answer was whole.')
    : error
}
