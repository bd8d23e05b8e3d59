// The matrix as people read it: on a terminal, or as Markdown.
import { green, red, yellow } from '../lib/ink.ts'
import { drawTable as drawLines } from '../lib/table.ts'
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
  const { cells, notes } = cellsOf(rows, columns)
  const paint = (padded: string, column: number, row: number) =>
    inked(padded, rows[row - 1]?.verdicts[column - 1])
  return { lines: drawLines(cells, { words: [...columns.keys(), columns.length], gap: '   ', paint }), notes }
}

export function drawMarkdown(rows: Row[], columns: string[]): Drawn {
  const { cells, notes } = cellsOf(rows, columns)
  const rule = ['', ...columns].map(() => '---')
  const lines = cells.toSpliced(1, 0, rule).map((row) => `| ${row.join(' | ')} |`)
  return { lines, notes }
}

/** The words of each row, the heading first, with a mark for each reason in the order in which they come up. */
export function cellsOf(rows: Row[], columns: string[]): { cells: string[][]; notes: string[] } {
  const reasons = [...new Set(rows.flatMap(({ verdicts }) => verdicts.flatMap(({ excuses }) => excuses)))]
  const markOf = (why: string) => MARKS[reasons.indexOf(why)] ?? '*'
  const body = rows.map(({ name, verdicts }) => [
    name,
    ...verdicts.map(({ text, excuses }) => text + excuses.map(markOf).join('')),
  ])
  return { cells: [['', ...columns], ...body], notes: reasons.map((why) => `${markOf(why)} ${why}`) }
}

function inked(text: string, verdict: Verdict | undefined): string {
  if (verdict === undefined) return text
  if (verdict.text.startsWith('✓')) return green(text)
  if (verdict.isGood) return text
  return verdict.text.startsWith('✗') ? red(text) : yellow(text)
}
