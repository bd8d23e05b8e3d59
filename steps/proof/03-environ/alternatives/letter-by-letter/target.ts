// A correct step 3 in another style: targets and field lines are read a character at a time, by small machines.

import { HttpError } from '#given/02-request-line/http-error.ts'

export interface Target {
  path: string
  query: string
  authority?: string
}

export function parseTarget(method: string, target: string): Target {
  if (method === 'CONNECT') throw new HttpError(501, 'Nobody is connected here.')
  for (const mark of target) if (mark === '#') throw new HttpError(400, 'A fragment stays with the client.')
  if (target.charAt(0) === '/' || (method === 'OPTIONS' && target === '*')) return splitTarget(target)
  return new Uri(target).read()
}

class Uri {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Target {
    const scheme = this.#until(':').toLowerCase()
    const isOurs = (scheme === 'http' || scheme === 'https') && this.#text.startsWith('://', this.#at)
    if (!isOurs) throw new HttpError(400, 'That is neither a path nor a URI of ours.')
    this.#at += 3
    const authority = this.#until('/?')
    if (authority === '' || authority.startsWith(':')) throw new HttpError(400, 'That URI names no host.')
    if (scheme === 'https') throw new HttpError(421, 'That is for another server.')
    const path = this.#until('?') || '/'
    return { authority, path, query: this.#text.slice(this.#at + 1) }
  }

  #until(marks: string): string {
    const start = this.#at
    while (this.#at < this.#text.length && !marks.includes(this.#text.charAt(this.#at))) this.#at++
    return this.#text.slice(start, this.#at)
  }
}

export function splitTarget(target: string): Target {
  let [path, query, isQuery] = ['', '', false]
  for (const mark of target)
    if (isQuery) query += mark
    else if (mark === '?') isQuery = true
    else path += mark
  return { path, query }
}

const DIGITS = '0123456789abcdef'

export function percentDecode(path: string): string {
  let bytes = ''
  for (let at = 0; at < path.length; at++) {
    const value = path[at] === '%' ? escapeAt(path, at) : -1
    bytes += value === -1 ? path[at] : String.fromCharCode(value)
    if (value !== -1) at += 2
  }
  return bytes
}

function escapeAt(path: string, at: number): number {
  const [high, low] = [digit(path.charAt(at + 1)), digit(path.charAt(at + 2))]
  return high === -1 || low === -1 ? -1 : high * 16 + low
}

function digit(mark: string): number {
  return mark === '' ? -1 : DIGITS.indexOf(mark.toLowerCase())
}
