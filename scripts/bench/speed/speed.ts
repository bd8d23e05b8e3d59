// npm run bench: the finished server beside node:http, gunicorn, waitress and uWSGI, on the same work and in one run.
import { measureSection, WARM_UP } from './rounds.ts'
import { makers, type Section } from './sections.ts'
import { findLoad } from '../load/load.ts'
import type { Bench } from '../load/sample.ts'
import { findCores } from '../machine/cores.ts'
import { describeMachine } from '../machine/describe.ts'
import { PythonMissing } from '#given/05-framework-apps/python/setup/environment.ts'
import { judgeBars } from '../report/bars.ts'
import { keepReport } from '../report/kept.ts'
import { doubtsOf, type Result } from '../report/ratios.ts'
import { printGrowth, printResult } from '../report/tables.ts'
import { LAST, subjectFor, subjectIn, type Subject } from '../servers/subject.ts'
import { versionsFor } from '../servers/versions.ts'
import { whenAbandoned } from '../../lib/machine/programs.ts'
import { Refusal } from '../../lib/words.ts'

export const ALL_GROUPS = Object.keys(makers)
/** More rounds of growth would take longer than all the rest. */
const MOST_OF_GROWTH = 2

export interface Order {
  groups: string[]
  /** All groups: only then the run is kept. */
  isWhole: boolean
  rounds: number
  seconds: number
  load?: string | undefined
  /** The folder of another checkout, whose solution is asked the same. */
  beside?: string | undefined
  isMine: boolean
}

/** Gives the exit code: 0 when every bar is kept. Each table is printed as soon as it is known. */
export async function benchSpeed(order: Order): Promise<number> {
  const { groups, isWhole, isMine, seconds } = order
  const subject = subjectFor(isMine, 'npm run bench')
  if (order.beside !== undefined) subject.beside = subjectIn(order.beside)
  whenAbandoned(() => process.exit(143)).unref()
  const bench = { load: await findLoad(order.load), cores: await findCores(), seconds }
  const circumstances = await introduce(order, bench)
  const results: Result[] = []
  for (const group of groups) results.push(...(await measureGroup(group, subject, bench, order)))
  const areKept = judgeBars(results)
  const doubts = doubtsOf(results)
  for (const sentence of doubts) console.log(sentence)
  const caption = [...circumstances, doubts.join(' ')]
  if (isWhole && order.beside === undefined) keepReport({ subject: subject.name, isMine, results, caption })
  return areKept ? 0 : 1
}

/** Says what is measured on what, and gives it for the chart. */
async function introduce(order: Order, { load, cores }: Bench): Promise<string[]> {
  const { rounds, seconds, isMine } = order
  const machine = [...describeMachine(['tsx']), ...(await versionsFor(order.groups))]
  const how = `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s, in turn; load by ${load.name}`
  const whose = isMine ? 'Your server' : 'The solution, here called the reference,'
  for (const line of machine) console.log(line)
  console.log(`${whose} as it is after step ${LAST}, beside others: ${how}.`)
  console.log(`${cores.describe()}\nThis will take about ${estimate(order)}.\n`)
  return [`${machine.join('; ')}.`, `${how}. ${cores.describe()}`]
}

/** How many servers are asked in each group; growth has fewer rounds. */
const ASKED: Record<string, number> = { hello: 8, python: 14, bodies: 10, workers: 2, floors: 6, growth: 15 }

function estimate(order: Order): string {
  const asked = order.groups.reduce((sum, group) => sum + (ASKED[group] ?? 0), 0)
  const each = order.rounds * (order.seconds + 0.15) + WARM_UP + 1
  const minutes = Math.ceil((asked * each) / 30) / 2
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`
}

async function measureGroup(group: string, subject: Subject, bench: Bench, order: Order): Promise<Result[]> {
  const isGrowth = group === 'growth'
  const rounds = isGrowth ? Math.min(MOST_OF_GROWTH, order.rounds) : order.rounds
  const results: Result[] = []
  try {
    for (const section of (await makers[group]?.(subject)) ?? []) {
      const result = await measureSection(section, rounds, timed(section, bench))
      if (!isGrowth) printResult(result)
      results.push(result)
    }
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error
    const sentence = `${error.message} What needs no Python: npm run bench hello bodies workers floors growth`
    // Where there is none, the rest can be measured all the same.
    if (!order.isWhole) throw new Refusal(sentence)
    console.log(`${sentence}\n`)
  }
  if (isGrowth) printGrowth(results)
  return isGrowth ? [] : results
}

/** Thousands of connections have to be made first, which is part of a run of the load. */
function timed({ question: { connections } }: Section, bench: Bench): Bench {
  const least = connections < 1000 ? 0 : connections < 10_000 ? 2 : 4
  return { ...bench, seconds: Math.max(bench.seconds, least) }
}
