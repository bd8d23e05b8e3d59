// Which host a request is for, told by its parts and without a pattern for the whole.

import { HttpError } from '#given/02-request-line/http-error.ts'
import type { RequestLine } from '../02-request-line/request-line.ts'
import { isNamed, type Field } from './fields.ts'

export function hostOf(request: RequestLine, fields: Field[], authority?: string): string | undefined {
  const [field, second] = fields.filter((one) => isNamed(one, 'Host'))
  if (second) throw new HttpError(400, 'One Host is enough.')
  if (!field && request.version !== 'HTTP/1.0') throw new HttpError(400, 'A Host is wanted.')
  const named = [field?.[1], authority].filter((name) => name !== undefined)
  if (!named.every(isSound)) throw new HttpError(400, 'Nobody is called that.')
  return named.at(-1)
}

function isSound(authority: string): boolean {
  const end = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.search(/:|$/)
  const [name, port] = [authority.slice(0, end), authority.slice(end)]
  if (port !== '' && (!port.startsWith(':') || /[^0-9]/.test(port.slice(1)))) return false
  if (name.startsWith('[')) return /^[0-9a-f:.]+$/i.test(name.slice(1, -1))
  return !authority.startsWith('[') && /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*$/i.test(name)
}
