// What is said of a test that has reached a part which is still to be written: the task, where to write, where to read.
import { findSteps, lessonOf } from '../lib/catalogue.ts'
import { readHints } from '../lib/hints.ts'
import { bold, faint, marks } from '../lib/ink.ts'
import { proseColumns, wrap } from '../lib/layout.ts'
import type { RunResult, TestResult } from '../lib/suites/results.ts'
import { block } from './blocks.ts'
import type { Asked } from './next.ts'
import type { Spot } from './spot.ts'

interface Begun extends Asked {
  result: RunResult
}

/** Nothing is wrong with a part that is still to be written: it is not shown as an error. */
export function unwrittenLines(test: TestResult, spot: Spot | undefined, about: Begun): string[] {
  const { step = about.step.number, move = test.move } = test.error ?? {}
  const asked = (spot?.todo ?? []).map((line) => line.replace(/^\/\/   /, '')).join(' ')
  // Core test k is move k, and the hints stand in the order of the tests.
  const hint = readHints(step)[move - 1]
  const rests = `This rests on a part of step ${step} that is still to be written:`
  const still = `The call todo(${step}, ${move}) still stands here. Take it out once its code is written.`
  return [
    ...wrap(`${bold(test.name)}  ${faint('(to be written)')}`, `${marks.todo()} `),
    ...block(step < about.step.number ? [rests] : isUntouched(about) ? [WELCOME] : []),
    ...(asked === '' ? block(spot ? [still] : []) : ['', ...commentLines(asked.replace(/^\/\/ /, ''))]),
    ...(spot ? ['', ...wrap(`${spot.file}:${spot.line}`, '  write   ')] : []),
    ...wrap(hint?.lesson ?? lessonOf(about.step), '  read    '),
  ]
}

/** As it stands in the file, whose lines may be longer: a comment that goes on is one still. */
function commentLines(text: string): string[] {
  const [first, rest] = ['  // ', '  //   ']
  return wrap(text, '', proseColumns() - rest.length).map(
    (line, index) => (index === 0 ? first : rest) + line,
  )
}

const WELCOME = 'Welcome. Nothing is wrong: a test fails until its server is written, and here you begin.'

/** The first step with nothing written: most likely this person's first run. */
function isUntouched({ step, result }: Begun): boolean {
  return step.number === findSteps()[0]?.number && result.tests.every((test) => test.state !== 'pass')
}
