// What a call gave and what it should have given, as a person can compare the two.

import { inspect } from 'node:util'
import { excerpt, firstDifference, showByte, showLine, squeeze } from './bytes.ts'

/** Longer than this, a value is shown around the place where it parts from the other one. */
const LONGEST = 400
const BEFORE = 120
const AFTER = 200

/** A byte above ASCII, as `inspect` writes it in a string of one code unit a byte. */
const NEXT = '(?:[\\x80-\\xbf]|\\\\x[89AB][0-9A-F])'
const SEQUENCES = new RegExp(`[\\xc2-\\xdf]${NEXT}|[\\xe0-\\xef]${NEXT}{2}|[\\xf0-\\xf4]${NEXT}{3}`, 'g')

/**
 * A value as one would write it. A string of WSGI has one code unit for each byte. Where it holds UTF-8, its bytes are
 * written out, `'/Gr\xc3\xbc'`, and what they mean is said behind it: it must look neither like the decoded string,
 * `'/Grü'`, which is another value, nor like `'/GrÃ¼'`, which nobody has written.
 */
export function show(value: unknown): string {
  if (value instanceof Uint8Array) return `the bytes "${showLine(value)}"`
  const plain = inspect(value, { depth: 4, breakLength: 64, compact: 3, maxStringLength: Infinity })
  const written = plain.replace(SEQUENCES, writeOut)
  const text = squeeze(written).replaceAll('\n', '\n            ')
  const holdsUtf8 = typeof value === 'string' && written !== plain && !/[\u0100-\uffff]/.test(value)
  return holdsUtf8 && text.length <= LONGEST ? `${text}, in UTF-8 "${showLine(value)}"` : text
}

/** Each byte as `\xc3`. */
function writeOut(sequence: string): string {
  return sequence.replace(/[\x80-\xff]/g, (unit) => showByte(unit.charCodeAt(0))).toLowerCase()
}

/** Two values; of long ones, what stands around the place where they part. */
export function showBoth(actual: unknown, expected: unknown): [string, string] {
  const [one, other] = [show(actual), show(expected)]
  const at = Math.max(0, firstDifference(Buffer.from(one, 'utf16le'), Buffer.from(other, 'utf16le')) >> 1)
  return [around(one, at), around(other, at)]
}

/** The lines of a failure that show where two long texts part. */
export function showParting(came: Uint8Array, wanted: Uint8Array, at: number): string {
  return `  came      ${excerpt(came, at)}\n  expected  ${excerpt(wanted, at)}`
}

function around(text: string, at: number): string {
  if (text.length <= LONGEST) return text
  const [start, end] = [Math.max(0, at - BEFORE), at + AFTER]
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`
}
