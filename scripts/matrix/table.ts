// The matrix as people read it: on a terminal, or as Markdown.
import { green, red, yellow } from '../lib/ink.ts'
import type { Verdict } from './judge.ts'

export interface Row {
  name: string
  verdicts: Verdict[]
}

export interface Drawn {
  lines: string[]
  /** What the marks in the table stand for. */
  notes: string[]
}

const MARKS = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

export function drawTable(rows: Row[], columns: string[]): Drawn {
  const marks = marksIn(rows)
  const table = cellsOf(rows, columns, marks)
  const widths = ['', ...columns].map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)))
  const lines = table.map((row, index) => {
    const verdicts = rows[index - 1]?.verdicts
    const cells = row.map((cell, at) => {
      const padded = cell.padEnd(widths[at] ?? 0)
      return at === 0 ? padded : paint(verdicts?.[at - 1], padded)
    })
    return cells.join('   ').trimEnd()
  })
  return { lines, notes: notesOf(marks) }
}

export function drawMarkdown(rows: Row[], columns: string[]): Drawn {
  const marks = marksIn(rows)
  const [head = [], ...body] = cellsOf(rows, columns, marks)
  const rule = head.map(() => '---')
  return { lines: [piped(head), piped(rule), ...body.map(piped)], notes: notesOf(marks) }
}

function piped(cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The words of each row, the heading first. */
export function cellsOf(rows: Row[], columns: string[], marks = marksIn(rows)): string[][] {
  const body = rows.map(({ name, verdicts }) => {
    const cells = verdicts.map(({ text, excuses }) => text + excuses.map((why) => marks.get(why)).join(''))
    return [name, ...cells]
  })
  return [['', ...columns], ...body]
}

/** A mark for each reason, in the order in which they come up. */
function marksIn(rows: Row[]): Map<string, string> {
  const reasons = rows.flatMap(({ verdicts }) => verdicts.flatMap(({ excuses }) => excuses))
  return new Map([...new Set(reasons)].map((why, at) => [why, MARKS[at] ?? '*']))
}

function notesOf(marks: Map<string, string>): string[] {
  return [...marks].map(([why, mark]) => `${mark} ${why}`)
}

function paint(verdict: Verdict | undefined, text: string): string {
  if (verdict === undefined) return text
  if (verdict.text.startsWith('✓')) return green(text)
  if (verdict.isGood) return text
  return verdict.text.startsWith('✗') ? red(text) : yellow(text)
}
