// How the results of `npm run bench` look in a terminal. A dash is what is not known.
import { lossesIn, medianOf, ratioOf, type Outcome, type Result } from './ratios.ts'
import type { Spread } from './spread.ts'
import { bold, faint } from '../../lib/ink.ts'
import { wrap } from '../../lib/layout.ts'
import { drawRow, widthsOf } from '../../lib/table.ts'

/** One row for each server: its name, then cells as in the columns. */
export function cellsOf({ outcomes }: Result): string[][] {
  return outcomes.map((outcome) => [
    outcome.name,
    ...(outcome.notRun === undefined ? cells(outcome, outcomes[0]) : [`not run: ${outcome.notRun}`]),
  ])
}

function cells(outcome: Outcome, first: Outcome = outcome): string[] {
  const ratio = ratioOf(first, outcome)
  const load = medianOf(outcome, 'load')
  return [
    count(medianOf(outcome, 'rate')),
    ...(outcome === first ? ['', ''] : [times(ratio.median), range(ratio)]),
    withUnit('ms', medianOf(outcome, 'p50')),
    withUnit('ms', medianOf(outcome, 'p99')),
    withUnit('µs', medianOf(outcome, 'cpu')),
    withUnit('MB', medianOf(outcome, 'memory') / 2 ** 20),
    Number.isNaN(load) ? '-' : load.toFixed(2),
  ]
}

/** The name of the server that the others are compared with stands above how many times as fast it is. */
export function printResult(result: Result): void {
  const first = `${result.outcomes[0]?.name} is`
  const columns = ['', 'req/s', first, '(range)', 'p50', 'p99', 'CPU/req', 'memory', 'load']
  printTable(result.title, [columns, ...cellsOf(result)], [result.note])
}

/** What sections that differ in one number come to: requests a second by connections, CPU by header fields. */
export function printGrowth(results: Result[]): void {
  printCurve('Requests a second, by connections', 'connections', results, (outcome) =>
    count(medianOf(outcome, 'rate')),
  )
  printCurve('CPU of a request, by its header fields', 'fields', results, (outcome) =>
    withUnit('µs', medianOf(outcome, 'cpu')),
  )
}

function printCurve(title: string, of: string, results: Result[], cell: (outcome: Outcome) => string): void {
  const points = results.filter(({ id }) => id === of)
  const names = points[0]?.outcomes.map(({ name }) => name) ?? []
  const rows = points.map((point) => [point.title, ...point.outcomes.map(cell)])
  const lost = points.flatMap(lossesIn).map((loss) => `Not answered: ${loss}.`)
  printTable(title, [['', ...names], ...rows], [points[0]?.note ?? '', ...lost])
}

/** The first row is that of the columns' names. */
function printTable(title: string, rows: string[][], notes: string[]): void {
  // A row of two cells is a name and a sentence, which widens no column.
  const widths = widthsOf(rows.map((row) => (row.length > 2 ? row : row.slice(0, 1))))
  const [heading = []] = rows
  const narrow = { stay: heading.includes('req/s') ? [0, 1, 2] : [0], heading }
  const [head = '', ...lines] = rows.map((row) => drawRow(row, widths, { narrow }))
  const below = notes.filter((note) => note !== '').flatMap((note) => wrap(faint(note)))
  console.log([bold(title), faint(head), ...lines, ...below, ''].join('\n'))
}

export function times(ratio: number): string {
  return Number.isNaN(ratio) ? '-' : `${ratio.toFixed(2)} ×`
}

export function range({ low, high }: Spread): string {
  return Number.isNaN(low) ? '' : `(${low.toFixed(2)}–${high.toFixed(2)})`
}

export function count(value: number): string {
  return Number.isNaN(value) ? '-' : Math.round(value).toLocaleString('en')
}

/** Three digits say enough. */
export function withUnit(unit: string, value: number): string {
  if (Number.isNaN(value)) return '-'
  // autocannon counts whole ms.
  if (value === 0) return `< 1 ${unit}`
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`
}
