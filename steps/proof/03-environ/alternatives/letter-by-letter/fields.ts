// A field line as a machine with three states: in the name, before the value, in the value.

import { HttpError } from '#given/02-request-line/http-error.ts'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { headLimits, type HeadLimits } from './limits.ts'

export type Field = [name: string, value: string]

export const isNamed = ([name]: Field, wanted: string): boolean => name.toUpperCase() === wanted.toUpperCase()

type State = 'name' | 'before' | 'value'

export function parseFieldLine(line: string): Field {
  let state: State = 'name'
  let [name, value, spaces] = ['', '', '']
  for (const mark of line) {
    const isSpace = mark === ' ' || mark === '\t'
    if (state === 'name') {
      if (mark === ':') state = 'before'
      else name += tokenMark(mark)
      continue
    }
    if (state === 'before' && isSpace) continue
    state = 'value'
    if (isSpace) spaces += mark
    else [value, spaces] = [value + spaces + visibleMark(mark), '']
  }
  if (state === 'name' || name === '') throw new HttpError(400, 'That line has no name.')
  return [name, value]
}

function tokenMark(mark: string): string {
  if (/[A-Za-z0-9]/.test(mark) || "!#$%&'*+-.^_`|~".includes(mark)) return mark
  throw new HttpError(400, 'That is not in a name.')
}

function visibleMark(mark: string): string {
  const code = mark.charCodeAt(0)
  if (code > 0x20 && code !== 0x7f) return mark
  throw new HttpError(400, 'That is not in a value.')
}

export function readFields(reader: ByteReader, limits: HeadLimits = headLimits): Promise<Field[]> {
  return new Section(reader, limits).rest([])
}

class Section {
  readonly reader: ByteReader
  readonly limits: HeadLimits
  #bytes = 0

  constructor(reader: ByteReader, limits: HeadLimits) {
    this.reader = reader
    this.limits = limits
  }

  async rest(fields: Field[]): Promise<Field[]> {
    const line = await this.reader.readLine(this.limits.fieldLine, 431)
    if (line === null) throw new HttpError(400, 'The client went away.')
    if (line === '') return fields
    this.#bytes += line.length + '\r\n'.length
    if (this.#bytes > this.limits.fieldSection) throw new HttpError(431, 'Too many bytes.')
    if (fields.length >= this.limits.fieldCount) throw new HttpError(431, 'Too many lines.')
    return this.rest([...fields, parseFieldLine(line)])
  }
}
