// A row of `npm run bench limits` and `npm run bench loop`: what was measured, beside the bar that was set.
import { inkVerdict, type Look } from '../../lib/table.ts'

export interface Measured {
  what: string
  /** Of several, the median. In words where nothing could be measured. */
  value: number | string
  worst?: number
  unit?: string
  /** The value may be no greater. Without one it is only told. */
  bar?: number
}

export const COLUMNS = ['limit', 'measured', 'worst', 'bar', 'verdict']
/** The verdicts have colours, and their heading has not. */
export const LOOK: Look = {
  narrow: { stay: [0, 4], heading: COLUMNS },
  paint: (cell, column, row) => (column === 4 && row > 0 ? inkVerdict(cell) : cell),
}

export function isKept({ value, bar }: Measured): boolean {
  return typeof value === 'number' && (bar === undefined || value <= bar)
}

export function rowOf(row: Measured): string[] {
  const { what, value, worst, bar, unit } = row
  const told = bar === undefined && isKept(row)
  const numbers = [value, worst, bar].map((number) => show(number, unit))
  return [what, ...numbers, told ? '' : isKept(row) ? 'kept' : 'MISSED']
}

function show(value: number | string | undefined, unit = ''): string {
  if (typeof value !== 'number') return value ?? ''
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${number} ${unit}`.trimEnd()
}
