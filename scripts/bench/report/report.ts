// What a whole run leaves behind, in .workshop/figures/bench.json: a table for floor 9's own page, and all the numbers
// for the chart.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Growth } from '../speed/growth.ts'
import type { Judged, Result } from './ratios.ts'
import { cellsOf } from './show.ts'
import { keepFigures } from '../../lib/figures.ts'
import { root } from '../../lib/catalogue.ts'

export interface Report {
  /** How the server under test is called. */
  subject: string
  isMine: boolean
  /** Lines. */
  machine: string[]
  how: string
  cores: string
  results: Result[]
  growth: Growth | undefined
  judged: Judged[]
  doubts: string[]
}

export interface KeptReport extends Report {
  /** When it was made, as ISO 8601 has it. */
  at: string
  /** What has made it. */
  command: string
}

const nameFor = (isMine: boolean) => (isMine ? 'bench-mine' : 'bench')

export function keepReport(report: Report): void {
  const rows = report.results.flatMap((result) =>
    cellsOf(result).map((cells) => [
      result.title,
      ...cells,
      ...Array.from({ length: 9 - cells.length }, () => ''),
    ]),
  )
  const figures = {
    title: `Requests a second, ${report.subject} beside others`,
    command: `npm run bench${report.isMine ? ' mine' : ''}`,
    columns: ['work', 'server', 'req/s', 'faster by', '(range)', 'p50', 'p99', 'CPU/req', 'memory', 'load'],
    rows,
    report,
  }
  keepFigures(nameFor(report.isMine), figures)
}

/** The last whole run; undefined when there was none, or its file is of another version. */
export function lastReport(isMine: boolean): KeptReport | undefined {
  try {
    const file = join(root, '.workshop', 'figures', `${nameFor(isMine)}.json`)
    const { at, command, report }: { at: string; command: string; report?: Report } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    return report === undefined || !Array.isArray(report.results) ? undefined : { ...report, at, command }
  } catch {
    return undefined
  }
}
