// What `npm run step` says about one step, as lines of text: how far it is, the first failure whole, where to write,
// and last the next thing to type. Pure, so that the view on a terminal and the plain output say the same.
import type { Mistake } from '#given/proof/mistake.ts'
import { findSteps, lessonOf } from '../lib/catalogue.ts'
import { explainFailure, explainOutput } from '../lib/suites/failure-text.ts'
import { diagnose } from '../lib/trees/mistakes.ts'
import { bold, faint, indent, marks, wrap } from '../lib/ink.ts'
import { speaksOfTime } from './busy.ts'
import { openEnd, praise, type Asked } from './next.ts'
import { hintOf, readHints } from '../lib/hints.ts'
import { spotOf, type Spot } from './spot.ts'
import { count, firstFailure, isGreen, notRun, testsOf } from '../lib/suites/results.ts'
import type { Level, PlainError, RunResult, TestResult } from '../lib/suites/results.ts'

/** Lines of a screen that is not large. */
const SCREEN = 24
const WIDTH = 76

export interface Case extends Asked {
  result: RunResult
  /** The absolute path of the tree under test. */
  tree: string
  /** What the type checker has to say. */
  typeNote?: string | undefined
  /** Said where the machine is too busy for tests about time. */
  busy?: string | undefined
  /** The step's, for the failure to be told by. */
  mistakes?: Mistake[]
}

export interface Verdict {
  lines: string[]
  green: boolean
  /** The lines among them that are the note on types. */
  note: string[]
  /** Where the lesson speaks of the failing test: `steps/03-environ/README.md#fields`. */
  lesson: string | undefined
}

export function giveVerdict(about: Case): Verdict {
  const { step, level, result } = about
  const levels: Level[] = level === 'core' ? ['core'] : ['core', 'strict']
  const tests = testsOf(result, step.number, levels)
  const problem = result.problems[0]
  const failure = firstFailure(tests)
  const isPassed = isGreen(result, [step.number], levels)
  const lost = lostTests(tests, failure)
  const body = failure ? failureLines(failure, about) : problem ? problemLines(problem.error, about) : []
  body.push(...lossLines(lost.length))
  const others = tests.filter((test) => !lost.includes(test))
  const end = isPassed ? praise(about) : openEnd(others, failure, about)
  const note = about.typeNote ? ['', ...`a note on types: ${about.typeNote}`.split('\n').map(faint)] : []
  const room = SCREEN - 2 - body.length - end.length - note.length
  const passes = passLines(tests, room)
  return {
    lines: [bold(heading(about)), '', ...passes, ...body, ...note, ...end],
    green: isPassed,
    note,
    lesson: failure && hintOf(failure)?.lesson,
  }
}

function heading({ step, level, result }: Case): string {
  const say = (each: Level) => {
    const tests = testsOf(result, step.number, [each])
    const { passed, total } = count(tests)
    if (total === 0) return `${each} not run`
    return [`${each} ${passed} of ${total}`, ...notRun(tests)].join(', ')
  }
  const levels = level === 'strict' ? [say('core'), say('strict')] : [say('core')]
  return [`Step ${step.number}`, step.slug, ...levels].join(' · ')
}

/** The passing tests, one a line; where there is no room for them, the last ones only. */
function passLines(tests: TestResult[], room: number): string[] {
  const lines = [
    ...tests.filter(({ state }) => state === 'pass').map(({ name }) => `${marks.pass()} ${name}`),
    ...tests.filter(({ state }) => state === 'skipped').map(skippedLine),
  ]
  const over = lines.length - Math.max(2, room)
  return over <= 0 ? lines : [`${marks.pass()} ${over + 1} tests before these`, ...lines.slice(over + 1)]
}

function skippedLine({ name, note }: TestResult): string {
  return `${marks.skipped()} ${name} ${faint(`(left out: ${note || 'no reason given'})`)}`
}

function failureLines(test: TestResult, about: Case): string[] {
  const spot = spotOf(test, about.tree)
  if (test.state === 'todo') return unwrittenLines(test, spot, about)
  const text = test.error ? explainFailure(test.error, about.tree) : ''
  const place = spot ? `${spot.file}:${spot.line}` : ''
  const where = spot && !text.includes(place) ? [`${place}${spot.fn && ` · ${spot.fn}`}`] : []
  const also = (spot?.also ?? []).map(({ file, line, fn }) => `or ${file}:${line} · ${fn}`)
  const lesson = hintOf(test)?.lesson
  const read = [...(test.see ? [`read: ${test.see}`] : []), ...(lesson ? [`lesson: ${lesson}`] : [])]
  const printed = explainOutput(test.output)
  const isDoubtful = about.busy !== undefined && speaksOfTime(text)
  const mistake = isDoubtful ? undefined : diagnose(test.name, text, about.mistakes ?? [])
  const looks = mistake ? wrap(`This looks like: ${mistake.looksLike}. ${mistake.hint}`, WIDTH, '') : []
  const busy = about.busy === undefined ? [] : [about.busy]
  const blocks = [[text], busy, looks, printed, [...where, ...also, ...read]]
  return [`${marks.fail()} ${bold(test.name)}`, ...blocks.flatMap(block)]
}

/** Those that ran before the failing one, and of which nothing is known: their process was stopped with it. */
function lostTests(tests: TestResult[], failure: TestResult | undefined): TestResult[] {
  const before = failure ? tests.slice(0, tests.indexOf(failure)) : []
  return before.filter((test) => test.state === 'waiting')
}

/** Else a run that was stopped would look as if they failed now. */
function lossLines(lost: number): string[] {
  if (lost === 0) return []
  const what = lost === 1 ? '1 test before this one is' : `${lost} tests before this one are`
  return block([`(${what} not counted: the result was lost when the process was stopped.)`])
}

/** Nothing is wrong with a part that is still to be written: it is not shown as an error. */
function unwrittenLines(test: TestResult, spot: Spot | undefined, about: Case): string[] {
  const { step = about.step.number, move = test.move } = test.error ?? {}
  const asked = (spot?.todo ?? []).map((line) => line.replace(/^\/\/   /, '')).join(' ')
  const todo = asked === '' ? [] : wrap(asked, WIDTH, '//   ')
  // Core test k is move k, and the hints stand in the order of the tests.
  const hint = readHints(step)[move - 1]
  const rests = `This rests on a part of step ${step} that is still to be written:`
  const still = `The call todo(${step}, ${move}) still stands here. Take it out once its code is written.`
  return [
    `${marks.todo()} ${bold(test.name)}  ${faint('(to be written)')}`,
    ...block(step < about.step.number ? [rests] : isUntouched(about) ? [WELCOME] : []),
    ...block(todo.length === 0 && spot ? [still] : todo),
    ...block(spot ? [`write   ${spot.file}:${spot.line}`] : []),
    indent(`read    ${hint?.lesson ?? lessonOf(about.step)}`),
  ]
}

const WELCOME = 'Welcome. Nothing is wrong: a test fails until its server is written, and here you begin.'

/** Indented, below an empty line; nothing of nothing. */
function block(lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', ...indent(lines.join('\n')).split('\n')]
}

/** The first step with nothing written: most likely this person's first run. */
function isUntouched({ step, result }: Case): boolean {
  return step.number === findSteps()[0]?.number && result.tests.every((test) => test.state !== 'pass')
}

function problemLines(error: PlainError, { tree }: Case): string[] {
  return [`${marks.fail()} ${bold('The suite cannot be run.')}`, '', indent(explainFailure(error, tree))]
}
