// On a busy machine a verdict says so, and draws no conclusion from a test about time.
import { expect, test } from 'vitest'
import { theStep, treePath } from '../lib/catalogue.ts'
import type { TestResult } from '../lib/suites/results.ts'
import { linesOf } from './blocks.ts'
import { busyNote } from './busy.ts'
import { giveVerdict } from './verdict.ts'

const LATE = 'The server sent nothing within 2 s.'
const WRONG = 'The server sent "a", and "b" was wanted.'
const busy = busyNote([9], 2)

function verdictOn(message: string, note: string | undefined): string {
  const error = { name: 'Failure', message, stack: '' }
  const about = { step: 1, level: 'core', move: 1, name: 'a test', see: '', output: '', ms: 0 } as const
  const failing: TestResult = { ...about, state: 'fail', error }
  const mistake = {
    name: 'one',
    test: 'a test',
    seen: 'server',
    misconception: '',
    looksLike: 'a slip',
    hint: 'Look again.',
    edit: [],
  }
  const result = { tests: [failing], problems: [], ms: 0 }
  const asked = { step: theStep(1), level: 'core', result, tree: treePath('solutions') } as const
  return linesOf(giveVerdict({ ...asked, mistakes: [mistake], busy: note }).blocks).join(' ')
}

test('a load over twice the cores is busy, and the zeros of Windows are not', () => {
  expect(busy).toContain('load 9')
  expect(busyNote([4], 2)).toBeUndefined()
  expect(busyNote([0, 0, 0], 2)).toBeUndefined()
})

test('a test about time is told of without a diagnosis on a busy machine', () => {
  expect(verdictOn(LATE, undefined)).toContain('This looks like')
  expect(verdictOn(LATE, busy)).toContain('machine is busy')
  expect(verdictOn(LATE, busy)).not.toContain('This looks like')
})

test('any other failure is diagnosed there all the same', () => {
  expect(verdictOn(WRONG, busy)).toContain('This looks like')
  expect(verdictOn('It took 350 ms.', busy)).not.toContain('This looks like')
  expect(verdictOn('Test timed out in 10000ms', busy)).not.toContain('This looks like')
})
