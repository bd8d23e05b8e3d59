// The `npm run say` line that repeats what a test sent, and the notation for bytes that it uses.

/** Longer lines than this are not worth typing. */
const LONGEST = 160

/** What `npm run say` puts after a request-line that is given alone. */
export const REST_OF_HEAD = '\r\nHost: 127.0.0.1\r\n\r\n'

/** The command that sends these bytes again, to the same application; undefined when they are too many to type. */
export function sayLine(step: number, sent: Buffer, application?: string): string | undefined {
  if (sent.length === 0 || sent.length > LONGEST) return undefined
  const text = sent.toString('latin1')
  const app = application === undefined ? '' : ` app=${application}`
  if (step > 1 && text.endsWith(REST_OF_HEAD)) {
    const line = text.slice(0, -REST_OF_HEAD.length)
    if (/^[\x20-\x7e]+$/.test(line)) return `npm run say ${step} "${escapeBytes(line)}"${app}`
  }
  const raw = step > 1 || /[^\x20-\x7e]/.test(text) ? ' raw' : ''
  return `npm run say ${step} "${escapeBytes(text)}"${raw}${app}`
}

/** Text in which every byte that a shell or a terminal could spoil is written out: `\r`, `\n`, `\x22`. */
export function escapeBytes(text: string): string {
  const names: Record<string, string> = { '\r': '\\r', '\n': '\\n', '\t': '\\t' }
  return text.replace(/[^\x20-\x7e]|["$`\\!]/g, (character) => {
    return names[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/** The bytes that such text stands for. */
export function unescapeBytes(text: string): Buffer {
  const names: Record<string, string> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' }
  const plain = Buffer.from(text, 'utf8').toString('latin1')
  const bytes = plain.replace(/\\(?:x([0-9a-fA-F]{2})|([rnt0\\]))/g, (_, hex, name) => {
    return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (names[name] ?? '')
  })
  return Buffer.from(bytes, 'latin1')
}
