// The field lines that follow the request-line, up to the empty one: `Host: 127.0.0.1:8888`.

import { todo } from '#given/kit/todo.ts'
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
  // TODO 3.1: The first colon splits the name from the value. Strip spaces and tabs around the value.
  // TODO 3 strict: The name is a token, so no space before the colon and no folded line. Else 400.
  // TODO 3 strict: The value has no control characters but the tab. Else 400.
  todo(3, 1)
}

/** Reads field lines up to and with the empty one. Throws an HttpError: 400, or 431 when they pass a limit. */
export async function readFields(reader: ByteReader, limits: HeadLimits = headLimits): Promise<Field[]> {
  const fields: Field[] = []
  // TODO 3.2: Read lines with `reader.readLine(limits.fieldLine, 431)`, parse each, and stop at the empty one.
  // TODO 3 strict: More lines than `limits.fieldCount`, or more bytes than `limits.fieldSection` in all: 431.
  // TODO 3 strict: The client leaves before the empty line: 400.
  todo(3, 2)
}
