// npm run bench: the finished server beside node:http, gunicorn, waitress and uWSGI, on the same work and in one run.
import { measureGrowth } from './growth.ts'
import { measureSection, WARM_UP } from './rounds.ts'
import { makers } from './sections.ts'
import { Stable } from './stable.ts'
import { findLoad } from '../load/load.ts'
import type { Bench } from '../load/sample.ts'
import { Cores } from '../machine/cores.ts'
import { describeMachine } from '../machine/describe.ts'
import { judge, printBars } from '../report/bars.ts'
import { keepReport } from '../report/kept.ts'
import { doubtsOf, type Result } from '../report/ratios.ts'
import { printResult } from '../report/tables.ts'
import { subjectFor, type Subject } from '../servers/subject.ts'
import { versionsFor } from '../servers/versions.ts'
import { Refusal } from '../../lib/words.ts'

export const ALL_GROUPS = [...Object.keys(makers), 'growth']

export interface Order {
  /** None means all. */
  groups: string[]
  rounds: number
  seconds: number
  load?: string | undefined
  isMine: boolean
}

/** Gives the exit code: 0 when every bar is kept. Each table is printed as soon as it is known. */
export async function benchSpeed(order: Order): Promise<number> {
  const subject = subjectFor(order.isMine, 'npm run bench')
  const watch = endWithParent()
  try {
    const bench = { load: await findLoad(order.load), cores: await Cores.find(), seconds: order.seconds }
    const head = await introduce(order, bench)
    const results: Result[] = []
    for (const group of chosen(order)) results.push(...(await measureGroup(group, subject, bench, order)))
    const judged = judge(results)
    const doubts = doubtsOf(results)
    printBars(judged)
    for (const sentence of doubts) console.log(sentence)
    if (order.groups.length === 0)
      keepReport({ subject: subject.name, isMine: order.isMine, ...head, results, doubts })
    return judged.every(({ isKept }) => isKept) ? 0 : 1
  } finally {
    clearInterval(watch)
  }
}

/** A signal to npm ends npm, and never reaches us. */
function endWithParent(): NodeJS.Timeout {
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && process.exit(143), 500)
}

function chosen({ groups }: Order): string[] {
  return ALL_GROUPS.filter((name) => groups.length === 0 || groups.includes(name))
}

/** Says what is measured on what, and gives it for the chart. */
async function introduce(order: Order, { load, cores }: Bench) {
  const { rounds, seconds, isMine } = order
  const machine = [...describeMachine(['tsx']), ...(await versionsFor(chosen(order)))]
  const how = `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s, in turn; load by ${load.name}`
  const whose = isMine ? 'Your server' : 'The solution, here called the reference,'
  for (const line of machine) console.log(line)
  console.log(`${whose} as it is after step 9, beside others: ${how}.`)
  console.log(`${cores.describe()}\nThis will take about ${estimate(order)}.\n`)
  return { machine, how, cores: cores.describe() }
}

/** How many servers are asked in each group; growth has fewer rounds. */
const ASKED: Record<string, number> = { hello: 8, python: 14, bodies: 10, workers: 2, floors: 6, growth: 13 }

function estimate(order: Order): string {
  const asked = chosen(order).reduce((sum, group) => sum + (ASKED[group] ?? 0), 0)
  const each = order.rounds * (order.seconds + 0.15) + WARM_UP + 0.6
  const minutes = Math.ceil((asked * each) / 30) / 2
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`
}

async function measureGroup(group: string, subject: Subject, bench: Bench, order: Order): Promise<Result[]> {
  const stable = new Stable()
  const results: Result[] = []
  try {
    if (group === 'growth') await measureGrowth(subject, bench, order.rounds)
    for (const section of (await makers[group]?.(subject)) ?? []) {
      const result = await measureSection(section, order.rounds, bench, stable)
      printResult(result)
      results.push(result)
      // Those for Python serve one section each.
      if (group === 'python') await stable.end()
    }
  } catch (error) {
    // Where there is no Python, the rest can be measured all the same.
    if (!(error instanceof Refusal) || order.groups.length > 0) throw error
    console.log(`${error.message}\n`)
  } finally {
    await stable.end()
  }
  return results
}
