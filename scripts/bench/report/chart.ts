// Which of the results the chart shows.
import { medianOf, ratioOf, type Outcome, type Result } from './ratios.ts'
import type { Report } from './report.ts'
import { LIMITS } from '../speed/section.ts'
import { count, times } from './show.ts'

export interface Panel {
  title: string
  bars: Bar[]
}

interface Bar {
  name: string
  rate: number
  /** Requests a second, and how many times as fast the server under test is. */
  figures: string[]
  /** A limit is no server that one could use. */
  kind: 'subject' | 'other' | 'limit'
}

const SHOWN = ['hello', 'flask', 'flask-one-core', 'django', '1m-down', '1m-up']

export function barsOf({ results }: Report): Panel[] {
  return SHOWN.flatMap((id) => {
    const result = results.find((one) => one.id === id)
    return result === undefined ? [] : { title: result.title, bars: barsIn(result) }
  })
}

function barsIn({ outcomes }: Result): Bar[] {
  const [first] = outcomes
  return outcomes.flatMap((outcome) => {
    const rate = medianOf(outcome, 'rate')
    if (rate === undefined || first === undefined) return []
    return {
      name: outcome.name,
      rate,
      figures: figuresOf(outcome, first, rate),
      kind: kindOf(outcome, first),
    }
  })
}

function figuresOf(outcome: Outcome, first: Outcome, rate: number): string[] {
  const ratio = outcome === first ? undefined : ratioOf(first, outcome)
  return ratio === undefined ? [count(rate)] : [count(rate), times(ratio.median)]
}

function kindOf(outcome: Outcome, first: Outcome): Bar['kind'] {
  if (outcome === first) return 'subject'
  return LIMITS.includes(outcome.name) ? 'limit' : 'other'
}
