// What is remembered says where to go on, and which test fails, as long as the files are as they were.
import { beforeEach, expect, test, vi } from 'vitest'
import { findSteps, theStep } from './catalogue.ts'
import { findFailingTest } from './suites/failing-test.ts'
import type { Level, RunResult, TestResult } from './suites/results.ts'

const memory = vi.hoisted(() => ({ kept: {}, runSuites: vi.fn() }))

vi.mock('./workshop-folder.ts', () => ({
  recall: () => structuredClone(memory.kept),
  keep: (_name: string, value: object) => {
    memory.kept = value
    return true
  },
}))
vi.mock('./suites/run.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('./suites/run.ts')>()),
  runSuites: memory.runSuites,
}))

// The tests of given code run on a tree of their own, of which nothing is remembered.
vi.stubEnv('WORKSHOP_TREE', undefined)
const { lastWork, nextPlace, remember } = await import('./kept-progress.ts')

beforeEach(() => {
  memory.kept = {}
})

function outcome(step: number, level: Level, state: 'pass' | 'fail'): TestResult {
  return { step, level, move: 1, name: `${level} of ${step}`, see: '', state, output: '', ms: 0 }
}

/** Core and strict of a step, run at this level. */
function run(step: number, level: Level, core: 'pass' | 'fail', strict: 'pass' | 'fail' = 'pass'): void {
  const tests = [outcome(step, 'core', core), outcome(step, 'strict', strict)]
  const result: RunResult = { tests, problems: [], ms: 0 }
  remember([theStep(step)], level, result, theStep(step))
}

const steps = findSteps().map(({ number }) => number)

test('after a step comes the next whose core is not done, and then those before it', () => {
  for (const step of steps) if (step !== 2 && step !== 6) run(step, 'core', 'pass')
  expect(nextPlace(theStep(4))).toMatchObject({ step: { number: 6 }, level: 'core' })
  run(6, 'core', 'pass')
  expect(nextPlace(theStep(6))).toMatchObject({ step: { number: 2 }, level: 'core' })
})

test('when all core is done, the first whose strict is not done follows, and at the end nothing', () => {
  for (const step of steps) run(step, 'core', 'pass')
  run(1, 'strict', 'pass')
  expect(nextPlace(theStep(9))).toMatchObject({ step: { number: 2 }, level: 'strict' })
  for (const step of steps) run(step, 'strict', 'pass')
  expect(nextPlace(theStep(9))).toBeUndefined()
})

test('it is known that strict was worked on, and how far', () => {
  run(3, 'strict', 'pass', 'fail')
  expect(lastWork()).toMatchObject({ step: { number: 3 }, level: 'strict', strict: { passed: 0, total: 1 } })
})

test('a failing test that is known is not looked for again', async () => {
  run(3, 'core', 'fail')
  expect(await findFailingTest(theStep(3))).toMatchObject({ name: 'core of 3', level: 'core', move: 1 })
  run(3, 'strict', 'pass', 'fail')
  expect(await findFailingTest(theStep(3))).toMatchObject({ name: 'strict of 3', level: 'strict' })
  expect(memory.runSuites).not.toHaveBeenCalled()
})

test('one that is not known is', async () => {
  memory.runSuites.mockResolvedValue({ tests: [outcome(3, 'strict', 'fail')], problems: [], ms: 0 })
  run(3, 'core', 'pass')
  expect(await findFailingTest(theStep(3))).toMatchObject({ name: 'strict of 3' })
  expect(memory.runSuites).toHaveBeenCalledTimes(1)
})
