// Collects a request's body before a Python process is given the request, so that a slow client holds none.

import { isUint8Array } from 'node:util/types'
import type { Environ } from '#wsgi'
import type { Exchange } from './exchange.ts'

/** A body of up to this many bytes is collected; of a longer one, the beginning. */
const LIMIT = 1 << 20

/** Whether there is a body, and nobody waits for Python's word before it comes (RFC 9110, section 10.1.1). */
export function isWorthCollecting(environ: Environ): boolean {
  return hasBody(environ) && !isExpected(environ)
}

export function hasBody(environ: Environ): boolean {
  const length = environ.CONTENT_LENGTH
  return (
    (length !== undefined && length !== '' && length !== '0') ||
    environ['HTTP_TRANSFER_ENCODING'] !== undefined
  )
}

function isExpected(environ: Environ): boolean {
  return String(environ['HTTP_EXPECT'] ?? '').toLowerCase() === '100-continue'
}

/** Settles when there is enough of the body, or when it cannot be read: then `exchange` has failed. */
export async function collect(exchange: Exchange): Promise<void> {
  try {
    const bytes = await exchange.environ['wsgi.input'].read(LIMIT + 1)
    if (!isUint8Array(bytes)) throw new TypeError('wsgi.input.read() gave no bytes')
    exchange.collected = bytes
    exchange.hasMore = bytes.length > LIMIT
  } catch (error) {
    exchange.fail(error)
  }
}
