// The request-target, in the four forms of RFC 9112, section 3.2, and percent-decoding.

import { todo } from '#given/kit/todo.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'

export interface Target {
  /** Still percent-encoded: `/a%20b`. `*` in asterisk-form. */
  path: string
  /** What follows the first `?`; empty when there is none. */
  query: string
  /** The host and port that an absolute-form target names: `127.0.0.1:8888`. Absent in the other forms. */
  authority?: string
}

// RFC 9112, section 3.2.2: absolute-form = absolute-URI, here with an authority, as http and https need it, and
// with a host in it (RFC 9110, section 4.2). The path may be missing, which means `/`.
// Its groups: the authority, and what follows it, which is the path and the query.
const ABSOLUTE = /^https?:\/\/([^/?#:][^/?#]*)([^#]*)$/i

/** The parts of a request-target. Throws an HttpError: 400, 421 for https, or 501 for CONNECT. */
export function parseTarget(method: string, target: string): Target {
  // TODO 3 strict: CONNECT is for proxies: 501. `*` is for OPTIONS alone. `http://host/path` names its host: `authority`.
  // TODO 3 strict: An https URI cannot be served over this connection: 421 (RFC 9110, section 7.4).
  // TODO 3 strict: Anything else that does not begin with a slash, or has a `#`, is 400.
  return splitTarget(target)
}

/** Parts the path from the query at the first `?`. */
export function splitTarget(target: string): Target {
  // TODO 3.4: The query begins after the first `?` and may hold more of them.
  todo(3, 4)
}

/**
 * Decodes percent-escapes into bytes, each code unit of the result one byte: `%C3%A9` becomes two. A `%` that is
 * no escape stays as it is, as in Python's servers: refusing it is the application's business.
 */
export function percentDecode(path: string): string {
  // TODO 3.6: Replace each `%` and two hexadecimal digits by the byte they stand for. A `+` is a plus here.
  todo(3, 6)
}
