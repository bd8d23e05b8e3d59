// Tries wrong servers: each is put to its step's whole suite, which stops at the first failure, as a learner's does.
// That failure has to be the one that the entry foretells. Stopping there is also what makes it cheap, and a lane keeps
// vitest's engine from one entry of a step to the next: 0.5 to 2 s for each, where a run from scratch takes twice that.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { explainFailure, summarise } from './failure-text.ts'
import { applyMistake, says, Stale, type Entry, type Texts } from './mistakes.ts'
import { firstFailure, openSuites, type RunResult, type Suites, type TestResult } from './run-suites.ts'

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
  readonly #tree: string
  readonly #texts: Texts
  readonly #all: Entry[]
  #suites: Suites | undefined
  #step = 0
  /** Files that are as the last entry made them. */
  #edited: string[] = []

  /** `tree` holds `texts`; `all`: the entries to tell this one's failure from. */
  constructor(tree: string, texts: Texts, all: Entry[]) {
    this.#tree = tree
    this.#texts = texts
    this.#all = all
  }

  /** `alone`: only the test that is named is run, which is quicker by far; that no earlier one fails is not seen then. */
  async try(entry: Entry, alone: boolean): Promise<Tried> {
    const began = performance.now()
    const changed = this.#write(entry)
    if (typeof changed === 'string') return { entry, fault: changed, text: '', alike: [], ms: 0 }
    const suites = await this.#open(entry)
    const tried = this.#judge(entry, await suites.run(undefined, changed, alone ? entry.test : undefined))
    return { ...tried, ms: performance.now() - began }
  }

  async close(): Promise<void> {
    await this.#suites?.close()
    this.#suites = undefined
  }

  /** Gives the paths of the files that differ from before, or why the edit cannot be made. */
  #write(entry: Entry): string[] | string {
    try {
      const made = applyMistake(entry, this.#texts)
      const names = [...new Set([...this.#edited, ...made.keys()])]
      for (const name of names)
        writeFileSync(join(this.#tree, name), made.get(name) ?? this.#texts.get(name) ?? '')
      this.#edited = [...made.keys()]
      return names.map((name) => join(this.#tree, name))
    } catch (error) {
      if (error instanceof Stale) return error.message
      throw error
    }
  }

  async #open({ step }: Entry): Promise<Suites> {
    if (this.#suites && this.#step === step.number) return this.#suites
    await this.close()
    this.#step = step.number
    return (this.#suites = await openSuites({ tree: this.#tree, steps: [step], level: 'all', bail: true }))
  }

  #judge(entry: Entry, result: RunResult): Omit<Tried, 'ms'> {
    const test = firstFailure(result.tests)
    const text = test?.error ? explainFailure(test.error, this.#tree) : ''
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
