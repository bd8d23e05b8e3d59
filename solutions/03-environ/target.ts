// The request-target, in the four forms of RFC 9112, section 3.2, and percent-decoding.

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
  //> 3.S CONNECT is for proxies: 501. `*` is for OPTIONS alone. `http://host/path` names its host: `authority`.
  //> 3.S An https URI cannot be served over this connection: 421 (RFC 9110, section 7.4).
  //> 3.S Anything else that does not begin with a slash, or has a `#`, is 400.
  if (method === 'CONNECT') throw new HttpError(501, 'This server is not a proxy.')
  const isAsterisk = target === '*' && method === 'OPTIONS'
  if (!isAsterisk && !target.startsWith('/')) return parseAbsolute(target)
  if (target.includes('#')) throw new HttpError(400, 'The request-target has a "#".')
  //<
  return splitTarget(target)
}

//> -
function parseAbsolute(target: string): Target {
  const [, authority, rest = ''] = ABSOLUTE.exec(target) ?? []
  if (authority === undefined)
    throw new HttpError(400, 'The request-target is neither a path nor an http URI.')
  // RFC 9110, section 7.4: not over a connection that is not encrypted.
  if (/^https/i.test(target)) throw new HttpError(421, 'This server does not serve https.')
  return { ...splitTarget(rest.startsWith('/') ? rest : `/${rest}`), authority }
}
//<

/** Parts the path from the query at the first `?`. */
export function splitTarget(target: string): Target {
  //> 3.4 The query begins after the first `?` and may hold more of them.
  const mark = target.indexOf('?')
  if (mark === -1) return { path: target, query: '' }
  return { path: target.slice(0, mark), query: target.slice(mark + 1) }
  //<
}

/**
 * Decodes percent-escapes into bytes, each code unit of the result one byte: `%C3%A9` becomes two. A `%` that is
 * no escape stays as it is, as in Python's servers: refusing it is the application's business.
 */
export function percentDecode(path: string): string {
  //> 3.6 Replace each `%` and two hexadecimal digits by the byte they stand for. A `+` is a plus here.
  if (!path.includes('%')) return path
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  //<
}
