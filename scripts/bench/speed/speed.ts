// npm run bench: the finished server beside node:http, gunicorn, waitress and uWSGI, on the same work and in one run.
import { measureSection, Stable, WARM_UP } from './rounds.ts'
import { Cores } from '../machine/cores.ts'
import type { Subject } from '../servers/contestants.ts'
import { growthTime, measureGrowth, type Growth } from './growth.ts'
import { findLoad } from '../load/load.ts'
import { keepReport, type Report } from '../report/report.ts'
import { doubtsOf } from '../report/doubts.ts'
import { judge, type Result } from '../report/ratios.ts'
import { endWithUs } from '../machine/ending.ts'
import { GROUPS, sectionsOf, type Group } from './sections.ts'
import { printBars, printResult } from '../report/show.ts'
import { printGrowth } from '../report/growth.ts'
import type { Bench } from '../load/sample.ts'
import { versionsFor } from '../machine/versions.ts'
import { findSteps, learnersTree, treePath } from '../../lib/catalogue.ts'
import { firstUnwritten } from '../../lib/trees/starters.ts'
import { refuseMissingFiles } from '../../lib/trees/missing-files.ts'
import { Refusal } from '../../lib/words.ts'

export const ALL_GROUPS = [...GROUPS, 'growth'] as const

export interface Order {
  /** None means all. */
  groups: string[]
  rounds: number
  seconds: number
  load?: string | undefined
  isMine: boolean
  /** What this machine is, in lines. */
  machine: string[]
}

/** Gives the exit code: 0 when every bar is kept. */
export async function benchSpeed(order: Order): Promise<number> {
  const report = await makeReport(order)
  printBars(report.judged)
  for (const sentence of report.doubts) console.log(sentence)
  if (order.groups.length === 0) keepReport(report)
  return report.judged.every(({ isKept }) => isKept) ? 0 : 1
}

/** Measures, and prints each table as soon as it is known. */
async function makeReport(order: Order): Promise<Report> {
  const { rounds, seconds, isMine } = order
  const subject = subjectFor(isMine)
  const leave = endWithUs()
  try {
    const load = await findLoad(order.load)
    const cores = await Cores.find()
    const chosen = ALL_GROUPS.filter((name) => order.groups.length === 0 || order.groups.includes(name))
    const machine = [...order.machine, ...(await versionsFor(chosen))]
    for (const line of machine) console.log(line)
    const how = `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s, in turn; load by ${load.name}`
    const whose = isMine ? 'Your server' : 'The solution, here called the reference,'
    console.log(`${whose} as it is after step 9, beside others: ${how}.`)
    console.log(`${cores.describe()}\nThis will take about ${estimate(chosen, order)}.\n`)
    const bench: Bench = { load, cores, seconds }
    const results: Result[] = []
    for (const group of GROUPS.filter((name) => chosen.includes(name)))
      results.push(...(await measureGroup(group, subject, rounds, bench).catch(skipUnlessNamed(order))))
    const growth = chosen.includes('growth') ? await measureGrowth(subject, bench, rounds) : undefined
    if (growth !== undefined) printGrowth(growth)
    return reportOf(order, { machine, how, cores: cores.describe(), results, growth, subject })
  } finally {
    leave()
  }
}

/** Where there is no Python, the rest can be measured all the same. */
function skipUnlessNamed({ groups }: Order): (error: unknown) => Result[] {
  return (error) => {
    if (!(error instanceof Refusal) || groups.length > 0) throw error
    console.log(`${error.message}\n`)
    return []
  }
}

interface Measured {
  machine: string[]
  how: string
  cores: string
  results: Result[]
  growth: Growth | undefined
  subject: Subject
}

function reportOf({ isMine }: Order, { machine, how, cores, results, growth, subject }: Measured): Report {
  return {
    subject: subject.name,
    isMine,
    machine,
    how,
    cores,
    results,
    growth,
    judged: judge(results),
    doubts: doubtsOf(results),
  }
}

async function measureGroup(group: Group, subject: Subject, rounds: number, bench: Bench): Promise<Result[]> {
  const stable = new Stable()
  const results: Result[] = []
  try {
    for (const section of await sectionsOf(group, subject)) {
      const result = await measureSection(section, rounds, bench, stable)
      printResult(result)
      results.push(result)
      if (group === 'python') await stable.end()
    }
    return results
  } finally {
    await stable.end()
  }
}

/** How many servers are asked in each group. */
const ASKED: Record<string, number> = { hello: 8, python: 14, bodies: 8, workers: 2, floors: 6 }

function estimate(groups: string[], { rounds, seconds }: Order): string {
  const asked = groups.reduce((sum, group) => sum + (ASKED[group] ?? 0), 0)
  const each = rounds * (seconds + 0.15) + WARM_UP + 0.6
  const rest = groups.includes('growth') ? growthTime(rounds, seconds) : 0
  const minutes = Math.ceil((asked * each + rest) / 30) / 2
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`
}

export function subjectFor(isMine: boolean): Subject {
  const tree = isMine ? learnersTree : treePath('solutions')
  const last = findSteps().at(-1)
  const unwritten = firstUnwritten(tree)
  if (unwritten !== undefined || last === undefined)
    throw new Refusal(
      `What is measured is a finished server, and in yours step ${unwritten?.number ?? 9} is still to be written: ` +
        `npm run step ${unwritten?.number ?? 9}. Or measure the solution: npm run bench`,
    )
  refuseMissingFiles(tree, last)
  return { name: isMine ? 'your server' : 'reference', tree }
}
