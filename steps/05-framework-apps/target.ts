// The request-target as an application's own framework should see it: a bridge needs it, since PATH_INFO is decoded.

import type { Environ } from '#wsgi'

/**
 * The target in origin-form (RFC 9112, section 3.2.1), as it was sent, without the part that SCRIPT_NAME has taken:
 * `/a%2Fb?c=d`. Made from PATH_INFO and QUERY_STRING where the server gives no REQUEST_URI, or one that does not fit.
 */
export function targetBelow(environ: Environ): string {
  const sent = originForm(String(environ['REQUEST_URI'] ?? ''))
  const query = sent.indexOf('?')
  const path = query === -1 ? sent : sent.slice(0, query)
  const below = path.slice(encodedLength(path, environ.SCRIPT_NAME.length))
  if (decode(path) === environ.SCRIPT_NAME + environ.PATH_INFO) {
    return (below === '' ? '/' : below) + (query === -1 ? '' : sent.slice(query))
  }
  const rest = environ.QUERY_STRING === '' ? '' : `?${environ.QUERY_STRING}`
  return encode(environ.PATH_INFO === '' ? '/' : environ.PATH_INFO) + rest
}

/** `http://host/a?b` is `/a?b` (RFC 9112, section 3.2.2). */
function originForm(target: string): string {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i.exec(target)
  if (absolute === null) return target
  const rest = target.slice(absolute[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** How many characters of an encoded path stand for `length` bytes. */
function encodedLength(path: string, length: number): number {
  let at = 0
  for (let bytes = 0; bytes < length; bytes++) at += /^%[0-9a-f]{2}/i.test(path.slice(at, at + 3)) ? 3 : 1
  return at
}

function decode(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** RFC 3986, section 3.3: what is no pchar is percent-encoded. Each code unit is one byte. */
function encode(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}
