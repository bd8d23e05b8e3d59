// What a whole run leaves behind, in .workshop/figures/bench.json: a table for floor 9's own page, and all the numbers
// for the chart.
import { join } from 'node:path'
import type { Result } from './ratios.ts'
import { cellsOf } from './tables.ts'
import { root } from '../../lib/catalogue.ts'
import { keepFigures } from '../../lib/figures.ts'
import { read } from '../../lib/trees/starters.ts'

export interface Report {
  /** How the server under test is called. */
  subject: string
  isMine: boolean
  /** Lines. */
  machine: string[]
  how: string
  cores: string
  results: Result[]
  doubts: string[]
}

export interface KeptReport extends Report {
  /** When it was made, as ISO 8601 has it. */
  at: string
  /** What has made it. */
  command: string
}

const COLUMNS = ['work', 'server', 'req/s', 'faster by', '(range)', 'p50', 'p99', 'CPU/req', 'memory', 'load']
const nameFor = (isMine: boolean) => (isMine ? 'bench-mine' : 'bench')

export function keepReport(report: Report): void {
  const rows = report.results.flatMap((result) => cellsOf(result).map((cells) => [result.title, ...cells]))
  const figures = {
    title: `Requests a second, ${report.subject} beside others`,
    command: `npm run bench${report.isMine ? ' mine' : ''}`,
    columns: COLUMNS,
    // A server that was not run has a sentence, and no numbers.
    rows: rows.map((row) => COLUMNS.map((_, column) => row[column] ?? '')),
    report,
  }
  keepFigures(nameFor(report.isMine), figures)
}

/** The last whole run; undefined when there was none, or its file is of another version. */
export function lastReport(isMine: boolean): KeptReport | undefined {
  const text = read(join(root, '.workshop', 'figures', `${nameFor(isMine)}.json`))
  try {
    const { at, command, report }: KeptReport & { report?: Report } = JSON.parse(text ?? '{}')
    return Array.isArray(report?.results) ? { ...report, at, command } : undefined
  } catch {
    return undefined
  }
}
