// Some of what a step's files hold is for later steps alone: a mutant there that the step's own suite lets live is put
// to what must last, on the highest floor, and then to the suites of the steps above, until one sees it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSteps, root, type Step } from '../lib/catalogue.ts'
import { inLanes } from '../lib/lanes.ts'
import type { Plan, Tried } from './run.ts'
import { MutantLane, type Tests } from './try.ts'

interface Trial extends Tests {
  name: string
}

/** Tries `open`, which the step's own suite let live, until all are seen or the time is up. */
export async function tryLater({ step, kept, lanes, until }: Plan, open: Tried[]): Promise<void> {
  for (const [index, { name, ...tests }] of trialsAbove(step).entries()) {
    const todo = open.filter(({ mutant: { key } }) => {
      const known = kept.get(key)
      return known?.state === 'survived' && (known.trials ?? 0) <= index
    })
    if (todo.length === 0 || performance.now() > until) continue
    console.log(`  ${todo.length} that survived are put to ${name}.`)
    await inLanes(lanes, todo, (number) => {
      const lane = new MutantLane(tests, number)
      const run = async ({ mutant }: Tried) => {
        if (performance.now() > until) return
        const original = readFileSync(join(root, 'solutions', mutant.file), 'utf8')
        const { state, by } = await lane.try(mutant, original)
        const isSeen = state === 'killed' || state === 'timeout'
        kept.set(
          mutant.key,
          isSeen
            ? { state: 'later', by: `${name}: ${by}` }
            : { state: 'survived', by: '', trials: index + 1 },
        )
      }
      return { run, close: () => lane.close() }
    })
  }
}

/** What must last comes first: on the highest floor it runs through nearly all that there is. */
function trialsAbove({ number }: Step): Trial[] {
  const above = findSteps().filter((step) => step.number > number)
  const top = above.at(-1)
  if (top === undefined) return []
  const below = findSteps().filter((step) => step.number < top.number)
  const lasting = { name: `what must last, on floor ${top.number}`, steps: below, floor: top.number }
  return [lasting, ...above.map((step) => ({ name: `the suite of step ${step.number}`, steps: [step] }))]
}
