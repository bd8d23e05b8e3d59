// How the results of `npm run bench` look in a terminal.
import { medianOf, ratioOf, type Judged, type Outcome, type Result, type Spread } from './ratios.ts'
import { bold, faint, green, red } from '../../lib/ink.ts'

/** The name of the server that the others are compared with stands above how many times as fast it is. */
export function columnsOf({ outcomes }: Result): string[] {
  return ['', 'req/s', `${outcomes[0]?.name} is`, '(range)', 'p50', 'p99', 'CPU/req', 'memory', 'load']
}

/** One line for each server: its name, then cells as in the columns. */
export function cellsOf({ outcomes }: Result): string[][] {
  const [first] = outcomes
  return outcomes.map((outcome) => [outcome.name, ...cells(outcome, first)])
}

function cells(outcome: Outcome, first: Outcome | undefined): string[] {
  if (outcome.notRun !== undefined) return [`not run: ${outcome.notRun}`]
  const rate = medianOf(outcome, 'rate')
  const ratio = first === undefined || first === outcome ? undefined : ratioOf(first, outcome)
  return [
    rate === undefined ? '-' : count(rate),
    ratio === undefined ? '' : times(ratio.median),
    ratio === undefined ? '' : range(ratio),
    withUnit('ms', medianOf(outcome, 'p50')),
    withUnit('ms', medianOf(outcome, 'p99')),
    withUnit('µs', medianOf(outcome, 'cpu')),
    withUnit('MB', megabytes(medianOf(outcome, 'memory'))),
    medianOf(outcome, 'load')?.toFixed(2) ?? '-',
  ]
}

export function printResult(result: Result): void {
  console.log(bold(result.title))
  printTable([columnsOf(result), ...cellsOf(result)])
  if (result.note !== undefined) console.log(faint(result.note))
  console.log()
}

/** The first line is that of the columns' names. A line of two cells is a name and a sentence. */
export function printTable(lines: string[][]): void {
  const wide = lines.filter((line) => line.length > 2 || lines[0]?.length === 2)
  const widths = (wide[0] ?? []).map((_, column) => {
    const counted = column === 0 ? lines : wide
    return Math.max(...counted.map((line) => line[column]?.length ?? 0))
  })
  for (const [index, line] of lines.entries()) {
    const padded = line.map((cell, column) => pad(cell, column, line.length === widths.length ? widths : []))
    const [name = '', ...rest] = padded
    const text = [name.padEnd(widths[0] ?? 0), ...rest].join('  ').trimEnd()
    console.log(index === 0 ? faint(text) : text)
  }
}

function pad(cell: string, column: number, widths: number[]): string {
  return column === 0 ? cell : cell.padStart(widths[column] ?? 0)
}

export function printBars(judged: Judged[]): void {
  if (judged.length === 0) return
  console.log(bold('The bars'))
  const lines = judged.map(barCells)
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const [what = '', wanted = '', measured = '', verdict = ''] of lines) {
    const start = [
      what.padEnd(widths[0] ?? 0),
      wanted.padStart(widths[1] ?? 0),
      measured.padEnd(widths[2] ?? 0),
    ]
    console.log(`${start.join('  ')}  ${verdict === 'kept' ? green(verdict) : bold(red(verdict))}`)
  }
  console.log()
}

export function barCells({ what, other, least, most, ratio, isKept }: Judged): string[] {
  const wanted = least === undefined ? `≤ ${times(most ?? 0)}` : `≥ ${times(least)}`
  const measured = ratio === undefined ? 'not measured' : `${times(ratio.median)} ${range(ratio)}`
  return [`${what}, beside ${other}`, wanted, measured, isKept ? 'kept' : 'MISSED']
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`
}

function range({ low, high }: Spread): string {
  return `(${low.toFixed(2)}–${high.toFixed(2)})`
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** Three digits say enough. */
export function withUnit(unit: string, value: number | undefined): string {
  if (value === undefined) return '-'
  // autocannon counts whole ms.
  if (value === 0) return `< 1 ${unit}`
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`
}

function megabytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / 2 ** 20
}
