// What `npm run bench limits` measures, and how a row of its table looks.
import type { Step } from '../../lib/catalogue.ts'
import { bold, green, red } from '../../lib/ink.ts'

/** A server to be measured. */
export interface Target {
  step: Step
  /** The path of its server.ts. */
  server: string
  isSolution: boolean
  /** Aborted when a measurement is over or has taken too long: then nothing of it may go on. */
  over: AbortSignal
  /** Says in a sentence what this machine did not allow. */
  note: (sentence: string) => void
}

/** One row. */
export interface Measured {
  what: string
  /** In words where nothing could be measured. */
  value: number | string
  worst?: number
  unit?: string
  /** The value may be no greater. Without one it is only told. */
  bar?: number
}

export const COLUMNS = ['limit', 'measured', 'worst', 'bar', 'verdict']
const WIDTHS = [62, 9, 8, 7, 7]
const VERDICT = 4

export function isKept({ value, bar }: Measured): boolean {
  return typeof value === 'number' && (bar === undefined || value <= bar)
}

export function rowOf(row: Measured): string[] {
  const { what, value, worst, bar, unit = '' } = row
  const told = bar === undefined && isKept(row)
  return [
    what,
    show(value, unit),
    worst === undefined ? '' : show(worst, unit),
    bar === undefined ? '' : show(bar, unit),
    told ? '' : isKept(row) ? 'kept' : 'MISSED',
  ]
}

export function showRow(cells: string[]): string {
  const shown = cells.map((cell, column) => {
    const width = WIDTHS[column] ?? 0
    const padded = column === 0 ? cell.padEnd(width) : cell.padStart(width)
    if (column !== VERDICT) return padded
    return cell === 'kept' ? green(padded) : bold(red(padded))
  })
  return shown.join('  ').trimEnd()
}

function show(value: number | string, unit: string): string {
  if (typeof value === 'string') return value
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '' ? number : `${number} ${unit}`
}
