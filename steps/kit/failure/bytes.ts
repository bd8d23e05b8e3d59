// Bytes as a person can read them: line ends and control characters are shown, not acted on.

const NAMES: Record<number, string> = { 0x09: '␉', 0x0a: '␊', 0x0d: '␍' }
/** What is shown of one message at the most: enough to see where it goes wrong, and still one screen. */
const LINES = 12
const COLUMNS = 96

export function toBytes(data: string | Uint8Array): Buffer {
  return typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data)
}

/** One line of text for each line of the bytes: `GET / HTTP/1.1␍␊`. Long ones are folded, long messages cut. */
export function showBytes(data: string | Uint8Array, indent = '  '): string {
  const bytes = toBytes(data)
  if (bytes.length === 0) return `${indent}(nothing)`
  const lines = ['']
  for (let at = 0; at < bytes.length; at++) {
    const shown = showByte(bytes[at] ?? 0)
    if ((lines.at(-1) ?? '').length + shown.length > COLUMNS || bytes[at - 1] === 0x0a) {
      if (lines.length === LINES) {
        lines.push(`… and ${bytes.length - at} bytes more`)
        break
      }
      lines.push('')
    }
    lines[lines.length - 1] += shown
  }
  return lines.map((line) => indent + line).join('\n')
}

export function showByte(byte: number): string {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return NAMES[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`
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
