// The bars that were set for the finished server, and whether it keeps them.
import { ratioOf, type Outcome, type Quantity, type Result } from './ratios.ts'
import { range, times } from './tables.ts'
import { BARE, IN_PYTHON } from '../servers/contestants.ts'
import { bold } from '../../lib/ink.ts'
import { drawTable, inkVerdict, type Look } from '../../lib/table.ts'

interface Bar {
  what: string
  section: string
  other: string
  quantity?: Quantity
  /** The median ratio may be no lower; or with `most`, no higher. */
  least?: number
  most?: number
}

const BARS: Bar[] = [
  { what: 'hello', section: 'hello', other: 'node:http', least: 1.5 },
  { what: 'hello', section: 'hello', other: BARE, least: 0.6 },
  { what: 'Flask', section: 'flask', other: 'gunicorn, sync', least: 2.5 },
  { what: 'Flask', section: 'flask', other: 'uWSGI', least: 1 },
  { what: 'Flask', section: 'flask', other: IN_PYTHON, least: 0.75 },
  { what: 'Flask, all on one core', section: 'flask-one-core', other: 'gunicorn, sync', least: 1.5 },
  { what: 'Django', section: 'django', other: 'gunicorn, sync', least: 1.5 },
  { what: '1 MB down', section: '1m-down', other: 'node:http', least: 1 },
  { what: '1 MB up', section: '1m-up', other: 'node:http', least: 1 },
  { what: 'p99 of hello', section: 'hello', other: 'node:http', quantity: 'p99', most: 1 },
  { what: 'p99 of 1 MB down', section: '1m-down', other: 'node:http', quantity: 'p99', most: 1 },
  { what: 'p99 of 1 MB up', section: '1m-up', other: 'node:http', quantity: 'p99', most: 1 },
]

const LOOK: Look = {
  words: [0, 2, 3],
  narrow: { stay: [0, 3], heading: [] },
  paint: (cell, column) => (column === 3 ? inkVerdict(cell) : cell),
}

/** Judges those whose section was measured, prints them, and gives whether all are kept. */
export function judgeBars(results: Result[]): boolean {
  const rows = BARS.flatMap((bar) => {
    const outcomes = results.find(({ id }) => id === bar.section)?.outcomes
    const other = outcomes?.find(({ name }) => name === bar.other)
    return outcomes?.[0] === undefined || other === undefined ? [] : [rowOf(bar, outcomes[0], other)]
  })
  if (rows.length > 0) console.log([bold('The bars'), ...drawTable(rows, LOOK), ''].join('\n'))
  return rows.every((row) => row.includes('kept'))
}

function rowOf({ what, least, most, quantity }: Bar, one: Outcome, other: Outcome): string[] {
  const ratio = ratioOf(one, other, quantity)
  const isKept = least === undefined ? ratio.median <= (most ?? 0) : ratio.median >= least
  const wanted = least === undefined ? `≤ ${times(most ?? 0)}` : `≥ ${times(least)}`
  const measured = Number.isNaN(ratio.median) ? 'not measured' : `${times(ratio.median)} ${range(ratio)}`
  return [`${what}, beside ${other.name}`, wanted, measured, isKept ? 'kept' : 'MISSED']
}
