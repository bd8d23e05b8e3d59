// npm run bench loop: how long a learner waits, and how much they have to install, beside the bars that were set.
// npm run bench limits [soak] [mine]: what the finished server holds out (lib/bench-limits.ts).
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { makeCopy, type Copy } from './lib/bench-copy.ts'
import { benchSaves } from './lib/bench-watch.ts'
import { measureInstalled } from './lib/bench-size.ts'
import { median, printTable, runPlainly, type Row } from './lib/bench-table.ts'
import { benchLimits, MEASUREMENTS } from './lib/bench-limits.ts'
import { findSteps, root, type Step } from './lib/catalogue.ts'
import { parseWords, Usage } from './lib/words.ts'

/** Whose limits: the solution's, unless one says otherwise. */
const TARGETS = ['solution', 'mine']
const RUNS = 3
/** The bars: ms, and bytes. */
const COLD_STEP = 3000
const SAVE = 600
const ALL_TESTS = 6000

export async function main(args: string[]): Promise<number> {
  const { words } = parseWords(args, {
    command: 'bench',
    words: ['loop', 'limits', ...TARGETS, ...MEASUREMENTS],
  })
  if (words.includes('limits')) return limits(words)
  if (!words.includes('loop'))
    throw new Usage('Which benchmark? There are two: npm run bench loop, and npm run bench limits')
  describeMachine(`; ${RUNS} runs of each`)
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

function limits(words: string[]): Promise<number> {
  describeMachine()
  // Whoever names a tree means that one.
  const isMine = words.includes('mine') || process.env['WORKSHOP_TREE'] !== undefined
  return benchLimits(
    MEASUREMENTS.filter((name) => words.includes(name)),
    isMine && !words.includes('solution'),
  )
}

function describeMachine(more = ''): void {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  const system = `${process.platform} ${process.arch}`
  console.log(`${availableParallelism()} cores of ${model}, ${memory} GB, ${system}`)
  const versions = ['vitest', 'vite', 'tsx', 'typescript'].map((name) => `${name} ${versionOf(name)}`)
  console.log(`Node ${process.versions.node}, ${versions.join(', ')}`)
  // Whatever else the machine had to do is in the numbers too.
  console.log(`load before we began ${loadavg()[0]?.toFixed(1)}${more}\n`)
}

function versionOf(name: string): string {
  const found: { version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return found.version
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
