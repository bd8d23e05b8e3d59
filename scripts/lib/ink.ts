// Colour for what the commands print: only on a terminal that wants it, and never as the only bearer of a meaning.
import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

const wanted = process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'

function ink(style: Style): (text: string) => string {
  return (text) => (wanted && text !== '' ? styleText(style, text) : text)
}

export const bold = ink('bold')
export const faint = ink('dim')
export const green = ink('green')
export const red = ink('red')
export const yellow = ink('yellow')

/** What stands before a test's name. */
export const marks = {
  pass: () => green('✓'),
  fail: () => red('✗'),
  todo: () => yellow('○'),
  waiting: () => faint('·'),
  skipped: () => faint('–'),
}

export function indent(text: string, by = '  '): string {
  return text.replace(/^(?=.)/gm, by)
}

/** The text, or as many whole words of it as fit, and a sign that there are more. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text
  const space = text.lastIndexOf(' ', width)
  return `${text.slice(0, space > width / 2 ? space : width)} …`
}
