// npm run bench svg [mine]: writes the chart of the last whole run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dateOf, svgOf } from './chart.ts'
import { lastReport } from './kept.ts'
import { root, shown } from '../../lib/catalogue.ts'

/** Where there is no run, `make` makes one first. Gives the exit code. */
export async function drawSvg(isMine: boolean, make: () => Promise<unknown>): Promise<number> {
  const known = lastReport(isMine)
  if (known === undefined) await make()
  const report = known ?? lastReport(isMine)
  if (report === undefined) {
    console.error('There is no run to draw: .workshop/figures cannot be written.')
    return 1
  }
  // The chart of the reference is part of the workshop, and its README shows it. A learner's own is the learner's.
  const file = join(root, isMine ? '.workshop/bench-mine.svg' : 'steps/09-many-cores/bench.svg')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, svgOf(report))
  console.log(`${shown(file)}: the run of ${dateOf(report)}.`)
  if (known !== undefined)
    console.log(`A new run, and then a new chart: npm run bench${isMine ? ' mine' : ''}`)
  return 0
}
