// What a proxy in front of the server says about its client. Given whole.

import type { Environ } from '#wsgi'

/**
 * Takes the client's address and scheme from X-Forwarded-For and X-Forwarded-Proto, if the request came from one of the
 * `trusted` addresses. From anybody else they are left as what they are: header fields that a client can write itself.
 */
export function believeProxy(environ: Environ, trusted: string[]): void {
  if (trusted.length === 0 || !trusted.includes(String(environ['REMOTE_ADDR']))) return
  // Each proxy adds the address that it saw at the end. The last one that is no proxy of ours is the client.
  const chain = optionsIn(environ['HTTP_X_FORWARDED_FOR'])
  const client = chain.findLast((address) => !trusted.includes(address)) ?? chain[0]
  if (client !== undefined) environ['REMOTE_ADDR'] = client
  const scheme = optionsIn(environ['HTTP_X_FORWARDED_PROTO']).at(-1)?.toLowerCase()
  if (scheme === 'http' || scheme === 'https') environ['wsgi.url_scheme'] = scheme
}

function optionsIn(field: unknown): string[] {
  if (typeof field !== 'string') return []
  return field
    .split(',')
    .map((option) => option.trim())
    .filter(Boolean)
}
