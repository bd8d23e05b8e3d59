// Where the body of a request ends, and its bytes up to there (RFC 9112, section 6.3). Knows no socket: bytes come from
// a ByteReader, and what follows the body stays in it.

import type { Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { readFields } from '../03-environ/fields.ts'
import { bodyLimits, type BodyLimits } from './limits.ts'

/** How long the body is, in bytes: `chunked` tells it as it comes. Throws an HttpError: 400, or 413 when it is too long. */
export function bodyLength(environ: Environ, limits: BodyLimits = bodyLimits): number | 'chunked' {
  const { CONTENT_LENGTH: length, HTTP_TRANSFER_ENCODING: coding } = environ
  //> 6.1 The number in CONTENT_LENGTH (`length` here); 0 without one.
  //> 6.5+ `chunked` where HTTP_TRANSFER_ENCODING (`String(coding ?? '')`) says so, in any case of its letters.
  //> 6.S A length is digits, and nothing but digits: else 400.
  //> 6.S A length, be it 0 or empty, beside a coding; a coding other than `chunked`; one in HTTP/1.0
  //> (`environ.SERVER_PROTOCOL`): 400. Another server might see another end in it.
  //> 6.S A length over `limits.body` is 413. (What chunks add up to is counted in `chunkedBody`.)
  if (coding !== undefined) {
    const isClear = length === undefined && environ.SERVER_PROTOCOL !== 'HTTP/1.0'
    if (isClear && String(coding).toLowerCase() === 'chunked') return 'chunked'
    throw new HttpError(400, 'A body is of a known length or chunked, and in HTTP/1.0 never chunked.')
  }
  if (length === undefined) return 0
  if (!/^\d+$/.test(length)) throw new HttpError(400, 'Content-Length is not one number.')
  if (Number(length) > limits.body) throw tooLarge(limits)
  return Number(length)
  //<
}

/** The next `length` bytes, in pieces as they come. Throws an HttpError with status 400 when they break off. */
export async function* lengthBody(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  //> 6.1 Yield what `await reader.read(left)` gives until nothing is left: it may give fewer bytes than you ask for.
  //> 6.S It gives null when the client has finished sending. Here that is too early: 400 (`brokenOff`).
  for (let left = length; left > 0;) {
    const bytes = await reader.read(left)
    if (bytes === null) throw brokenOff()
    left -= bytes.length
    yield bytes
  }
  //<
}

// RFC 9112, section 7.1:
//   chunked-body = *chunk last-chunk trailer-section CRLF
//   chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
//   last-chunk   = 1*("0") [ chunk-ext ] CRLF
//   chunk-ext    = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
//> -
// What an extension says is nothing to us, as long as it has no control character but the tab.
const CHUNK_LINE = /^([0-9a-f]+)(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/i
//<

/** The size in the line before a chunk: 26 in `1a;name=value`. Throws an HttpError with status 400. */
export function parseChunkSize(line: string): number {
  //> 6.5 The number that the hexadecimal digits stand for. What follows a semicolon is an extension: pass over it.
  //> A line that begins with no digit, as an empty one, is 400: `parseInt` gives NaN.
  //> 6.S Behind the digits there may be nothing at all, or spaces and tabs, a semicolon, and then any characters but
  //> control characters; a tab is allowed. Anything else is 400: `parseInt` takes `5x`, `5 `, `-5` and `0x5`.
  const [, digits] = CHUNK_LINE.exec(line) ?? []
  if (digits === undefined) throw new HttpError(400, 'A chunk does not begin with its size.')
  return Number.parseInt(digits, 16)
  //<
}

/** The bytes in the chunks that follow, and none of what is round them. Throws an HttpError: 400, 413, or 431. */
export async function* chunkedBody(
  reader: ByteReader,
  limits: BodyLimits = bodyLimits,
): AsyncGenerator<Buffer> {
  //> 6.5 Read a line with a size, as many bytes (`yield* lengthBody(…)`), and an empty line; and so on up to the size
  //> 0. Then `readFields` reads past the trailer fields, if any, and the empty line that ends all.
  //> 6.S A size line of more than `limits.chunkLine` bytes is 400, as is one that never comes, and anything but an
  //> empty line after the bytes of a chunk.
  //> 6.S Add up what the chunks cost beside their bytes: the size lines, and 4 bytes a chunk for two line ends. More
  //> than their bytes and `limits.chunkOverhead` together: 400. The chunk just announced counts on both sides.
  //> 6.S A chunk that brings the body over `limits.body`: 413, before its bytes are read.
  let bytes = 0
  let overhead = 0
  for (;;) {
    const line = await reader.readLine(limits.chunkLine, 400)
    if (line === null) throw brokenOff()
    const size = parseChunkSize(line)
    if (size === 0) break
    bytes += size
    overhead += line.length + 4
    if (bytes > limits.body) throw tooLarge(limits)
    if (overhead > bytes + limits.chunkOverhead) throw new HttpError(400, 'The chunks are too small.')
    yield* lengthBody(reader, size)
    if ((await reader.readLine(0, 400)) !== '') throw brokenOff()
  }
  await readFields(reader, limits)
  //<
}

function brokenOff(): HttpError {
  return new HttpError(400, 'The body breaks off before its end.')
}

function tooLarge({ body }: BodyLimits): HttpError {
  return new HttpError(413, `A body has ${body} bytes at the most.`)
}
