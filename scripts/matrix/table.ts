// The matrix as people read it: on a terminal, or as Markdown.
import { green, red, yellow } from '../lib/ink.ts'
import { drawTable as drawLines } from '../lib/table.ts'
import type { Verdict } from './judge.ts'

export interface Row {
  name: string
  verdicts: Verdict[]
}

const MARKS = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

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

export function drawTable(cells: string[][], rows: Row[]): string[] {
  const [heading = []] = cells
  const paint = (padded: string, column: number, row: number) =>
    inked(padded, rows[row - 1]?.verdicts[column - 1])
  const look = { words: [...heading.keys()], gap: '   ', paint, narrow: { stay: [0], heading } }
  // In a narrow window, the heading has nothing above the names.
  return drawLines(cells, look).filter((line) => line !== '')
}

export function drawMarkdown([heading = [], ...body]: string[][]): string[] {
  return [heading, heading.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`)
}

function inked(text: string, verdict: Verdict | undefined): string {
  if (verdict === undefined) return text
  if (verdict.text.startsWith('✓')) return green(text)
  if (verdict.isGood) return text
  return verdict.text.startsWith('✗') ? red(text) : yellow(text)
}
