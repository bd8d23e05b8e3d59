// What `npm test json` prints, as types: how a learner stands over several steps.
import type { Level, State } from '../lib/suites/results.ts'

/**
 * What `npm test json` prints, and the same with `npm test 3 json` and `npm test through=3 json`. npm adds lines of
 * its own; `npm run --silent test json` gives the JSON alone. A change that breaks readers raises `schema`.
 */
export interface Standings {
  schema: 1
  /** When the suites had run, as in `2026-12-01T09:30:00.000Z`. */
  at: string
  /** The workshop's, of its package.json. */
  version: string
  /** What was asked for: every step, one step, or the core of the steps up to one. */
  asked: 'all' | 'step' | 'through'
  /** Whether all that was asked for passes: the exit code is 0. */
  passed: boolean
  /** The line to paste to an instructor: `●●◐○ 3.4`, or `●●◐○ 3 does not parse`. */
  line: string
  steps: StepStanding[]
  totals: Record<State | 'total', number>
}

export interface StepStanding {
  step: number
  slug: string
  title: string
  core: LevelStanding
  /** Null when only core was asked for. */
  strict: LevelStanding | null
  /** One sentence on what kept the suite from being judged, or null. */
  problem: string | null
  /** The same in short: `does not parse`, `frozen`. */
  trouble: string | null
  /** What the step had reached when it was judged last, where there is a problem. */
  before: { core: LevelStanding; strict: LevelStanding | null } | null
  tests: TestStanding[]
}

export interface LevelStanding {
  passed: number
  total: number
  /** All pass, some do, none does. */
  state: 'full' | 'part' | 'untouched'
}

export interface TestStanding {
  level: Level
  /** The place within the level, from 1. */
  move: number
  name: string
  /** `todo` is a part not written yet; `waiting` did not run, because its suite was stopped before it. */
  state: State
  /** The first line of what went wrong, or null. */
  message: string | null
}
