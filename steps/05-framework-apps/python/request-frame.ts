// The frame that gives Python a request. wsgi_workshop/request.py is the other side.
//
// Its payload: a byte of flags, the length of the variables (4 bytes), the variables, the body as far as it was
// collected.

import type { Environ } from '#wsgi'
import { hasBody } from './collect.ts'
import type { Exchange } from './exchange.ts'
import { frameOf, HEADER_SIZE, packTexts, REQUEST } from './frames.ts'

/** The flags: the body goes on; it has a Content-Length; other processes run the same application. */
const MORE = 1
const LENGTH_KNOWN = 2
const MULTIPROCESS = 4

const NOTHING = Buffer.alloc(0)

export function requestFrame(id: number, exchange: Exchange, isOneOfSeveral: boolean): Buffer {
  const { environ, collected: body = NOTHING } = exchange
  const variables = encodeVariables(exchange)
  const start = HEADER_SIZE + 5
  const frame = frameOf(REQUEST, id, 5 + variables.length + body.length)
  frame[HEADER_SIZE] =
    (hasMore(exchange) ? MORE : 0) |
    (environ.CONTENT_LENGTH ? LENGTH_KNOWN : 0) |
    (isOneOfSeveral || environ['wsgi.multiprocess'] ? MULTIPROCESS : 0)
  frame.writeUInt32BE(variables.length, HEADER_SIZE + 1)
  frame.write(variables, start, 'latin1')
  frame.set(body, start + variables.length)
  return frame
}

function hasMore({ environ, collected, hasMore: goesOn }: Exchange): boolean {
  return collected === undefined ? hasBody(environ) : goesOn
}

/**
 * The CGI variables. What else is in an environ (`wsgi.input`, an AbortSignal) means nothing in another process. A body
 * that has been collected has a length, however it came.
 */
function encodeVariables({ environ, collected, hasMore: goesOn }: Exchange): string {
  const isWhole = collected !== undefined && !goesOn
  const texts: string[] = []
  for (const name in environ) {
    const value = environ[name]
    if (typeof value === 'string' && !(isWhole && isAboutLength(name))) texts.push(name, value)
  }
  if (isWhole) texts.push('CONTENT_LENGTH', String(collected.length))
  return packTexts(texts)
}

function isAboutLength(name: keyof Environ): boolean {
  return name === 'CONTENT_LENGTH' || name === 'HTTP_TRANSFER_ENCODING'
}
