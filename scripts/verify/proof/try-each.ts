// Tries edits of the server, one after the other in each lane: the edit is made in the lane's tree, and the step's suite
// runs up to the first failure, as a learner's does.
import { join } from 'node:path'
import type { Step } from '../../lib/catalogue.ts'
import { inLanes } from '../../lib/lanes.ts'
import { EditedTree } from '../../lib/suites/edited-tree.ts'
import { explainFailure } from '../../lib/suites/failure-text.ts'
import { firstFailure, type RunResult, type TestResult } from '../../lib/suites/results.ts'
import { buildTree } from '../../lib/trees/build.ts'
import { Stale, type Texts } from '../../lib/trees/mistakes.ts'

/** What is tried: it names the test that should fail first. */
interface Named {
  step: Step
  test: string
}

/** What came of trying one. */
export interface Tried<Entry> {
  entry: Entry
  /** The test that failed first. */
  test?: TestResult
  /** What a learner would read of it. */
  text: string
  /** Of the edit, where it does not fit any more. */
  stale?: string
  /** This machine cannot run the test that is named. */
  isNotRun: boolean
  result: RunResult
  ms: number
}

interface Plan<Entry> {
  lanes: number
  /** The folder of the generated trees, and the reference's files, which they hold. */
  label: string
  texts: Texts
  /** The files that an entry changes. Throws `Stale`. */
  make(entry: Entry): Texts
  /** Hears of each as it is done. With nobody to hear, each entry is tried on its test alone, which is far quicker. */
  onTried: ((tried: Tried<Entry>) => void) | undefined
}

export function tryEach<Entry extends Named>(
  entries: Entry[],
  { lanes, label, texts, make, onTried }: Plan<Entry>,
): Promise<Tried<Entry>[]> {
  // The later steps have the longer suites: they go first, so that no lane is left alone with one at the end.
  const queue = entries.toSorted((a, b) => b.step.number - a.step.number)
  return inLanes(lanes, queue, (number) => {
    const tree = new EditedTree(buildTree(join(label, String(number))), texts)
    const run = async (entry: Entry) => {
      const tried = await tryOne(entry, tree, make, onTried === undefined)
      onTried?.(tried)
      return tried
    }
    return { run, close: () => tree.close() }
  })
}

async function tryOne<Entry extends Named>(
  entry: Entry,
  tree: EditedTree,
  make: (entry: Entry) => Texts,
  alone: boolean,
): Promise<Tried<Entry>> {
  const began = performance.now()
  const untried = { entry, text: '', isNotRun: false, result: { tests: [], problems: [], ms: 0 }, ms: 0 }
  try {
    const result = await tree.run({ steps: [entry.step] }, make(entry), alone ? entry.test : undefined)
    const test = firstFailure(result.tests)
    const text = test?.error ? explainFailure(test.error, tree.path) : ''
    const isNotRun = result.tests.some(({ name, state }) => name === entry.test && state === 'skipped')
    return { entry, ...(test && { test }), text, isNotRun, result, ms: performance.now() - began }
  } catch (error) {
    if (error instanceof Stale) return { ...untried, stale: error.message }
    throw error
  }
}

/** Why no test fails, in a line. */
export function whyNothingFails<Entry extends Named>({ entry, result }: Tried<Entry>): string {
  const { step, test } = entry
  const [problem] = result.problems
  if (problem) return `the suite could not run: ${problem.error.message}`
  if (!result.tests.some(({ name }) => name === test))
    return `the suite of step ${step.number} has no test "${test}"`
  return `not caught: no test of step ${step.number} that was run fails`
}

/** The labels that stand for more than one entry. */
export function twice(labels: string[]): string[] {
  return labels.filter((label, index) => labels.indexOf(label) !== index)
}
