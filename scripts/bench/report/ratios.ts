// What rounds of measurements come to. Pure: samples in, numbers and sentences out.
import { BARE, IN_PYTHON } from '../speed/section.ts'
import type { Sample } from '../load/sample.ts'

/** The middle one of several, and the range that they lie in. */
export interface Spread {
  median: number
  low: number
  high: number
}

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
  note?: string | undefined
  /** The first one is what the others are compared with. */
  outcomes: Outcome[]
}

export function spreadOf(values: number[]): Spread | undefined {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
  return { median, low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 }
}

export type Quantity = Exclude<keyof Sample, 'lost'>

export function medianOf({ samples }: Pick<Outcome, 'samples'>, quantity: Quantity): number | undefined {
  return spreadOf(samples.flatMap((one) => one[quantity] ?? []))?.median
}

/** How many times as much of it `one` has, round by round. */
export function ratioOf(one: Outcome, other: Outcome, quantity: Quantity = 'rate'): Spread | undefined {
  const ratios = one.samples.flatMap((sample, round) => {
    const [above, below] = [sample[quantity], other.samples[round]?.[quantity]]
    return above === undefined || !below ? [] : [above / below]
  })
  return spreadOf(ratios)
}

/** What was to be reached. */
export interface Bar {
  what: string
  section: string
  other: string
  quantity?: Quantity
  /** The median ratio may be no lower; or with `most`, no higher. */
  least?: number
  most?: number
}

export const BARS: Bar[] = [
  { what: 'hello', section: 'hello', other: 'node:http', least: 1.5 },
  { what: 'hello', section: 'hello', other: BARE, least: 0.6 },
  { what: 'Flask', section: 'flask', other: 'gunicorn, sync', least: 2.5 },
  { what: 'Flask', section: 'flask', other: 'uWSGI', least: 1 },
  { what: 'Flask', section: 'flask', other: IN_PYTHON, least: 0.75 },
  { what: 'Flask, all on one core', section: 'flask-one-core', other: 'gunicorn, sync', least: 1.5 },
  { what: 'Django', section: 'django', other: 'gunicorn, sync', least: 1.5 },
  { what: '1 MB down', section: '1m-down', other: 'node:http', least: 1 },
  { what: '1 MB up', section: '1m-up', other: 'node:http', least: 1 },
  { what: 'p99 of hello', section: 'hello', other: 'node:http', quantity: 'p99', most: 1 },
  { what: 'p99 of 1 MB down', section: '1m-down', other: 'node:http', quantity: 'p99', most: 1 },
  { what: 'p99 of 1 MB up', section: '1m-up', other: 'node:http', quantity: 'p99', most: 1 },
]

export interface Judged extends Bar {
  ratio: Spread | undefined
  isKept: boolean
}

/** Those whose section was measured. */
export function judge(results: Result[]): Judged[] {
  return BARS.flatMap((bar) => {
    const outcomes = results.find(({ id }) => id === bar.section)?.outcomes
    const [one] = outcomes ?? []
    const other = outcomes?.find(({ name }) => name === bar.other)
    if (one === undefined || other === undefined) return []
    const ratio = ratioOf(one, other, bar.quantity)
    const { least = -Infinity, most = Infinity } = bar
    return { ...bar, ratio, isKept: ratio !== undefined && ratio.median >= least && ratio.median <= most }
  })
}
