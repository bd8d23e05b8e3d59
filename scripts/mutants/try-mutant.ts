// Puts one mutant to suites, both levels, which stop at the first failure, and says what came of it.
import { firstFailure, FROZEN, type RunResult } from '../lib/suites/results.ts'
import type { EditedTree, Tests } from '../lib/suites/edited-tree.ts'
import { atMost } from '../lib/time.ts'
import type { Mutant } from './make.ts'

/**
 * `timeout` is a way to be killed: the suite waited in vain. `later`: the suite of a step above killed it. `invalid`: it
 * is no program, and says nothing.
 */
export type State = 'killed' | 'timeout' | 'later' | 'survived' | 'invalid'

export interface Outcome {
  state: State
  /** What killed it: a test, or a problem of the whole suite. */
  by: string
  /** How many of the trials that come after it let it live, too. */
  trials?: number
}

/** ms that one mutant may take in all, however many tests wait in vain before one fails. */
const LONGEST = 90_000

export async function tryMutant({ file, text }: Mutant, tests: Tests, tree: EditedTree): Promise<Outcome> {
  const run = tree.run(tests, new Map([[file, text]]))
  const result = await atMost(LONGEST, run)
  if (result) return judge(result)
  tree.abandon()
  await run
  return { state: 'timeout', by: 'the whole suite' }
}

function judge({ tests, problems }: RunResult): Outcome {
  const test = firstFailure(tests)
  if (test) {
    const waited = test.error?.name === FROZEN || test.error?.message.startsWith('Test timed out')
    return { state: waited ? 'timeout' : 'killed', by: `${test.level} ${test.move} ${test.name}` }
  }
  const [problem] = problems
  if (problem === undefined) return { state: 'survived', by: '' }
  const { name, message } = problem.error
  if (name === FROZEN) return { state: 'timeout', by: 'the loading of the suite' }
  const isNoProgram = /Transform failed|PARSE_ERROR|SyntaxError|ERROR: /.test(`${name} ${message}`)
  return { state: isNoProgram ? 'invalid' : 'killed', by: message.split('\n')[0] ?? '' }
}
