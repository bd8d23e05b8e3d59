// Tries wrong servers: each is put to its step's whole suite, which stops at the first failure, as a learner's does.
// That failure has to be the one that the entry foretells.
import { stripVTControlCharacters } from 'node:util'
import { EditedTree } from './edited-tree.ts'
import { explainFailure, summarise } from '../../lib/suites/failure-text.ts'
import { applyMistake, attempt, says, type Entry, type Texts } from '../../lib/trees/mistakes.ts'
import { firstFailure, type RunResult, type TestResult } from '../../lib/suites/run.ts'

/** What came of trying one. */
export interface Tried {
  entry: Entry
  /** In a line, what is wrong with the entry or the suite. */
  fault?: string
  /** The test that failed first. */
  test?: TestResult
  /** What a learner would read. */
  text: string
  /** Others whose failure this could be: a diagnosis cannot tell them apart by it. */
  alike: Entry[]
  /** This machine cannot run the test. */
  isNotRun?: boolean
  ms: number
}

/** A tree of its own, in which one entry after the other is tried. */
export class MistakeLane {
  readonly #tree: EditedTree
  readonly #texts: Texts
  readonly #all: Entry[]

  /** `tree` holds `texts`; `all`: the entries to tell this one's failure from. */
  constructor(tree: string, texts: Texts, all: Entry[]) {
    this.#tree = new EditedTree(tree, texts)
    this.#texts = texts
    this.#all = all
  }

  /** `alone`: only the test that is named is run, which is quicker by far; that no earlier one fails is not seen then. */
  async try(entry: Entry, alone: boolean): Promise<Tried> {
    const began = performance.now()
    const made = attempt(() => applyMistake(entry, this.#texts))
    if (typeof made === 'string') return { entry, fault: made, text: '', alike: [], ms: 0 }
    const result = await this.#tree.run(entry.step, made, alone ? entry.test : undefined)
    return { ...this.#judge(entry, result), ms: performance.now() - began }
  }

  close(): Promise<void> {
    return this.#tree.close()
  }

  #judge(entry: Entry, result: RunResult): Omit<Tried, 'ms'> {
    const test = firstFailure(result.tests)
    const text = test?.error ? explainFailure(test.error, this.#tree.path) : ''
    const isNotRun = result.tests.some(({ name, state }) => name === entry.test && state === 'skipped')
    if (isNotRun) return { entry, text, alike: [], isNotRun }
    const fault = faultOf(entry, result, text)
    const others = this.#all.filter((other) => other.name !== entry.name && other.step === entry.step)
    const alike = others.filter((other) => other.test === test?.name && says(text, other.seen))
    return { entry, text, alike, ...(fault !== undefined && { fault }), ...(test && { test }) }
  }
}

/** In a line; undefined when the entry is caught as it foretells. */
function faultOf({ test: named, seen, step }: Entry, result: RunResult, text: string): string | undefined {
  const { tests, problems } = result
  const [problem] = problems
  const test = firstFailure(tests)
  if (tests.length > 0 && !tests.some(({ name }) => name === named))
    return `the suite of step ${step.number} has no test "${named}"`
  if (!test && problem) return `the suite could not run: ${beginning(problem.error.message)}`
  if (!test?.error) return `not caught: all ${tests.length} tests of step ${step.number} pass`
  const line = summarise(test.error)
  if (test.name !== named)
    return `"${named}" should fail first; "${test.name}" (${test.level} ${test.move}) does: ${line}`
  if (test.error.message.startsWith('Test timed out'))
    return `"${named}" does not say what is wrong: it runs into its time limit`
  return says(text, seen)
    ? undefined
    : `"${named}" fails for another reason: it should say ${String(seen)}; it says: ${line}`
}

/** Of a syntax error: that it is one, which, and the line. The rest is a picture of it. */
function beginning(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => /\w/.test(line))
  return lines.slice(0, 3).join(' ')
}
