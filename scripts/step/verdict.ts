// What `npm run step` says about one step, as lines of text: how far it is, the first failure whole, where to write,
// and last the next thing to type. Pure, so that the view on a terminal and the plain output say the same.
import type { Mistake } from '#given/proof/mistake.ts'
import { explainFailure, explainOutput } from '../lib/suites/failure-text.ts'
import { diagnose } from '../lib/trees/mistakes.ts'
import { bold, faint, marks } from '../lib/ink.ts'
import { fold, wrap } from '../lib/layout.ts'
import { block, textBlocks, type Block } from './blocks.ts'
import { speaksOfTime } from './busy.ts'
import { openEnd, praise, type Asked } from './next.ts'
import { unwrittenLines } from './unwritten.ts'
import { hintOf } from '../lib/hints.ts'
import { spotOf, type Spot } from './spot.ts'
import { count, firstFailure, isGreen, notRun, testsOf } from '../lib/suites/results.ts'
import type { Level, PlainError, RunResult, TestResult } from '../lib/suites/results.ts'

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
  blocks: Block[]
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
  const body = failure ? failureBlocks(failure, about) : problem ? problemBlocks(problem.error, about) : []
  const others = tests.filter((test) => !lost.includes(test))
  const end = isPassed ? praise(about) : openEnd(others, failure, about)
  const note = about.typeNote ? ['', ...wrap(faint(`a note on types: ${about.typeNote}`))] : []
  const below = [...lossLines(lost.length), ...note, ...end.flatMap((line) => wrap(line))]
  return {
    blocks: [{ lines: [...wrap(bold(heading(about))), ''] }, passBlock(tests), ...body, { lines: below }],
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

/** The passing tests, one a line: the heading has their number, so that the failure can have their room. */
function passBlock(tests: TestResult[]): Block {
  const passes = tests.filter(({ state }) => state === 'pass')
  const skipped = tests.filter(({ state }) => state === 'skipped')
  const lines = [
    ...passes.flatMap(({ name }) => wrap(name, `${marks.pass()} `)),
    ...skipped.flatMap(skippedLines),
  ]
  return { lines, least: 0, isFirstToGo: true }
}

function skippedLines({ name, note }: TestResult): string[] {
  return wrap(`${name} ${faint(`(left out: ${note || 'no reason given'})`)}`, `${marks.skipped()} `)
}

function failureBlocks(test: TestResult, about: Case): Block[] {
  const spot = spotOf(test, about.tree)
  if (test.state === 'todo') return [{ lines: unwrittenLines(test, spot, about) }]
  const text = test.error ? explainFailure(test.error, about.tree) : ''
  const isDoubtful = about.busy !== undefined && speaksOfTime(text)
  const mistake = isDoubtful ? undefined : diagnose(test.name, text, about.mistakes ?? [])
  const looks = mistake ? [`This looks like: ${mistake.looksLike}. ${mistake.hint}`] : []
  const printed = block(explainOutput(test.output), fold)
  return [
    { lines: [...wrap(bold(test.name), `${marks.fail()} `), ''] },
    ...textBlocks(text),
    { lines: block([...(about.busy === undefined ? [] : [about.busy]), ...looks]) },
    { lines: printed, least: Math.min(1, printed.length) },
    { lines: block(placesOf(test, spot, text)) },
  ]
}

/** Where to write, and where to read. */
function placesOf(test: TestResult, spot: Spot | undefined, text: string): string[] {
  const place = spot ? `${spot.file}:${spot.line}` : ''
  const where = spot && !text.includes(place) ? [`${place}${spot.fn && ` · ${spot.fn}`}`] : []
  const also = (spot?.also ?? []).map(({ file, line, fn }) => `or ${file}:${line} · ${fn}`)
  const lesson = hintOf(test)?.lesson
  return [
    ...where,
    ...also,
    ...(test.see ? [`read: ${test.see}`] : []),
    ...(lesson ? [`lesson: ${lesson}`] : []),
  ]
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

function problemBlocks(error: PlainError, { tree }: Case): Block[] {
  const lines = [`${marks.fail()} ${bold('The suite cannot be run.')}`, '']
  return [{ lines }, ...textBlocks(explainFailure(error, tree))]
}
