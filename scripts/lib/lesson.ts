// One section of a lesson as plain text, for the terminal: the one that speaks of the move at hand.
import { join } from 'node:path'
import { root } from './catalogue.ts'
import { faint } from './ink.ts'
import { wrapMarkdown } from './layout.ts'
import { read } from './read.ts'

const LONGEST = 60

/** `link` is `steps/03-environ/README.md#fields`; without an anchor, the lesson's beginning is shown. */
export function lessonSection(link: string): string {
  const [file = '', anchor] = link.split('#')
  const text = read(join(root, file))
  if (text === undefined) return `There is no lesson at ${file}.`
  const lines = text.split('\n')
  const found = lines.findIndex((line) => isHeading(line) && anchorOf(line) === anchor)
  const start = Math.max(0, found)
  const next = lines.findIndex((line, index) => index > start && isHeading(line))
  const end = Math.min(next === -1 ? lines.length : next, start + LONGEST)
  const section = wrapMarkdown(lines.slice(start, end).join('\n').trimEnd())
  return `${faint(`${file}:${start + 1}`)}\n\n${section}`
}

function isHeading(line: string): boolean {
  return /^#{2,6} /.test(line)
}

/** A heading's anchor, as GitHub makes it. */
export function anchorOf(heading: string): string {
  const text = heading.replace(/^#+ +/, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}
