// Text that fits the window. Prose breaks between words, and neither in a command nor in a path; code, bytes and tables
// keep their lines.
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Wider lines are hard to read. */
const WIDEST_PROSE = 100
/** What npm commands take behind their name, as far as sentences show it. */
const COMMAND =
  /npm (?:run [a-z-]+|test|ci)(?: (?:\d+|[a-z]+=\S+|"[^"]*"|all|check|json|mine|python|solution|strict)\b)*/g
/** So much code in a sentence stays in one line. */
const CODE = /`[^`\n]{1,40}`/g
const NO_BREAK = '\u00a0'

/** The columns for prose. */
export function proseColumns(): number {
  return Math.min(WIDEST_PROSE, process.stdout.columns || 80)
}

/** The columns for tables: a pipe takes any. */
export function tableColumns(): number {
  return process.stdout.columns || Infinity
}

export function windowRows(): number {
  return process.stdout.rows || 24
}

/** The rows that these lines take in the window. */
export function heightOf(lines: string[]): number {
  const columns = tableColumns()
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0)
}

/** Prose behind `lead`; the lines that follow stand below its first word. */
export function wrap(text: string, lead = '', columns = proseColumns()): string[] {
  const joined = text.replace(COMMAND, keepTogether).replace(CODE, keepTogether)
  const lines = hang(joined, lead, wrapAnsi, columns)
  return lines.map((line) => line.replaceAll(NO_BREAK, ' '))
}

/** Words that `wrap` leaves in one line. */
export function keepTogether(words: string): string {
  return words.replaceAll(' ', NO_BREAK)
}

/** Lines that keep their indentation and their spaces, `lead` before them: only what the window cannot hold is folded. */
export function fold(text: string, lead = ''): string[] {
  return text.split('\n').flatMap((line) => {
    const [inner = ''] = /^ */.exec(line) ?? []
    return hang(line.slice(inner.length), lead + inner, foldHard, tableColumns())
  })
}

function foldHard(line: string, room: number): string {
  return wrapAnsi(line, room, { hard: true, trim: false })
}

function hang(text: string, lead: string, breakLine: typeof foldHard, columns: number): string[] {
  const width = stringWidth(lead)
  const lines = text.split('\n').flatMap((line) => {
    return width + stringWidth(line) <= columns ? [line] : breakLine(line, columns - width).split('\n')
  })
  return lines.map((line, index) => line && (index === 0 ? lead : ' '.repeat(width)) + line)
}

/** Prints prose. */
export function print(text: string): void {
  console.log(wrap(text).join('\n'))
}

/** Markdown as text: prose and tables that are too wide are wrapped, code is left as it is. */
export function wrapMarkdown(text: string, lead = ''): string {
  let isCode = false
  const lines = text.split('\n').flatMap((line) => {
    const isFence = /^ *```/.test(line)
    if (isFence) isCode = !isCode
    if (isFence || isCode) return [lead + line]
    const [marker = ''] = /^ *(?:(?:[-*>|]|\d+\.) +)?/.exec(line) ?? []
    return wrap(line.slice(marker.length), lead + marker)
  })
  return lines.join('\n')
}
