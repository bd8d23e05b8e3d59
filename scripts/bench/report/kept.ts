// What a whole run leaves behind in .workshop/: a table for floor 9's own page, and the chart.
import { copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { svgOf, type Report } from './chart.ts'
import { cellsOf } from './tables.ts'
import { root, shown } from '../../lib/catalogue.ts'
import { keepFigures } from '../../lib/figures.ts'

const COLUMNS = ['work', 'server', 'req/s', 'faster by', '(range)', 'p50', 'p99', 'CPU/req', 'memory', 'load']
const nameFor = (isMine: boolean) => (isMine ? 'bench-mine' : 'bench')
const commandFor = (isMine: boolean) => `npm run bench${isMine ? ' mine' : ''}`
const chartOf = (isMine: boolean) => join(root, '.workshop', `${nameFor(isMine)}.svg`)

export function keepReport(report: Report): void {
  const { subject, isMine, results, caption } = report
  const rows = results.flatMap((result) => cellsOf(result).map((cells) => [result.title, ...cells]))
  keepFigures(nameFor(isMine), {
    title: `Requests a second, ${subject} beside others`,
    command: commandFor(isMine),
    columns: COLUMNS,
    // A server that was not run has a sentence, and no numbers.
    rows: rows.map((row) => COLUMNS.map((_, column) => row[column] ?? '')),
  })
  const when = `Measured on ${dateOf(new Date())} with ${commandFor(isMine)}.`
  writeFileSync(chartOf(isMine), svgOf({ ...report, caption: [...caption, when] }))
}

/** npm run bench svg [mine]: where there was no whole run, `make` makes one first. Gives the exit code. */
export async function publishChart(isMine: boolean, make: () => Promise<unknown>): Promise<number> {
  const chart = chartOf(isMine)
  const isNew = !existsSync(chart)
  if (isNew) await make()
  // The chart of the reference is part of the workshop, and NUMBERS.md shows it. A learner's own is the learner's.
  const file = isMine ? chart : join(root, 'steps', '09-many-cores', 'bench.svg')
  if (!isMine) copyFileSync(chart, file)
  console.log(`${shown(file)}: the run of ${dateOf(statSync(chart).mtime)}.`)
  if (!isNew) console.log(`A new run, and then a new chart: ${commandFor(isMine)}`)
  return 0
}

function dateOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ', ')} UTC`
}
