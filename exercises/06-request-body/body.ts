// Where the body of a request ends, and its bytes up to there (RFC 9112, section 6.3). Knows no socket: bytes come from
// a ByteReader, and what follows the body stays in it.

import { todo } from '#given/kit/todo.ts'
import type { Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { readFields } from '../03-environ/fields.ts'
import { bodyLimits, type BodyLimits } from './limits.ts'

/** How long the body is, in bytes: `chunked` tells it as it comes. Throws an HttpError: 400, or 413 when it is too long. */
export function bodyLength(environ: Environ, limits: BodyLimits = bodyLimits): number | 'chunked' {
  const { CONTENT_LENGTH: length, HTTP_TRANSFER_ENCODING: coding } = environ
  // TODO 6.1: The number in CONTENT_LENGTH (`length` here); 0 without one.
  // TODO 6.5: `chunked` where HTTP_TRANSFER_ENCODING (`String(coding ?? '')`) says so, in any case of its letters.
  // TODO 6 strict: A length is digits, and nothing but digits: else 400.
  // TODO 6 strict: A length, be it 0 or empty, beside a coding; a coding other than `chunked`; one in HTTP/1.0
  //   (`environ.SERVER_PROTOCOL`): 400. Another server might see another end in it.
  // TODO 6 strict: A length over `limits.body` is 413. (What chunks add up to is counted in `chunkedBody`.)
  todo(6, 1)
}

/** The next `length` bytes, in pieces as they come. Throws an HttpError with status 400 when they break off. */
export async function* lengthBody(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  // TODO 6.1: Yield what `await reader.read(left)` gives until nothing is left: it may give fewer bytes than you ask for.
  // TODO 6 strict: It gives null when the client has finished sending. Here that is too early: 400 (`brokenOff`).
  todo(6, 1)
}

// RFC 9112, section 7.1:
//   chunked-body = *chunk last-chunk trailer-section CRLF
//   chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
//   last-chunk   = 1*("0") [ chunk-ext ] CRLF
//   chunk-ext    = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )

/** The size in the line before a chunk: 26 in `1a;name=value`. Throws an HttpError with status 400. */
export function parseChunkSize(line: string): number {
  // TODO 6.5: The number that the hexadecimal digits stand for. What follows a semicolon is an extension: pass over it.
  //   A line that begins with no digit, as an empty one, is 400: `parseInt` gives NaN.
  // TODO 6 strict: Behind the digits there may be nothing at all, or spaces and tabs, a semicolon, and then any characters but
  //   control characters; a tab is allowed. Anything else is 400: `parseInt` takes `5x`, `5 `, `-5` and `0x5`.
  todo(6, 5)
}

/** The bytes in the chunks that follow, and none of what is round them. Throws an HttpError: 400, 413, or 431. */
export async function* chunkedBody(
  reader: ByteReader,
  limits: BodyLimits = bodyLimits,
): AsyncGenerator<Buffer> {
  // TODO 6.5: Read a line with a size, as many bytes (`yield* lengthBody(…)`), and an empty line; and so on up to the size
  //   0. Then `readFields` reads past the trailer fields, if any, and the empty line that ends all.
  // TODO 6 strict: A size line of more than `limits.chunkLine` bytes is 400, as is one that never comes, and anything but an
  //   empty line after the bytes of a chunk.
  // TODO 6 strict: Add up what the chunks cost beside their bytes: the size lines, and 4 bytes a chunk for two line ends. More
  //   than their bytes and `limits.chunkOverhead` together: 400. The chunk just announced counts on both sides.
  // TODO 6 strict: A chunk that brings the body over `limits.body`: 413, before its bytes are read.
  todo(6, 5)
}

function brokenOff(): HttpError {
  return new HttpError(400, 'The body breaks off before its end.')
}

function tooLarge({ body }: BodyLimits): HttpError {
  return new HttpError(413, `A body has ${body} bytes at the most.`)
}
