// How far a learner has come, kept in .workshop/progress.json. Each entry counts only while the files it was measured
// on are as they were, so that it is never stale; and nothing needs it: without it the commands say less, no more.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { filesBehind, findSteps, type Step } from './catalogue.ts'
import { keep, recall } from './workshop-folder.ts'
import { breakdown, count, firstFailure, testsOf, type Level, type RunResult } from './suites/results.ts'

const MEMORY = 'progress.json'

export interface LevelProgress {
  passed: number
  total: number
  /** The first test that does not pass. */
  next?: { move: number; name: string }
}

interface Entry {
  /** A hash of the files this was measured on. */
  content: string
  core: LevelProgress
  strict?: LevelProgress
}

interface Progress {
  last?: { step: number; at: string; level?: Level }
  steps: Record<string, Entry>
}

/** The step worked on last, with what was known of it then. */
export interface Last extends Place {
  at: Date
  core: LevelProgress | undefined
  strict: LevelProgress | undefined
}

export interface Place {
  step: Step
  level: Level
}

export function lastWork(): Last | undefined {
  const progress = load()
  const step = findSteps().find(({ number }) => number === progress.last?.step)
  if (!progress.last || !step) return undefined
  const { at, level = 'core' } = progress.last
  const { core, strict } = progress.steps[step.number] ?? {}
  return { step, level, at: new Date(at), core, strict }
}

/** The steps whose tests of this level are known to pass with the files as they are. */
export function finishedSteps(level: Level = 'core'): Step[] {
  const known = load()
  return findSteps().filter((step) => {
    const progress = freshEntry(step, known)?.[level]
    return progress !== undefined && isDone(progress)
  })
}

/** Where to go on after this step: core before strict, and what follows before what lies behind; undefined at the end. */
export function nextPlace(after: Step): Place | undefined {
  for (const level of ['core', 'strict'] as const) {
    const done = finishedSteps(level)
    const open = findSteps().filter((step) => !done.includes(step))
    const step = open.find(({ number }) => level === 'core' && number > after.number) ?? open[0]
    if (step) return { step, level }
  }
  return undefined
}

/** The test that the last run found failing, core before strict, if the files are as they were. */
export function knownFailure(step: Step): { level: Level; move: number; name: string } | undefined {
  const { core, strict } = freshEntry(step, load()) ?? {}
  if (core?.next) return { level: 'core', ...core.next }
  return strict?.next && { level: 'strict', ...strict.next }
}

export function isDone({ passed, total }: LevelProgress): boolean {
  return total > 0 && passed === total
}

/** What was measured of a step last, whatever has become of its files since. */
export function lastKnown({ number }: Step): Pick<Entry, 'core' | 'strict'> | undefined {
  return process.env['WORKSHOP_TREE'] ? undefined : load().steps[number]
}

/**
 * Remembers what a run measured at this level, and, if one is named, the step that was worked on. Where a suite broke down,
 * what was known before is worth more.
 */
export function remember(steps: Step[], level: Level, result: RunResult, workedOn?: Step): void {
  // What was tried out on another tree says nothing about the learner.
  if (process.env['WORKSHOP_TREE']) return
  const progress = load()
  for (const step of steps.filter(({ number }) => !breakdown(result, number)))
    progress.steps[step.number] = measureStep(step, level, result, progress)
  if (workedOn) progress.last = { step: workedOn.number, level, at: new Date().toISOString() }
  keep(MEMORY, progress)
}

function measureStep(step: Step, level: Level, result: RunResult, before: Progress): Entry {
  const strict = level === 'strict' ? measure(result, step, 'strict') : freshEntry(step, before)?.strict
  return { content: contentOf(step), core: measure(result, step, 'core'), ...(strict && { strict }) }
}

/** What is known of a step with the files as they are. */
function freshEntry(step: Step, { steps }: Progress): Entry | undefined {
  const entry = steps[step.number]
  return entry?.content === contentOf(step) ? entry : undefined
}

function measure(result: RunResult, { number }: Step, level: Level): LevelProgress {
  const tests = testsOf(result, number, [level])
  const failure = firstFailure(tests) ?? tests.find((test) => test.state === 'waiting')
  return { ...count(tests), ...(failure && { next: { move: failure.move, name: failure.name } }) }
}

/** A step rests on the floors below it, so their files count too. */
function contentOf(step: Step): string {
  const hash = createHash('sha256')
  for (const path of filesBehind(step)) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

function load(): Progress {
  const { last, steps } = recall<Progress>(MEMORY)
  return { ...(last && { last }), steps: steps instanceof Object ? steps : {} }
}

/** `today`, `yesterday`, `6 days ago`, as local time has it. */
export function ago(at: Date): string {
  const [today, then] = [new Date(), new Date(at)].map((date) => date.setHours(0, 0, 0, 0))
  const days = Math.max(0, Math.round((Number(today) - Number(then)) / 86_400_000))
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-days, 'day')
}
