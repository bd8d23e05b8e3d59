// What came of running suites: a result for each test, and the problems that kept a suite from being judged.
// Vitest's own verdict on a run is believed nowhere: it calls one in which a test process was killed "passed".

export type Level = 'core' | 'strict'

/**
 * `todo`: an unwritten part of the starter was reached. `waiting`: not run, because an earlier test failed.
 * `skipped`: the suite itself left it out, say because this machine has no curl; `note` says why.
 */
export type State = 'pass' | 'fail' | 'todo' | 'waiting' | 'skipped'

/** An error from a test process. `step` and `move` are there when `name` is `Todo`. */
export interface PlainError {
  name: string
  message: string
  stack: string
  step?: number
  move?: number
  /** Nobody caught it, so it may stem from a test before the one that it is reported with. */
  isUncaught?: boolean
}

export interface TestResult {
  step: number
  level: Level
  /** The place within the level, from 1. */
  move: number
  name: string
  /** The RFC or PEP section, or the page of the manual; empty for a test that did not run. */
  see: string
  state: State
  error?: PlainError
  note?: string
  /** What the learner's code printed during the test. */
  output: string
  ms: number
}

/** Something that belongs to no one test: the suite did not load, a process died, there were no tests. */
export interface Problem {
  step: number
  error: PlainError
}

export interface RunResult {
  /** By step, in the order of the suite. */
  tests: TestResult[]
  problems: Problem[]
  ms: number
}

/** The names of the errors that stand for a process which was frozen, and so was stopped, or which died. */
export const FROZEN = 'Frozen'
export const DIED = 'Died'

/** What kept a suite from being judged to its end: the process did not last, or never came to run a test. */
export function breakdown(result: RunResult, step: number): PlainError | undefined {
  const broken = testsOf(result, step, ['core', 'strict']).find(({ error }) =>
    [FROZEN, DIED].includes(error?.name ?? ''),
  )
  return broken?.error ?? result.problems.find((problem) => problem.step === step)?.error
}

/** Whether every one of the steps was judged and has nothing but passes at these levels. */
export function isGreen(result: RunResult, steps: number[], levels: Level[]): boolean {
  return steps.every((step) => {
    const tests = testsOf(result, step, levels)
    const judged = tests.length > 0 && !result.problems.some((problem) => problem.step === step)
    return judged && tests.every((test) => test.state === 'pass' || test.state === 'skipped')
  })
}

export function testsOf(result: RunResult, step: number, levels: Level[]): TestResult[] {
  return result.tests.filter((test) => test.step === step && levels.includes(test.level))
}

/** How many of the tests pass, of how many that count: those that the suite itself left out do not. */
export function count(tests: TestResult[]): { passed: number; total: number } {
  const counted = tests.filter((test) => test.state !== 'skipped')
  return { passed: counted.filter((test) => test.state === 'pass').length, total: counted.length }
}

export function firstFailure(tests: TestResult[]): TestResult | undefined {
  return tests.find((test) => test.state === 'fail' || test.state === 'todo')
}

/** Those that this machine could not run, by reason: `1 not run: no Python`. */
export function notRun(tests: { state: State; note?: string | null | undefined }[]): string[] {
  const counts = new Map<string, number>()
  for (const { state, note } of tests) {
    if (state !== 'skipped') continue
    const [reason = ''] = (note ?? '').replace(/^not run: /, '').split('. ')
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts].map(([reason, many]) => `${many} not run${reason && `: ${reason}`}`)
}
