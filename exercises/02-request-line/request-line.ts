// The first line of a request: `GET /hello HTTP/1.1`.

import { todo } from '#given/kit/todo.ts'
import type { ByteReader } from './byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { requestLineLimits, type RequestLineLimits } from './limits.ts'

export interface RequestLine {
  /** A token, in any case: `GET`. */
  method: string
  /** The request-target as it was sent: `/hello?name=x`. */
  target: string
  /** `HTTP/1.1`, or another version with the major number 1. */
  version: string
}

// RFC 9112, section 3, and RFC 9110, section 5.6.2:
//   request-line = method SP request-target SP HTTP-version
//   method       = token = 1*tchar, a letter, a digit or one of !#$%&'*+-.^_`|~
//   HTTP-version = "HTTP" "/" DIGIT "." DIGIT
// The target is narrowed to characters that can be in one: none below "!", no DEL. Bytes above ASCII are let
// through, though RFC 3986 has none, since there are clients that send them, node:http for one.

/** Takes a request-line apart. Throws an HttpError: 400, 501 (the method is too long to be one) or 505. */
export function parseRequestLine(line: string, limits: RequestLineLimits = requestLineLimits): RequestLine {
  // TODO 2.3: Split the line at its spaces into method, target and version.
  // TODO 2.7: Anything but three parts is an HttpError with status 400.
  // TODO 2 strict: Each part is as the grammar above has it: else 400.
  // TODO 2 strict: A method longer than `limits.method` is 501, a major version other than 1 is 505.
  todo(2, 3)
}

/** Reads the request-line off a connection; null when the client left without a word. */
export async function readRequestLine(
  reader: ByteReader,
  limits: RequestLineLimits = requestLineLimits,
): Promise<RequestLine | null> {
  let line = await reader.readLine(limits.requestLine, 414)
  // TODO 2 strict: Pass over empty lines before it, `limits.emptyLines` of them at the most; one more is 400.
  return line === null ? null : parseRequestLine(line, limits)
}
