// Some of what a step's files hold is for later steps alone: a mutant there that the step's own suite lets live is put
// to the suites of the steps above, one after the other, until one sees it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSteps, root } from './catalogue.ts'
import { inLanes } from './checks.ts'
import type { Plan, Tried } from './mutants-run.ts'
import { MutantLane } from './mutants-try.ts'

/** Tries `open`, which the step's own suite let live, until all are seen or the time is up. */
export async function tryLater({ step, kept, lanes, until }: Plan, open: Tried[]): Promise<void> {
  const above = findSteps().filter(({ number }) => number > step.number)
  for (const later of above) {
    const todo = open.filter(({ mutant: { key } }) => {
      const { state, upTo = 0 } = kept.get(key) ?? { state: 'killed' }
      return state === 'survived' && upTo < later.number
    })
    if (todo.length === 0 || performance.now() > until) continue
    console.log(`  The suite of step ${later.number} is put to ${todo.length} that survived.`)
    await inLanes(lanes, todo, (number) => {
      const lane = new MutantLane(later, number)
      const run = async ({ mutant }: Tried) => {
        if (performance.now() > until) return
        const original = readFileSync(join(root, 'solutions', mutant.file), 'utf8')
        const { state, by } = await lane.try(mutant, original)
        const isSeen = state === 'killed' || state === 'timeout'
        const outcome = isSeen ? { state: 'later' as const, by: `step ${later.number}, ${by}` } : undefined
        kept.set(mutant.key, outcome ?? { state: 'survived', by: '', upTo: later.number })
      }
      return { run, close: () => lane.close() }
    })
  }
}
