// The frame that gives Python a request. wsgi_workshop/request.py is the other side.
//
// Its payload: a byte of flags, the length of the variables' names and that of their values (4 bytes each), the names,
// the values, the body as far as it was collected.

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
  const { names, values } = packVariables(exchange)
  const variables = names + values
  const start = HEADER_SIZE + 9
  const frame = frameOf(REQUEST, id, 9 + variables.length + body.length)
  frame[HEADER_SIZE] =
    (hasMore(exchange) ? MORE : 0) |
    (environ.CONTENT_LENGTH ? LENGTH_KNOWN : 0) |
    (isOneOfSeveral || environ['wsgi.multiprocess'] ? MULTIPROCESS : 0)
  frame.writeUInt32BE(names.length, HEADER_SIZE + 1)
  frame.writeUInt32BE(values.length, HEADER_SIZE + 5)
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
function packVariables({ environ, collected, hasMore: goesOn }: Exchange): { names: string; values: string } {
  const isWhole = collected !== undefined && !goesOn
  const names: string[] = []
  const values: string[] = []
  for (const name in environ) {
    const value = environ[name]
    if (typeof value !== 'string' || (isWhole && isAboutLength(name))) continue
    names.push(name)
    values.push(value)
  }
  if (isWhole) {
    names.push('CONTENT_LENGTH')
    values.push(String(collected.length))
  }
  return { names: packTexts(names), values: packTexts(values) }
}

function isAboutLength(name: keyof Environ): boolean {
  return name === 'CONTENT_LENGTH' || name === 'HTTP_TRANSFER_ENCODING'
}
