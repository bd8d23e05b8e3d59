// The environ through a Headers-like Map, with the keys in another order.

import type { Environ } from '#wsgi'
import { emptyInput, requestErrors } from '#given/03-environ/streams.ts'
import type { RequestLine } from '../02-request-line/request-line.ts'
import type { Field } from './fields.ts'
import { hostOf } from './host.ts'
import { parseTarget, percentDecode } from './target.ts'

export const SOFTWARE = 'another/2'

export interface Ends {
  serverName: string
  serverPort: number
  remoteAddress: string
  remotePort: number
}

export function buildEnviron(request: RequestLine, fields: Field[], ends: Ends): Environ {
  const target = parseTarget(request.method, request.target)
  const environ: Environ = Object.assign(headerVariables(fields), {
    'wsgi.version': [1, 0] as [1, 0],
    'wsgi.url_scheme': 'http' as const,
    'wsgi.input': emptyInput,
    'wsgi.errors': requestErrors,
    'wsgi.multithread': false,
    'wsgi.multiprocess': false,
    'wsgi.run_once': false,
    SERVER_SOFTWARE: SOFTWARE,
    SERVER_PROTOCOL: request.version,
    SERVER_NAME: ends.serverName,
    SERVER_PORT: `${ends.serverPort}`,
    REMOTE_ADDR: ends.remoteAddress,
    REMOTE_PORT: `${ends.remotePort}`,
    REQUEST_METHOD: request.method,
    REQUEST_URI: request.target,
    SCRIPT_NAME: '',
    PATH_INFO: percentDecode(target.path),
    QUERY_STRING: target.query,
  })
  const host = hostOf(request, fields, target.authority)
  if (host !== undefined) environ['HTTP_HOST'] = host
  return environ
}

export function headerVariables(fields: Field[]): Record<string, string> {
  const values = new Map<string, string[]>()
  for (const [name, value] of fields) {
    const key = name.toLowerCase()
    if (/_/.test(key)) continue
    values.set(key, [...(values.get(key) ?? []), value])
  }
  return Object.fromEntries(
    Array.from(values, ([key, all]) => [variable(key), all.join(key === 'cookie' ? '; ' : ',')]),
  )
}

function variable(key: string): string {
  const name = key.split('-').join('_').toUpperCase()
  return /^content-(type|length)$/.test(key) ? name : 'HTTP_' + name
}
