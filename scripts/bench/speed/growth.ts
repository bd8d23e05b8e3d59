// How cost grows: with the number of connections, with the header fields of a request, with connections that idle.
import { inNode, subjectOn, type Contestant, type Subject } from '../servers/contestants.ts'
import { idleCurve } from './growth-idle.ts'
import { medianOf, type Quantity } from '../report/ratios.ts'
import { Stable, tell, WARM_UP } from './rounds.ts'
import type { Question } from '../load/load.ts'
import { sample, type Bench, type Sample } from '../load/sample.ts'

const CONNECTIONS = [1, 10, 100, 1000, 10_000]
const FIELDS = [1, 10, 50, 100]
/** More would take longer than all the rest. */
const MOST_ROUNDS = 2
/** Files that a process needs beside its connections. */
const OTHERS = 100

/** Both servers, at several sizes. */
export interface Curve {
  title: string
  unit: string
  sizes: number[]
  /** By server; undefined where it could not be measured. */
  values: { name: string; at: (number | undefined)[] }[]
  /** Why some are missing. */
  notes: string[]
}

export interface Growth {
  connections: Curve
  fields: Curve
  idle: Curve
}

export async function measureGrowth(subject: Subject, bench: Bench, rounds: number): Promise<Growth> {
  const servers = [subjectOn(subject), inNode('node:http')]
  const stable = new Stable()
  const limit = filesAllowed()
  const sizes = CONNECTIONS.filter((size) => size + OTHERS <= limit)
  const limited = `This system lets a process have ${limit} files open (ulimit -n), and each connection is one.`
  const base = { servers, stable, bench, rounds: Math.min(MOST_ROUNDS, rounds) }
  try {
    const connections = await curveOf(base, {
      title: 'Requests a second, by connections',
      unit: '',
      sizes,
      notes: sizes.length < CONNECTIONS.length ? [limited] : [],
      quantity: 'rate',
      questionFor: (size) => ({ path: '/hello', connections: size }),
    })
    const fields = await curveOf(base, {
      title: 'CPU of a request, by its header fields',
      unit: 'µs',
      sizes: FIELDS,
      notes: [],
      quantity: 'cpu',
      questionFor: (size) => ({ path: '/hello', connections: 32, fields: size }),
    })
    await stable.end()
    return { connections, fields, idle: await idleCurve(servers, stable) }
  } finally {
    await stable.end()
    tell('')
  }
}

interface Base {
  servers: Contestant[]
  stable: Stable
  bench: Bench
  rounds: number
}

interface Plan extends Omit<Curve, 'values'> {
  quantity: Quantity
  questionFor: (size: number) => Question
}

/** Asks the servers in turn, at each size, in several rounds. */
async function curveOf({ servers, stable, bench, rounds }: Base, plan: Plan): Promise<Curve> {
  const { quantity, questionFor, title, unit, sizes } = plan
  const lost = new Map<string, number>()
  const samples = servers.map(() => sizes.map((): Sample[] => []))
  for (const server of servers)
    await sample(await stable.start(server), questionFor(10), 'apart', { ...bench, seconds: WARM_UP })
  for (let round = 0; round < rounds; round += 1)
    for (const [place, size] of sizes.entries())
      for (const [index, server] of servers.entries()) {
        tell(`${title}: round ${round + 1} of ${rounds}, ${size}, ${server.name}`)
        const found = await sample(await stable.start(server), questionFor(size), 'apart', timed(bench, size))
        samples[index]?.[place]?.push(found)
        if (found.lost > 0) lost.set(`${server.name} at ${size}`, found.lost)
      }
  const values = servers.map(({ name }, index) => ({
    name,
    at: sizes.map((_, place) => medianOf({ samples: samples[index]?.[place] ?? [] }, quantity)),
  }))
  const notes = [...lost].map(([where, count]) => `Not answered: ${count} requests, ${where}.`)
  return { title, unit, sizes, values, notes: [...plan.notes, ...notes] }
}

/** Thousands of connections have to be made first, which is part of a run of the load. */
function timed(bench: Bench, size: number): Bench {
  return size < 1000 ? bench : { ...bench, seconds: Math.max(bench.seconds, size < 10_000 ? 2 : 4) }
}

/** About how many seconds all of it takes. */
export function growthTime(rounds: number, seconds: number): number {
  return Math.min(MOST_ROUNDS, rounds) * (18 * (seconds + 0.15) + 12) + 10
}

/** Windows sets no limit. */
function filesAllowed(): number {
  const report: { userLimits?: { open_files?: { soft: number | 'unlimited' } } } = JSON.parse(
    JSON.stringify(process.report.getReport()),
  )
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Infinity
}
