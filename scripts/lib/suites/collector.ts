// Gathers what vitest reports of one run, test by test, and turns it into a `RunResult`.
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'
import type { Step } from '../catalogue.ts'
import { casualtyError, type Casualty } from './watchdog.ts'
import type { Level, PlainError, Problem, RunResult, TestResult } from './results.ts'

export class Collector implements Reporter {
  readonly #steps: Map<string, Step>
  readonly #levels: Level[]
  readonly #tests = new Map<string, TestResult>()
  readonly #printed = new Map<string, string>()
  #problems: Problem[] = []
  #unhandled: SerializedError[] = []
  #began = 0

  /** `steps` by the path of their suite, as vitest writes it. */
  constructor(steps: Map<string, Step>, levels: Level[]) {
    this.#steps = steps
    this.#levels = levels
  }

  /** Forgets the run before: vitest keeps its reporters for life. */
  begin(): void {
    this.#tests.clear()
    this.#printed.clear()
    this.#problems = []
    this.#unhandled = []
    this.#began = performance.now()
  }

  onTestModuleCollected(module: TestModule): void {
    const moves = { core: 0, strict: 0 }
    for (const test of module.children.allTests()) {
      const level = levelOf(test)
      moves[level] += 1
      if (!this.#levels.includes(level)) continue
      const state = test.options.mode === 'skip' ? 'skipped' : 'waiting'
      const begun = { level, move: moves[level], name: test.name, see: '', state, output: '', ms: 0 } as const
      this.#tests.set(test.id, { step: this.#stepOf(module.moduleId), ...begun })
    }
  }

  onUserConsoleLog({ taskId, content }: { taskId?: string; content: string }): void {
    if (taskId) this.#printed.set(taskId, (this.#printed.get(taskId) ?? '') + content)
  }

  onTestCaseResult(test: TestCase): void {
    const known = this.#tests.get(test.id)
    const result = test.result()
    const meta = test.meta().workshop
    if (!known || result.state === 'pending') return
    // Without a meta the test never began: it was left out because another had failed.
    if (result.state === 'skipped' && !meta) return
    known.ms = test.diagnostic()?.duration ?? 0
    known.see = meta?.see ?? ''
    known.output = meta?.output ?? ''
    if (meta) known.move = meta.move
    if (result.state === 'passed') known.state = 'pass'
    else if (result.state === 'failed') fail(known, toPlainError(result.errors[0]))
    else Object.assign(known, { state: 'skipped', note: result.note ?? '' })
  }

  onTestModuleEnd(module: TestModule): void {
    const step = this.#stepOf(module.moduleId)
    const error = module.errors()[0]
    if (error) this.#problems.push({ step, error: toPlainError(error) })
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#unhandled.push(...unhandled)
  }

  /** The result, once vitest is done; `casualties` are the processes that were stopped or died. */
  finish(casualties: Casualty[]): RunResult {
    // Only now: what a test printed may arrive after its result.
    for (const [id, test] of this.#tests) test.output = (this.#printed.get(id) ?? '') + test.output
    for (const casualty of casualties) this.#blame(casualty)
    for (const error of this.#unhandled) this.#blameUnhandled(error, casualties.length > 0)
    for (const { number } of this.#steps.values()) this.#noticeEmpty(number)
    const tests = [...this.#tests.values()].toSorted((a, b) => a.step - b.step)
    return { tests, problems: this.#problems, ms: performance.now() - this.#began }
  }

  #blame(casualty: Casualty): void {
    const step = this.#stepOf(casualty.suite)
    const { level, test } = casualty.pulse
    const found = this.#find(step, (known) => known.level === level && known.name === test)
    if (found) fail(found, casualtyError(casualty))
    else this.#problems.push({ step, error: casualtyError(casualty) })
  }

  /** An error that nobody caught fails the test it fell into; when none can be told, it is a problem of the run. */
  #blameUnhandled(error: SerializedError, processDied: boolean): void {
    // Vitest's own words for the process that died, which has been blamed already.
    if (processDied && /^\[vitest-pool\]|Worker \S+ emitted error/.test(error.message)) return
    if (processDied && error.name === 'AggregateError') return
    const step = this.#stepOf(String(error['VITEST_TEST_PATH'] ?? ''))
    // Vitest's words for a process that ended while it started.
    if (error.message.startsWith('Errors occurred while running tests')) error = NEVER_BEGAN
    const found = this.#find(step, (known) => known.name === error['VITEST_TEST_NAME'])
    const uncaught = { ...toPlainError(error), isUncaught: error !== NEVER_BEGAN }
    if (!found) this.#problems.push({ step, error: uncaught })
    else if (found.state !== 'fail' && found.state !== 'todo') fail(found, uncaught)
  }

  #noticeEmpty(step: number): void {
    const isKnown = [...this.#tests.values(), ...this.#problems].some((item) => item.step === step)
    const message = `The suite of step ${step} ran no test at all.`
    if (!isKnown) this.#problems.push({ step, error: { name: 'Empty', message, stack: '' } })
  }

  #find(step: number, fits: (test: TestResult) => boolean): TestResult | undefined {
    return [...this.#tests.values()].find((test) => test.step === step && fits(test))
  }

  /** The step of a suite; when its path is not known, the first of the run. */
  #stepOf(suite: string): number {
    const steps = [...this.#steps.values()]
    return this.#steps.get(suite)?.number ?? steps[0]?.number ?? 0
  }
}

const NEVER_BEGAN = { name: 'Died', message: 'The test process ended before it began. Run this again.' }

function levelOf(test: TestCase): Level {
  return test.parent.type === 'suite' && test.parent.name === 'strict' ? 'strict' : 'core'
}

function fail(test: TestResult, error: PlainError): void {
  test.state = error.name === 'Todo' ? 'todo' : 'fail'
  test.error = error
}

function toPlainError(error: SerializedError | undefined): PlainError {
  if (!error) return { name: 'Error', message: 'The test failed without an error.', stack: '' }
  const { name = 'Error', message = '', stack = '', step, move } = error
  const place = { ...(typeof step === 'number' && { step }), ...(typeof move === 'number' && { move }) }
  return { name, message, stack, ...place }
}
