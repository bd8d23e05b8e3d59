// npm run bench loop: how long a learner waits, and how much they have to install, beside the bars that were set.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { makeCopy, type Content, type Copy } from '../../lib/trees/copy.ts'
import { measureInstalled } from './size.ts'
import { timeSaves } from './watch.ts'
import { describeMachine } from '../machine/describe.ts'
import { isKept, LOOK, rowOf, type Measured } from '../report/measured.ts'
import { middleAndWorst } from '../report/spread.ts'
import { findSteps } from '../../lib/catalogue.ts'
import { drawTable } from '../../lib/table.ts'

const RUNS = 3
/** The bars, in ms. */
const COLD_STEP = 2500
const SAVE = 500
const ALL_TESTS = 10_000
/** What a learner waits for, by what the exercises hold. */
const ENDINGS = { starter: 'to the first failure', solution: 'all passing' }
const CONTENTS: Content[] = ['starter', 'solution']

/** Gives the exit code. */
export async function benchLoop(): Promise<number> {
  const machine = describeMachine(['vitest', 'vite', 'tsx', 'typescript'])
  console.log(`${machine.join('\n')}; ${RUNS} runs of each\n`)
  const copy = makeCopy()
  try {
    const rows = [...(await coldSteps(copy)), ...(await saves(copy)), ...(await allTests(copy))]
    rows.push(measureInstalled())
    const table = [['', 'median', 'worst', 'bar', ''], ...rows.map(rowOf)]
    for (const line of drawTable(table, LOOK)) console.log(line)
    return rows.every(isKept) ? 0 : 1
  } finally {
    copy.remove()
  }
}

/** From nothing to the verdict, npm's own start included: at the first failure, and with everything passing. */
async function coldSteps(copy: Copy): Promise<Measured[]> {
  const rows: Measured[] = []
  for (const as of CONTENTS)
    for (const step of findSteps()) {
      copy.fill(step, as)
      const times = await repeat(copy, ['run', 'step', String(step.number)])
      copy.fill(step, 'solution')
      rows.push(rowFor(`npm run step ${step.number}, cold, ${ENDINGS[as]}`, times, COLD_STEP))
    }
  return rows
}

/** The quickest first. */
async function saves(copy: Copy): Promise<Measured[]> {
  const rows: ReturnType<typeof rowFor>[] = []
  for (const step of findSteps()) {
    const times = await timeSaves(copy, step, RUNS)
    for (const as of CONTENTS)
      rows.push(rowFor(`a save in step ${step.number}, ${ENDINGS[as]}`, times[as], SAVE))
  }
  return rows.toSorted((a, b) => a.value - b.value)
}

async function allTests(copy: Copy): Promise<Measured[]> {
  const rows: Measured[] = []
  for (const as of CONTENTS) {
    for (const step of findSteps()) copy.fill(step, as)
    const times = await repeat(copy, ['test'])
    rows.push(rowFor(`npm test, ${findSteps().length} steps, ${ENDINGS[as]}`, times, ALL_TESTS))
  }
  return rows
}

/** Runs `npm …` to its end, as a learner would, and gives the ms that it took each time. */
async function repeat({ folder }: Copy, words: string[]): Promise<number[]> {
  const npm = process.env['npm_execpath']
  // Without npm round us there is none to be found in a way that works on every system.
  const line = npm ? [npm, ...words] : ['scripts/start.mjs', ...words.filter((word) => word !== 'run')]
  const times: number[] = []
  while (times.length < RUNS) {
    const began = performance.now()
    await once(spawn(process.execPath, line, { cwd: folder, stdio: 'ignore' }), 'close')
    times.push(performance.now() - began)
  }
  return times
}

function rowFor(what: string, times: number[], bar: number) {
  return { what, ...middleAndWorst(times), unit: 'ms', bar }
}
