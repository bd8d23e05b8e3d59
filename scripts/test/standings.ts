// How a learner stands over several steps, made of what the suites said and of what was known before.
import type { Step } from '../lib/catalogue.ts'
import type { LevelProgress } from '../lib/kept-progress.ts'
import { summarise } from '../lib/suites/failure-text.ts'
import type { Obstacle } from '../lib/suites/preflight.ts'
import { breakdown, count, DIED, FROZEN, testsOf } from '../lib/suites/results.ts'
import type { Level, RunResult, TestResult } from '../lib/suites/results.ts'
import type { LevelStanding, Standings, StepStanding, TestStanding } from './schema.ts'

export interface Question {
  asked: Standings['asked']
  steps: Step[]
  levels: Level[]
}

export interface Report extends Question {
  /** What kept a step from being run at all, by its number. */
  obstacles: Map<number, Obstacle>
  result: RunResult
  /** What was known of a step before. */
  lastKnown(step: Step): { core: LevelProgress; strict?: LevelProgress } | undefined
  version: string
}

export function standingsOf(report: Report): Standings {
  const steps = report.steps.map((step) => standingOf(step, report))
  const tests = steps.flatMap((step) => step.tests)
  const { asked, version } = report
  const at = new Date().toISOString()
  const outcome = { asked, passed: steps.every(isPassed), line: lineFor(steps) }
  return { schema: 1, at, version, ...outcome, steps, totals: totalsOf(tests) }
}

function standingOf(about: Step, report: Report): StepStanding {
  const { number, slug, title } = about
  const { result, levels } = report
  const trouble = troubleOf(number, report)
  const level = (each: Level) => levelOf(count(testsOf(result, number, [each])))
  return {
    step: number,
    slug,
    title,
    core: level('core'),
    strict: levels.includes('strict') ? level('strict') : null,
    problem: trouble?.sentence ?? null,
    trouble: trouble?.kind ?? null,
    before: trouble === undefined ? null : beforeOf(report.lastKnown(about)),
    tests: testsOf(result, number, levels).map(testStanding),
  }
}

const KINDS: Record<string, string> = { [FROZEN]: 'frozen', [DIED]: 'died' }

/** Why a step could not be judged, or not to its end: in a sentence, and in short. */
function troubleOf(
  step: number,
  { obstacles, result, levels }: Report,
): { sentence: string; kind: string } | undefined {
  const obstacle = obstacles.get(step)
  const error = breakdown(result, step)
  if (obstacle !== undefined || error === undefined) return obstacle
  const tests = testsOf(result, step, levels)
  const frozen = error.name === FROZEN && tests.find((test) => test.error === error)
  const other = tests.length === 0 ? 'cannot be run' : 'fails outside of its tests'
  return {
    sentence: frozen
      ? `"${frozen.name}" did not come back, so what stands after it was not run.`
      : summarise(error),
    kind: KINDS[error.name] ?? other,
  }
}

function beforeOf(known: ReturnType<Report['lastKnown']>): StepStanding['before'] {
  if (known === undefined) return null
  return { core: levelOf(known.core), strict: known.strict ? levelOf(known.strict) : null }
}

function levelOf({ passed, total }: LevelProgress): LevelStanding {
  const state = passed === 0 ? 'untouched' : passed === total ? 'full' : 'part'
  return { passed, total, state }
}

function testStanding({ level, move, name, state, error, note }: TestResult): TestStanding {
  const message = error && state === 'fail' ? summarise(error) : note
  return { level, move, name, state, message: message ?? null }
}

function isPassed({ core, strict, problem, tests }: StepStanding): boolean {
  const levels = strict ? [core, strict] : [core]
  return problem === null && tests.length > 0 && levels.every(({ passed, total }) => passed === total)
}

/** A sign for the core of each step, then the step and the move that has been reached. */
function lineFor(steps: StepStanding[]): string {
  const signs = steps.map(({ core, before }) => signOf(before?.core ?? core)).join('')
  const current = steps.find(({ core, problem }) => core.state !== 'full' || problem !== null)
  if (!current)
    return `${signs} ${steps.every((step) => step.strict && isPassed(step)) ? 'all done' : 'core done'}`
  if (current.trouble !== null) return `${signs} ${current.step} ${current.trouble}`
  const open = current.tests.filter(({ state }) => state !== 'pass' && state !== 'skipped')
  const move = open.find(({ level }) => level === 'core')?.move
  return `${signs} ${current.step}.${move ?? 1}`
}

export function signOf({ state }: LevelStanding): string {
  return { full: '●', part: '◐', untouched: '○' }[state]
}

function totalsOf(tests: TestStanding[]): Standings['totals'] {
  const totals = { pass: 0, fail: 0, todo: 0, waiting: 0, skipped: 0, total: tests.length }
  for (const { state } of tests) totals[state] += 1
  return totals
}
