// npm run bench loop: how long a learner waits, and how much they have to install, beside the bars that were set.
import { makeCopy, type Copy } from './copy.ts'
import { benchSaves } from './watch.ts'
import { measureInstalled } from './size.ts'
import { median, printTable, runPlainly, type Row } from './table.ts'
import { findSteps, type Step } from '../../lib/catalogue.ts'

export const RUNS = 3
/** The bars: ms, and bytes. */
const COLD_STEP = 2500
const SAVE = 500
const ALL_TESTS = 10_000

/** Gives the exit code. */
export async function benchLoop(): Promise<number> {
  const copy = makeCopy()
  try {
    const rows = [
      ...(await coldSteps(copy)),
      ...(await saves(copy)),
      ...(await allTests(copy)),
      measureInstalled(),
    ]
    printTable(rows)
    return rows.every(({ value, bar }) => value <= bar) ? 0 : 1
  } finally {
    copy.remove()
  }
}

/** From nothing to the verdict, npm's own start included: at the first failure, and with everything passing. */
async function coldSteps(copy: Copy): Promise<Row[]> {
  const rows: Row[] = []
  for (const as of ['starter', 'solution'] as const) {
    for (const step of findSteps()) {
      copy.fill(step, as)
      const times = await repeat(() => runPlainly(copy.folder, ['run', 'step', String(step.number)]))
      copy.fill(step, 'solution')
      rows.push({
        what: `npm run step ${step.number}, cold, ${ending(as)}`,
        ...summary(times),
        bar: COLD_STEP,
      })
    }
  }
  return rows
}

async function saves(copy: Copy): Promise<Row[]> {
  const rows: Row[] = []
  for (const step of findSteps()) rows.push(...(await savesOf(copy, step)))
  return rows.toSorted((a, b) => a.value - b.value)
}

async function savesOf(copy: Copy, step: Step): Promise<Row[]> {
  const { failing, passing } = await benchSaves(copy, step, RUNS)
  return [
    { what: `a save in step ${step.number}, ${ending('starter')}`, ...summary(failing), bar: SAVE },
    { what: `a save in step ${step.number}, ${ending('solution')}`, ...summary(passing), bar: SAVE },
  ]
}

async function allTests(copy: Copy): Promise<Row[]> {
  const rows: Row[] = []
  for (const as of ['starter', 'solution'] as const) {
    for (const step of findSteps()) copy.fill(step, as)
    const times = await repeat(() => runPlainly(copy.folder, ['test']))
    rows.push({
      what: `npm test, ${findSteps().length} steps, ${ending(as)}`,
      ...summary(times),
      bar: ALL_TESTS,
    })
  }
  return rows
}

function ending(as: 'starter' | 'solution'): string {
  return as === 'starter' ? 'to the first failure' : 'all passing'
}

async function repeat(run: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let count = 0; count < RUNS; count += 1) times.push(await run())
  return times
}

function summary(times: number[]): Pick<Row, 'value' | 'worst' | 'unit'> {
  return { value: median(times), worst: Math.max(...times), unit: 'ms' }
}
