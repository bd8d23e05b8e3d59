// Tries mistakes made in the alternatives: the step's suite runs up to the first failure, as a learner's does, and its
// text is diagnosed as `npm run step` would.
import { diagnose, attempt, type Entry, type Texts } from '../../lib/trees/mistakes.ts'
import { makeForeign, worthOf, type Foreign, type Worth } from './foreign-mistakes.ts'
import { EditedTree } from './edited-tree.ts'
import { explainFailure } from '../../lib/suites/failure-text.ts'
import { firstFailure, type RunResult, type TestResult } from '../../lib/suites/run.ts'

/** What came of trying one. */
export interface Diagnosed {
  entry: Foreign
  /** In a line, what is wrong with the entry or the suite. */
  fault?: string
  /** The test that failed first. */
  test?: TestResult
  /** What a learner would read. */
  text: string
  /** The mistake that the diagnosis names. */
  named?: string
  worth?: Worth
  /** This machine cannot run the test. */
  isNotRun?: boolean
  ms: number
}

export class DiagnosisLane {
  readonly #tree: EditedTree
  readonly #mistakes: Entry[]

  /** `tree` holds `texts`, the reference; `mistakes`: those of every step, to diagnose by. */
  constructor(tree: string, texts: Texts, mistakes: Entry[]) {
    this.#tree = new EditedTree(tree, texts)
    this.#mistakes = mistakes
  }

  /** `alone`: only the test that is named is run; that no earlier one fails is not seen then. */
  async try(entry: Foreign, alone: boolean): Promise<Diagnosed> {
    const began = performance.now()
    const made = attempt(() => makeForeign(entry))
    if (typeof made === 'string') return { entry, fault: made, text: '', ms: 0 }
    const result = await this.#tree.run(entry.step, made, alone ? entry.test : undefined)
    return { ...this.#judge(entry, result), ms: performance.now() - began }
  }

  close(): Promise<void> {
    return this.#tree.close()
  }

  #judge(entry: Foreign, result: RunResult): Omit<Diagnosed, 'ms'> {
    if (result.tests.some(({ name, state }) => name === entry.test && state === 'skipped'))
      return { entry, text: '', isNotRun: true }
    const test = firstFailure(result.tests)
    if (!test?.error) return { entry, text: '', fault: whyNothingFails(entry, result) }
    const text = explainFailure(test.error, this.#tree.path)
    const ofStep = this.#mistakes.filter(({ step }) => step.number === entry.step.number)
    const named = diagnose(test.name, text, ofStep)?.name
    const fault = test.name === entry.test ? undefined : `"${test.name}" fails first, not "${entry.test}"`
    const diagnosed = { entry, test, text, worth: worthOf(entry, named) }
    return { ...diagnosed, ...(named !== undefined && { named }), ...(fault !== undefined && { fault }) }
  }
}

function whyNothingFails({ step, test }: Foreign, { tests, problems }: RunResult): string {
  const [problem] = problems
  if (problem) return `the suite could not run: ${problem.error.message}`
  if (!tests.some(({ name }) => name === test))
    return `the suite of step ${step.number} has no test "${test}"`
  return `not caught: no test of step ${step.number} that was run fails`
}
