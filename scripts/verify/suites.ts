// Checks that run the suites: every solution passes, and every test of every starter fails by naming its TODO.
import { findSteps, type Step } from '../lib/catalogue.ts'
import { sideBySide } from '../lib/lanes.ts'
import { counted, type Finding } from './finding.ts'
import { buildTree } from '../lib/trees/build.ts'
import { starterOf } from '../lib/trees/starters.ts'
import { runSuites } from '../lib/suites/run.ts'
import type { PlainError, RunResult, SuitesRequest, TestResult } from '../lib/suites/run.ts'

/** What a test must come to. Gives the fault, or nothing. */
type Judge = (test: TestResult) => string | undefined

export interface Judged extends Finding {
  tests: TestResult[]
}

/** Every solution passes both levels of its own suite. */
export function checkSolutions(): Promise<Judged> {
  return judge('every solution passes its suite', mustPass, { tree: 'solutions', steps: findSteps() })
}

/** What no later floor may break holds on each floor above it, too. */
export async function checkLasting(onChecked: (judged: Judged) => void): Promise<void> {
  for (const { number } of findSteps().slice(1)) {
    const steps = findSteps().filter((step) => step.number < number)
    const name = `what must last holds on floor ${number}`
    onChecked(await judge(name, mustPass, { tree: 'solutions', steps, floor: number }))
  }
}

/** A tree with another server of this step passes the step's suite as the reference does. */
export function checkServer(name: string, tree: string, step: Step): Promise<Judged> {
  return judge(name, mustPass, { tree, steps: [step] })
}

/** With everything below it in place and itself a starter, a step fails every test, each at a TODO. */
export function checkStarters(): Promise<Judged[]> {
  return sideBySide(2, findSteps(), (step) => {
    const tree = buildTree(step.folder, (name, text) =>
      Number.parseInt(name, 10) < step.number ? text : (starterOf(name) ?? ''),
    )
    const name = `every test of starter ${step.number} names its TODO`
    return judge(name, mustReachTodo(step), { tree, steps: [step] })
  })
}

function mustPass({ state, error, note }: TestResult): string | undefined {
  if (state === 'pass') return undefined
  if (state === 'skipped') return note ? undefined : 'was skipped without a reason'
  return error ? whole(error) : `did not run (${state})`
}

function mustReachTodo({ number }: Step): Judge {
  return (test) => {
    const { state, error } = test
    if (state === 'pass') return 'passes although nothing has been written'
    if (state !== 'todo') return mustPass(test)
    const isEarly = test.level === 'core' && (error?.move ?? 0) > test.move
    if (isEarly) return `is core move ${test.move}, and already needs a later one: ${error?.message}`
    return error?.step === number ? undefined : `names a TODO of another step: ${error?.message}`
  }
}

/** A stack begins with the message, as a rule. */
function whole({ name, message, stack }: PlainError): string {
  return stack.includes(message) ? stack : `${name}: ${message}\n${stack}`
}

type Run = Pick<SuitesRequest, 'tree' | 'steps' | 'floor'>

async function judge(name: string, fault: Judge, run: Run): Promise<Judged> {
  const result = await runSuites({ ...run, level: 'all', bail: false })
  const failing = result.tests.flatMap((test) => {
    const what = fault(test)
    const label = `step ${test.step}, ${test.level} ${test.move}: ${test.name}`
    return what === undefined ? [] : [`${label}\n  ${what}`]
  })
  const faults = [...failing, ...problemsOf(result, run)]
  const skipped = result.tests.filter(({ state }) => state === 'skipped')
  const without = skipped.map((test) => `, skipped "${test.name}" (${test.note})`)
  const looked = `${result.tests.length} tests${without.join('')}`
  const passed = result.tests.length - failing.length - (fault === mustPass ? skipped.length : 0)
  return { ...counted(name, looked, faults, passed, skipped.length), tests: result.tests }
}

/** Suites that did not load, and steps of which nothing ran, which a floor without lasting tests may be. */
function problemsOf({ tests, problems }: RunResult, { steps, floor }: Run): string[] {
  const silent = steps.filter(({ number }) => !tests.some(({ step }) => step === number))
  const empty = floor === undefined ? silent.map(({ number }) => `step ${number} ran no test`) : []
  const real = problems.filter(({ error }) => error.name !== 'Empty')
  return [...real.map(({ step, error }) => `step ${step}: ${whole(error)}`), ...empty]
}
