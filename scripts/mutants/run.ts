// Runs the mutants of one step, those of which nothing is known yet, until all are done or the time is up.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Step } from '../lib/catalogue.ts'
import { inLanes } from '../lib/lanes.ts'
import type { Kept } from './kept.ts'
import type { Mutant } from './make.ts'
import { MutantLane, type Outcome } from './try.ts'
import { firstFailure } from '../lib/suites/run.ts'
import { Refusal } from '../lib/words.ts'

/** ms between two lines that say how far it is. */
const TELL = 20_000
/** Most mutants are seen before the suite is through: measured on steps 1 to 3, they take this much of a whole run. */
const SHARE = 0.7

export interface Plan {
  step: Step
  mutants: Mutant[]
  kept: Kept
  lanes: number
  /** By `performance.now()`. */
  until: number
}

export interface Tried {
  mutant: Mutant
  outcome: Outcome
}

/** Tries those of which nothing is known from before. */
export async function tryMutants(plan: Plan): Promise<void> {
  const todo = plan.mutants.filter(({ key }) => !plan.kept.get(key))
  if (todo.length > 0 && performance.now() < plan.until) await tryNew(plan, todo)
}

/** All of which something is known, in the order of the file. */
export function triedOf({ mutants, kept }: Plan): Tried[] {
  return mutants.flatMap((mutant) => {
    const outcome = kept.get(mutant.key)
    return outcome ? [{ mutant, outcome }] : []
  })
}

async function tryNew({ step, mutants, kept, lanes, until }: Plan, todo: Mutant[]): Promise<void> {
  const whole = await measure(step)
  const known = mutants.length - todo.length
  const again = kept.suiteChanged ? ' The suite has changed, so those that survived are tried again.' : ''
  const before = known > 0 ? `, ${known} of them known from before` : ''
  const minutes = Math.ceil((todo.length * whole * SHARE) / lanes / 60_000)
  console.log(`Step ${step.number}: ${mutants.length} mutants${before}; about ${minutes} min.${again}`)
  const began = performance.now()
  let told = began
  let done = 0
  await inLanes(lanes, todo, (number) => {
    const lane = new MutantLane({ steps: [step] }, number)
    const run = async (mutant: Mutant) => {
      if (performance.now() > until) return
      kept.set(mutant.key, await lane.try(mutant, readFileSync(join(root, 'solutions', mutant.file), 'utf8')))
      done += 1
      if (performance.now() - told < TELL) return
      told = performance.now()
      const left = ((told - began) / done) * (todo.length - done)
      console.log(`  ${done} of ${todo.length}, about ${Math.ceil(left / 60_000)} min to go`)
    }
    return { run, close: () => lane.close() }
  })
}

/** ms that the suite takes on the reference, which has to pass: else nothing that it says of a mutant means anything. */
async function measure(step: Step): Promise<number> {
  const lane = new MutantLane({ steps: [step] }, 0)
  try {
    const { tests, problems, ms } = await lane.tryNone()
    const fault = firstFailure(tests)?.name ?? problems[0]?.error.message
    if (fault === undefined) return ms
    throw new Refusal(`The reference does not pass its own suite of step ${step.number}: ${fault}`)
  } finally {
    await lane.close()
  }
}
