// Bytes in pieces that a person can read: one byte, one character of UTF-8, or a run of either.

import { isUtf8 } from 'node:buffer'

export interface Piece {
  text: string
  /** Where it begins, and where the next one does. */
  start: number
  end: number
}

const NAMES: Record<number, string> = { 0x09: '␉', 0x0a: '␊', 0x0d: '␍' }
/** So many of the same are read one by one no more. */
const LEAST_RUN = 40
/** What can be seen and stands for itself: no controls, no spaces that look like others, no marks of direction. */
const VISIBLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u
/** It stands for bytes that somebody could not decode: its own bytes say more. */
const REPLACEMENT = '\ufffd'

export function showByte(byte: number): string {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return NAMES[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`
}

/**
 * Valid UTF-8 is shown as its characters: `Grü`. A byte that is part of none keeps its number, `\xfc`, and so do
 * characters that nobody can see. A byte of ISO-8859-1 therefore never looks like the same letter in UTF-8.
 */
export function* piecesOf(bytes: Uint8Array, from = 0): Generator<Piece> {
  for (let start = from; start < bytes.length;) {
    const character = characterAt(bytes, start)
    const size = character === undefined ? 1 : Buffer.byteLength(character)
    const many = repeats(bytes, start, size)
    const one = character ?? showByte(bytes[start] ?? 0)
    const isRun = many >= LEAST_RUN
    const end = start + (isRun ? many : 1) * size
    yield { text: isRun ? times(one, many) : one, start, end }
    start = end
  }
}

/** The byte at this place, or the whole character that it is part of. */
export function showAt(bytes: Uint8Array, at: number): string {
  const start = characterStart(bytes, at)
  return characterAt(bytes, start) ?? showByte(bytes[at] ?? 0)
}

/** Where the character begins that the byte at this place is part of. */
export function characterStart(bytes: Uint8Array, at: number): number {
  for (let start = at; start > at - 4 && start >= 0; start -= 1) {
    const character = characterAt(bytes, start)
    if (character !== undefined && start + Buffer.byteLength(character) > at) return start
  }
  return at
}

/** `‹a × 9,000,000›`: the brackets tell it from text that was sent. */
function times(one: string, many: number): string {
  return `‹${one === ' ' ? '␠' : one} × ${many.toLocaleString('en')}›`
}

/** The same for text: a failure of somebody's own may hold anything. */
export function squeeze(text: string): string {
  const runs = new RegExp(`(\\\\x[0-9a-f]{2}|\\S)\\1{${LEAST_RUN - 1}}`, 'giu')
  let shown = ''
  let from = 0
  for (let run = runs.exec(text); run; run = runs.exec(text)) {
    const [found, one = ''] = run
    let end = run.index + found.length
    while (text.startsWith(one, end)) end += one.length
    shown += text.slice(from, run.index) + times(one, (end - run.index) / one.length)
    from = runs.lastIndex = end
  }
  return shown + text.slice(from)
}

function characterAt(bytes: Uint8Array, at: number): string | undefined {
  const size = sizeOf(bytes[at] ?? 0)
  const sequence = bytes.subarray(at, at + size)
  if (size === 1 || !isUtf8(sequence)) return undefined
  const character = Buffer.from(sequence).toString('utf8')
  return VISIBLE.test(character) && character !== REPLACEMENT ? character : undefined
}

/** How many bytes a character has that begins with this one (RFC 3629, section 4). */
function sizeOf(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

/** How often the `size` bytes at `start` follow each other. */
function repeats(bytes: Uint8Array, start: number, size: number): number {
  let end = start + size
  while (end < bytes.length && bytes[end] === bytes[end - size]) end += 1
  return Math.floor((end - start) / size)
}
