// Whether a server has held: what came of an attack, in words.
import { listed } from '#given/kit/failure/nearest.ts'
import type { Attack, Outcome, Result } from './client.ts'

/** What another client saw meanwhile. */
export interface Seen {
  /** How often it got which status. */
  statuses: Record<string, number>
  /** ms of its longest wait. */
  worst: number
  /** Requests that got no answer. */
  lost: number
}

/** ms that another client may have to wait. Mostly it is some 10: the rest is for machines with much to do. */
const LONGEST_WAIT = 1000
/** Bytes that a server may grow by. */
const MOST_MEMORY = 100 * 1_048_576
/** Bytes: whoever got more of the large page than this has got all of it. */
const ALL = 16 * 1_048_576

/** What one client came to. */
export function resultOf({ statuses, end, received }: Outcome, wants: Result[]): Result {
  const last = statuses.at(-1)
  if (wants.includes('pages') && last !== undefined && statuses.every((status) => status === 200))
    return 'pages'
  if (end === 'open') return 'held open'
  if (last === undefined) return end === 'ended' ? 'silence' : 'reset'
  if (wants.includes('cut short')) return received < ALL ? 'cut short' : last
  return statuses.length > 1 ? 'two answers' : last
}

/** How many came to what. */
export function counts(outcomes: Outcome[], { wants }: Attack): Map<Result, number> {
  const found = new Map<Result, number>()
  for (const outcome of wants.length === 0 ? [] : outcomes) {
    const result = resultOf(outcome, wants)
    found.set(result, (found.get(result) ?? 0) + 1)
  }
  return found
}

const MEANS: Partial<Record<Result, string>> = {
  silence: 'ended without an answer',
  'cut short': 'cut off in the middle of an answer',
  pages: 'answered, page after page',
  'two answers': 'given a second answer, to what was the body of the first request',
  reset: 'cut off without an answer',
  'held open': 'still connected after 2.5 s',
}

/** Why the server fell, a sentence each; none if it held. */
export function faultsOf(attack: Attack, outcomes: Outcome[], seen: Seen, memory: number): string[] {
  const mb = Math.round(memory / 1_048_576)
  const greed = memory < MOST_MEMORY ? [] : [`The server took ${mb} MB of memory for it.`]
  return [...faultsToClients(attack, outcomes), ...faultsToOthers(attack, seen), ...greed]
}

function faultsToClients(attack: Attack, outcomes: Outcome[]): string[] {
  const { wants } = attack
  const found = counts(outcomes, attack)
  const wanted = listed(wants.map(means))
  const wrong = [...found].filter(([result]) => !wants.includes(result))
  const missing = wants.filter((want) => !found.has(want))
  if (wrong.length > 0)
    return wrong.map(([result, count]) => `${ofAll(count, outcomes)} ${means(result)}; wanted: ${wanted}.`)
  return missing.map((want) => `Nobody was ${means(want)}.`)
}

function ofAll(count: number, { length }: Outcome[]): string {
  if (length === 1) return 'The client was'
  if (count === length) return `All ${length} clients were`
  return `Of ${length} clients ${count} ${count === 1 ? 'was' : 'were'}`
}

function means(result: Result): string {
  return MEANS[result] ?? `answered with ${result}, and the connection ended`
}

function faultsToOthers({ mayTurnOthersAway }: Attack, { statuses, worst, lost }: Seen): string[] {
  const faults: string[] = []
  if (lost > 0)
    faults.push(`Another client asked meanwhile and got no answer, ${lost === 1 ? 'once' : `${lost} times`}.`)
  else if (worst > LONGEST_WAIT)
    faults.push(`Another client had to wait ${(worst / 1000).toFixed(1)} s for its answer.`)
  const isRight = (status: string) => status === '200' || (mayTurnOthersAway && status === '503')
  const others = Object.keys(statuses).filter((status) => !isRight(status))
  if (others.length > 0) faults.push(`Another client asked for a page meanwhile and got ${listed(others)}.`)
  return faults
}
