// Tables in a terminal: names at the left, numbers at the right, two spaces between the columns.
import { bold, green, red } from './ink.ts'
import { keepTogether, tableColumns, wrap } from './layout.ts'

export interface Look {
  /** The columns of words, from 0: they stand at the left of their width. */
  words?: number[]
  gap?: string
  /** Colours a cell that has its width already. `row` counts from 0, the heading included. */
  paint?: (padded: string, column: number, row: number) => string
  /** For windows that are too narrow: the columns that stay, and the names that the others have in a second line. */
  narrow?: { stay: number[]; heading: string[] } | undefined
}

/** The width of each column, in characters. */
export function widthsOf(rows: string[][]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
}

/** One row as text, for a table whose rows are printed as they come. */
export function drawRow(cells: string[], widths: number[], look: Look = {}, row = 0): string {
  const { words = [0], gap = '  ', paint = (padded) => padded, narrow } = look
  const shown = cells.map((cell, column) => {
    const width = widths[column] ?? 0
    return paint(words.includes(column) ? cell.padEnd(width) : cell.padStart(width), column, row)
  })
  const needed = widths.reduce((sum, width) => sum + gap.length + width, -gap.length)
  if (narrow === undefined || needed <= tableColumns()) return shown.join(gap).trimEnd()
  const first = shown.filter((_, column) => narrow.stay.includes(column))
  const others = cells.flatMap((cell, column) => {
    const name = narrow.heading[column] ?? ''
    const isSaid = !narrow.stay.includes(column) && cell !== '' && cell !== name
    return isSaid ? [keepTogether(`${name} ${paint(cell, column, row)}`.trim())] : []
  })
  const below = others.length > 0 ? wrap(others.join(`${keepTogether(' ·')} `), '    ') : []
  return [...wrap(first.join(gap).trimEnd()), ...below].join('\n')
}

/** All rows, a line each; the heading is the first of them. */
export function drawTable(rows: string[][], look: Look = {}): string[] {
  const widths = widthsOf(rows)
  return rows.map((row, index) => drawRow(row, widths, look, index))
}

/** Colours a verdict such as `kept` or `MISSED`, which says itself in capitals that it is bad. */
export function inkVerdict(verdict: string): string {
  if (verdict.trim() === '') return verdict
  return /[a-z]/.test(verdict) ? green(verdict) : bold(red(verdict))
}
