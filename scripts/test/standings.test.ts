// What is known of a learner outlives a brace too many and a loop that never ends.
import { expect, test } from 'vitest'
import { findSteps } from '../lib/catalogue.ts'
import { DIED, FROZEN, type RunResult, type TestResult } from '../lib/suites/results.ts'
import { drawBoard } from './board.ts'
import { standingsOf, type Report } from './standings.ts'

const steps = findSteps().slice(0, 2)
const nothing: RunResult = { tests: [], problems: [], ms: 0 }

/** The first step was finished before, and the second half. */
function standings(change: Partial<Report>) {
  return standingsOf({
    asked: 'all',
    steps,
    levels: ['core', 'strict'],
    obstacles: new Map(),
    result: nothing,
    lastKnown: ({ number }) => ({ core: number === 1 ? { passed: 5, total: 5 } : { passed: 3, total: 7 } }),
    version: '1.2.3',
    ...change,
  })
}

function resultOf(step: number, change: Partial<TestResult> = {}): TestResult {
  return {
    step,
    level: 'core',
    move: 1,
    name: 'listens',
    see: '',
    state: 'pass',
    output: '',
    ms: 1,
    ...change,
  }
}

test('a file that does not parse is named, once, and what was green before is still known', () => {
  const obstacle = { kind: 'does not parse', sentence: 'listener.ts:3 is not valid TypeScript.', next: '' }
  const found = standings({ obstacles: new Map(steps.map(({ number }) => [number, obstacle])) })
  expect(found.line).toBe('●◐ 1 does not parse')
  expect(found.steps[0]).toMatchObject({
    trouble: 'does not parse',
    before: { core: { passed: 5, total: 5 } },
  })
  const board = drawBoard(found).join('\n')
  expect(board.match(/is not valid TypeScript/g)).toHaveLength(1)
  expect(board).toContain('before: core   5/5 ●')
  expect(board).toContain('Mend this first: npm run step 1')
})

test('so is a step whose tests froze', () => {
  const error = { name: FROZEN, message: 'It did not finish.', stack: '' }
  const tests = [resultOf(1, { state: 'fail', error }), resultOf(2)]
  const found = standings({ result: { ...nothing, tests } })
  expect(found.line).toBe('●● 1 frozen')
  expect(found.steps[1]).toMatchObject({ trouble: null, before: null })
})

test('so is a step whose process died: what is said in short is said in a sentence, too', () => {
  const error = { name: DIED, message: 'The process ended all at once.', stack: '' }
  const found = standings({
    result: { ...nothing, tests: [resultOf(1, { state: 'fail', error }), resultOf(2)] },
  })
  expect(found.line).toBe('●● 1 died')
  expect(found.steps[0]).toMatchObject({ trouble: 'died', problem: 'The process ended all at once.' })
})

test('a test that fails is a place to go on from', () => {
  const error = { name: 'Failure', message: 'No.', stack: '' }
  const tests = [resultOf(1), resultOf(1, { move: 2, state: 'fail', error }), resultOf(2, { state: 'todo' })]
  expect(standings({ result: { ...nothing, tests } }).line).toBe('◐○ 1.2')
})

test('a script is told when it was, and with which workshop', () => {
  const { at, version } = standings({})
  expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000)
  expect(version).toBe('1.2.3')
})
