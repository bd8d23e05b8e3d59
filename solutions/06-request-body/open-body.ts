// Puts the body of a request into its environ.

import type { Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { bodyLength, chunkedBody, lengthBody } from './body.ts'
import { RequestInput } from './input.ts'
import type { BodyLimits } from './limits.ts'

/**
 * Sets `wsgi.input`, and gives it. `sendContinue` is for a client that waits to be asked for its body: it is called
 * when the application first reads. Throws an HttpError when nobody can tell where the body ends.
 */
export function openBody(
  environ: Environ,
  reader: ByteReader,
  limits: BodyLimits,
  sendContinue: () => Promise<void>,
): RequestInput {
  const length = bodyLength(environ, limits)
  let body: AsyncGenerator<Buffer> | undefined
  if (length === 'chunked') body = chunkedBody(reader, limits)
  else if (length > 0) body = lengthBody(reader, length)
  // An agreement among servers and frameworks: `read` may be called without knowing a length (Flask looks for this).
  environ['wsgi.input_terminated'] = true
  //> 6.4 Make a RequestInput of the body, let it be `wsgi.input`, and return it.
  //> 6.6+ Hand `sendContinue` to it as well if the client sent `Expect: 100-continue` (HTTP_EXPECT), and only then.
  //> 6.S In any case of its letters. Nobody waits in HTTP/1.0 (`environ.SERVER_PROTOCOL`), or with a body of no bytes.
  const expects = /^100-continue$/i.test(String(environ['HTTP_EXPECT']))
  const waits = expects && length !== 0 && environ.SERVER_PROTOCOL !== 'HTTP/1.0'
  const input = new RequestInput(body, waits ? sendContinue : undefined, length)
  environ['wsgi.input'] = input
  return input
  //<
}
