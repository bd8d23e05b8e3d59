// Bytes as a person can read them: line ends and control characters are shown, not acted on.

import { characterStart, piecesOf, showByte } from './pieces.ts'

export { showByte, squeeze } from './pieces.ts'

/** What is shown of one message at the most: enough to see where it goes wrong, and still one screen. */
const LINES = 12
/** With the indentation of a failure, this fits a terminal of 80 columns. */
const COLUMNS = 72
/** A line that has to be folded is folded behind a space, when that leaves it no shorter than this. */
const SHORTEST = 48
/** Bytes of an excerpt, before and after the one that it is about. */
const BEFORE = 24
const AFTER = 32

export function toBytes(data: string | Uint8Array): Buffer {
  return typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data)
}

/** One line of text for each line of the bytes: `GET / HTTP/1.1␍␊`. Long ones are folded, long messages cut. */
export function showBytes(data: string | Uint8Array, indent = '  '): string {
  const bytes = toBytes(data)
  if (bytes.length === 0) return `${indent}(nothing)`
  const lines = ['']
  for (const { text, start } of piecesOf(bytes)) {
    const line = lines.at(-1) ?? ''
    const isEnded = bytes[start - 1] === 0x0a
    if (isEnded || line.length + text.length > COLUMNS) {
      if (lines.length === LINES) {
        lines.push(`… and ${bytes.length - start} bytes more`)
        break
      }
      lines.splice(-1, 1, ...(isEnded ? [line, ''] : fold(line)))
    }
    lines[lines.length - 1] += text
  }
  return lines.map((line) => indent + line).join('\n')
}

/** A full line, and what of it begins the next one. */
function fold(line: string): [string, string] {
  const space = line.lastIndexOf(' ') + 1
  return space < SHORTEST ? [line, ''] : [line.slice(0, space), line.slice(space)]
}

/** Bytes whole in one line. */
export function showLine(data: string | Uint8Array): string {
  return Array.from(piecesOf(toBytes(data)), ({ text }) => text).join('')
}

/** A line of the bytes around this place. */
export function excerpt(bytes: Uint8Array, at: number): string {
  const [start, end] = [at - BEFORE, at + AFTER].map((place) => characterStart(bytes, Math.max(0, place)))
  const shown = showLine(bytes.subarray(start, end))
  const isLast = (end ?? 0) >= bytes.length
  return `${start === 0 ? '' : '…'}${shown}${isLast ? '' : '…'}${at >= bytes.length ? ' (ends)' : ''}`
}

/** Where two messages part; -1 when they are the same. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return i
  return a.length === b.length ? -1 : shorter
}

/** Text with its control characters written out, all but line ends: what a server prints may come from a client. */
export function defuse(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (character) => showByte(character.charCodeAt(0)))
}
