// Where a learner stands in a step: which test to work on, as the last run found it, or by running the suite up to its
// first failure.
import { learnersTree, type Step } from '../catalogue.ts'
import { knownFailure } from '../kept-progress.ts'
import { explainFailure } from './failure-text.ts'
import { findObstacle } from './preflight.ts'
import { firstFailure, runSuites, testsOf, type TestResult } from './run.ts'
import { Refusal } from '../words.ts'

/** The first test that fails, core before strict; undefined when they all pass. */
export async function findFailingTest(step: Step): Promise<TestResult | undefined> {
  const obstacle = findObstacle(learnersTree, step)
  if (obstacle)
    throw new Refusal([obstacle.sentence, ...(obstacle.source ? [`  ${obstacle.source}`] : [])].join('\n'))
  const known = knownFailure(step)
  if (known) return { step: step.number, ...known, state: 'fail', see: '', output: '', ms: 0 }
  const result = await runSuites({ tree: learnersTree, steps: [step], level: 'all', bail: true })
  const failing = firstFailure(testsOf(result, step.number, ['core'])) ?? firstFailure(result.tests)
  const problem = result.problems[0]
  if (failing || !problem) return failing
  throw new Refusal(
    `The tests of step ${step.number} cannot run yet.\n${explainFailure(problem.error, learnersTree)}`,
  )
}
