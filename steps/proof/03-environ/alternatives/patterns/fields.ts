// A correct step 3 in another style: one pattern takes a field line apart, and a head is gathered before it is parsed.

import { HttpError } from '#given/02-request-line/http-error.ts'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { headLimits, type HeadLimits } from './limits.ts'

export type Field = [name: string, value: string]

export function isNamed([name]: Field, wanted: string): boolean {
  return name.localeCompare(wanted, 'en', { sensitivity: 'accent' }) === 0
}

const FIELD_LINE =
  /^(?<name>[-!#$%&'*+.^_`|~\w]+):[\t ]*(?<value>(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[\t ]*$/

export function parseFieldLine(line: string): Field {
  const { name, value } = FIELD_LINE.exec(line)?.groups ?? {}
  if (name === undefined || value === undefined) throw new HttpError(400, 'That is no field line.')
  return [name, value]
}

export async function readFields(reader: ByteReader, limits: HeadLimits = headLimits): Promise<Field[]> {
  const lines: string[] = []
  let left = limits.fieldSection
  let line = await reader.readLine(limits.fieldLine, 431)
  while (line) {
    left -= line.length + 2
    if (left < 0 || lines.push(line) > limits.fieldCount) throw new HttpError(431, 'That head is too large.')
    line = await reader.readLine(limits.fieldLine, 431)
  }
  if (line === null) throw new HttpError(400, 'That head has no end.')
  return lines.map(parseFieldLine)
}
