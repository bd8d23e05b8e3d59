// The field lines that follow the request-line, up to the empty one: `Host: 127.0.0.1:8888`.

import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { headLimits, type HeadLimits } from './limits.ts'

/** A field line: the name as it was sent, the value without the white space around it. */
export type Field = [name: string, value: string]

/** Whether a field has this name, in any case of the letters. */
export function isNamed([name]: Field, wanted: string): boolean {
  return name.length === wanted.length && name.toLowerCase() === wanted.toLowerCase()
}

// RFC 9112, section 5:   field-line = field-name ":" OWS field-value OWS
// RFC 9110, section 5.5: field-value = *field-content, of visible characters, SP, HTAB and bytes above ASCII.
// A token has no white space: that refuses a space before the colon, and obs-fold, a line that begins with one.
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Takes a field line apart. Throws an HttpError with status 400. */
export function parseFieldLine(line: string): Field {
  //> 3.1 The first colon splits the name from the value. Strip spaces and tabs around the value.
  //> 3.S The name is a token, so no space before the colon and no folded line. Else 400.
  //> 3.S The value has no control characters but the tab. Else 400.
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(colon, 0))
  if (!NAME.test(name))
    throw new HttpError(400, 'A header line is a name without spaces, a colon and a value.')
  const value = stripSpace(line.slice(colon + 1))
  if (!VALUE.test(value)) throw new HttpError(400, `The value of ${name} has a control character.`)
  return [name, value]
  //<
}

/** Reads field lines up to and with the empty one. Throws an HttpError: 400, or 431 when they pass a limit. */
export async function readFields(reader: ByteReader, limits: HeadLimits = headLimits): Promise<Field[]> {
  const fields: Field[] = []
  //> 3.2 Read lines with `reader.readLine(limits.fieldLine, 431)`, parse each, and stop at the empty one.
  //> 3.S More lines than `limits.fieldCount`, or more bytes than `limits.fieldSection` in all: 431.
  //> 3.S The client leaves before the empty line: 400.
  let bytes = 0
  for (;;) {
    // Mostly the rest of the head is at hand, and there is nothing to wait for.
    const line = reader.takeLine(limits.fieldLine, 431) ?? (await reader.readLine(limits.fieldLine, 431))
    if (line === '') return fields
    if (line === null) throw new HttpError(400, 'The request breaks off before its header section ends.')
    bytes += line.length + 2
    if (fields.length === limits.fieldCount)
      throw new HttpError(431, `There are over ${limits.fieldCount} header lines.`)
    if (bytes > limits.fieldSection)
      throw new HttpError(431, `The header lines have over ${limits.fieldSection} bytes.`)
    fields.push(fieldOf(line, fields.length))
  }
  //<
}

//> -
/** Lines that came lately: clients say much the same with every request. */
const recent: { line: string; field: Field }[] = []
const RECENT = 256

/** What `parseFieldLine` gives, which is asked only if the last line like this, by its place and length, was another one. */
function fieldOf(line: string, place: number): Field {
  const slot = (place * 31 + line.length) % RECENT
  const before = recent[slot]
  if (before?.line === line) return before.field
  const field = parseFieldLine(line)
  recent[slot] = { line, field }
  return field
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** Strips OWS (RFC 9110, section 5.6.3). `trim` would strip more: a no-break space is part of a value. */
function stripSpace(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isSpace(value.charCodeAt(start))) start++
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--
  return value.slice(start, end)
}
//<
