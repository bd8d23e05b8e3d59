// Targets by one pattern for each form, and escapes by way of bytes.

import { HttpError } from '#given/02-request-line/http-error.ts'

export interface Target {
  path: string
  query: string
  authority?: string
}

const FORMS = {
  origin: /^(?<path>\/[^?#]*)(?:\?(?<query>[^#]*))?$/,
  absolute: /^http:\/\/(?<authority>[^/?#:][^/?#]*)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/i,
  encrypted: /^https:\/\/[^/?#:][^#]*$/i,
}

export function parseTarget(method: string, target: string): Target {
  if (method === 'CONNECT') throw new HttpError(501, 'There are no tunnels here.')
  if (method === 'OPTIONS' && target === '*') return { path: '*', query: '' }
  if (FORMS.encrypted.test(target)) throw new HttpError(421, 'Nothing is encrypted here.')
  const parts = (FORMS.origin.exec(target) ?? FORMS.absolute.exec(target))?.groups
  if (!parts) throw new HttpError(400, 'That is no target for this server.')
  const { path = '/', query = '', authority } = parts
  return authority === undefined ? { path, query } : { path, query, authority }
}

export function splitTarget(target: string): Target {
  const [path = '', ...query] = target.split('?')
  return { path, query: query.join('?') }
}

export function percentDecode(path: string): string {
  return path.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1'),
  )
}
