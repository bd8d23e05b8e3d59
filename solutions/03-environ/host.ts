// Which host a request is for (RFC 9112, section 3.2; RFC 9110, section 7.2).

import { HttpError } from '#given/02-request-line/http-error.ts'
import type { RequestLine } from '../02-request-line/request-line.ts'
import { isNamed, type Field } from './fields.ts'

// RFC 3986, section 3.2: host [ ":" port ], where a host is a name or an IPv4 address in unreserved characters,
// sub-delims and escapes, or an IPv6 address in brackets. No "user@": RFC 9110, section 4.2.4.
const AUTHORITY = /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*(?::\d*)?$|^\[[0-9a-f:.]+\](?::\d*)?$/i

/**
 * The host and port that the request is for; undefined when it does not say. `authority` is that of a target in
 * absolute-form, which overrides the Host field. Throws an HttpError with status 400.
 */
export function hostOf(request: RequestLine, fields: Field[], authority?: string): string | undefined {
  const hosts = fields.filter((field) => isNamed(field, 'host')).map(([, value]) => value)
  const host = authority ?? hosts[0]
  //> 3.S HTTP/1.1 and later need exactly one Host; HTTP/1.0 may have one or none. Else 400.
  //> 3.S A host that is not of the form `name`, `name:port`, `[address]` or `[address]:port` is 400, as is a Host
  //> field of another form that the target overrides.
  if (hosts.length > 1) throw new HttpError(400, 'There is more than one Host.')
  if (hosts.length === 0 && request.version !== 'HTTP/1.0') throw new HttpError(400, 'There is no Host.')
  for (const name of authority === undefined ? hosts : [authority, ...hosts])
    if (!AUTHORITY.test(name))
      throw new HttpError(400, 'The host is not a name or an address, and perhaps a port.')
  //<
  return host
}
