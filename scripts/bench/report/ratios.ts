// What rounds of measurements come to. Pure: samples in, numbers and sentences out.
import { median, spreadOf, type Spread } from './spread.ts'
import type { Sample } from '../load/sample.ts'

/** What stands in the tables for one server in one section. */
export interface Outcome {
  name: string
  /** By round. */
  samples: Sample[]
  /** Why there are none. */
  notRun?: string
}

/** A section that has been measured. */
export interface Result {
  id: string
  title: string
  note: string
  /** The first one is what the others are compared with. */
  outcomes: Outcome[]
}

export type Quantity = Exclude<keyof Sample, 'lost'>

export function medianOf({ samples }: Outcome, quantity: Quantity): number {
  return median(samples.map((one) => one[quantity]))
}

/** How many times as much of it `one` has, round by round. */
export function ratioOf(one: Outcome, other: Outcome, quantity: Quantity = 'rate'): Spread {
  return spreadOf(
    one.samples.map((sample, round) => sample[quantity] / (other.samples[round]?.[quantity] ?? NaN)),
  )
}

/** From this share of its core on, the load may be what holds a server up. */
const FULL = 0.9

/** What one should know before one believes the tables, in sentences. */
export function doubtsOf(results: Result[]): string[] {
  if (results.length === 0) return []
  const full = results.flatMap(({ title, outcomes }) =>
    outcomes
      .map((outcome) => ({ name: outcome.name, load: medianOf(outcome, 'load') }))
      .filter(({ load }) => load >= FULL)
      .map(({ name, load }) => `${name} (${title}): ${load.toFixed(2)}`),
  )
  const lost = results.flatMap(lossesIn)
  const load = `The load was the bottleneck, or near it, for these, which are therefore faster than the table says: ${full.join('; ')} of a core.`
  const loss =
    lost.length === 0
      ? 'Every request was answered, with success.'
      : `Not every request was answered with success: ${lost.join('; ')}.`
  return full.length === 0 ? [loss] : [load, loss]
}

export function lossesIn({ title, outcomes }: Result): string[] {
  return outcomes.flatMap(({ name, samples }) => {
    const lost = samples.reduce((sum, one) => sum + one.lost, 0)
    return lost === 0 ? [] : [`${lost} with ${name} (${title})`]
  })
}
