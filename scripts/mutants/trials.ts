// Puts the mutants of one step to its own suite, and on request those that it lets live to the suites of the steps above,
// for which some of what a step's files hold is made. What is known from before is not tried again.
import { join } from 'node:path'
import { findSteps, type Step } from '../lib/catalogue.ts'
import { inLanes } from '../lib/lanes.ts'
import { EditedTree, type Tests } from '../lib/suites/edited-tree.ts'
import { firstFailure, runSuites } from '../lib/suites/run.ts'
import { buildTree, inOwnFolder } from '../lib/trees/build.ts'
import { Refusal } from '../lib/words.ts'
import type { Mutant } from './make.ts'
import type { Memory } from './memory.ts'
import { tryMutant, type Outcome } from './try-mutant.ts'

/** ms between two lines that say how far it is. */
const TELL = 20_000
/** Most mutants are seen before the suite is through: measured on steps 1 to 3, they take this much of a whole run. */
const SHARE = 0.7

export interface Plan {
  step: Step
  mutants: Mutant[]
  memory: Memory
  lanes: number
  /** By `performance.now()`. Nothing is begun later. */
  until: number
}

export interface Tried {
  mutant: Mutant
  outcome: Outcome
}

/** All of which something is known, in the order of the file. */
export function triedOf({ mutants, memory }: Plan): Tried[] {
  return mutants.flatMap((mutant) => {
    const outcome = memory.get(mutant.key)
    return outcome ? [{ mutant, outcome }] : []
  })
}

/** The step's own suite. */
export async function tryOwn(plan: Plan): Promise<void> {
  const { step, memory } = plan
  const todo = plan.mutants.filter(({ key }) => !memory.get(key))
  if (todo.length === 0 || performance.now() >= plan.until) return
  announce(plan, todo.length, await measure(step))
  const began = performance.now()
  let told = began
  let done = 0
  await tryAll(plan, todo, { steps: [step] }, (mutant, outcome) => {
    memory.set(mutant.key, outcome)
    done += 1
    if (performance.now() - told < TELL) return
    told = performance.now()
    const left = ((told - began) / done) * (todo.length - done)
    console.log(`  ${done} of ${todo.length}, about ${Math.ceil(left / 60_000)} min to go`)
  })
}

function announce({ step, mutants, memory, lanes }: Plan, todo: number, whole: number): void {
  const known = mutants.length - todo
  const before = known > 0 ? `, ${known} of them known from before` : ''
  const minutes = Math.ceil((todo * whole * SHARE) / lanes / 60_000)
  const again = memory.suiteChanged ? ' The suite has changed, so those that survived are tried again.' : ''
  console.log(`Step ${step.number}: ${mutants.length} mutants${before}; about ${minutes} min.${again}`)
}

/** ms that the suite takes on the reference, which has to pass: else nothing that it says of a mutant means anything. */
async function measure(step: Step): Promise<number> {
  const request = { tree: 'solutions', steps: [step], level: 'all' as const, bail: true }
  const { tests, problems, ms } = await runSuites(request)
  const fault = firstFailure(tests)?.name ?? problems[0]?.error.message
  if (fault === undefined) return ms
  throw new Refusal(`The reference does not pass its own suite of step ${step.number}: ${fault}`)
}

/** The suites above for `open`, which the step's own suite let live, until one sees it. */
export async function tryLater(plan: Plan, open: Mutant[]): Promise<void> {
  const { step, memory } = plan
  for (const [index, { name, ...tests }] of trialsAbove(step).entries()) {
    const todo = open.filter(({ key }) => {
      const known = memory.get(key)
      return known?.state === 'survived' && (known.trials ?? 0) <= index
    })
    if (todo.length === 0 || performance.now() > plan.until) continue
    console.log(`  ${todo.length} that survived are put to ${name}.`)
    await tryAll(plan, todo, tests, ({ key }, { state, by }) => {
      const isSeen = state === 'killed' || state === 'timeout'
      if (isSeen) memory.set(key, { state: 'later', by: `${name}: ${by}` })
      else memory.set(key, { state: 'survived', by: '', trials: index + 1 })
    })
  }
}

/** What must last comes first: on the highest floor it runs through nearly all that there is. */
function trialsAbove({ number }: Step): (Tests & { name: string })[] {
  const steps = findSteps()
  const above = steps.filter((step) => step.number > number)
  const top = above.at(-1)
  if (top === undefined) return []
  const lasting = {
    name: `what must last, on floor ${top.number}`,
    steps: steps.slice(0, -1),
    floor: top.number,
  }
  return [lasting, ...above.map((step) => ({ name: `the suite of step ${step.number}`, steps: [step] }))]
}

/** Each of these, as far as there is time for it. */
async function tryAll(
  { lanes, until }: Plan,
  mutants: Mutant[],
  tests: Tests,
  onTried: (mutant: Mutant, outcome: Outcome) => void,
): Promise<void> {
  const sources = new Map(mutants.map(({ file, source }) => [file, source]))
  await inOwnFolder('mutants', (label) =>
    inLanes(lanes, mutants, (number) => {
      const tree = new EditedTree(buildTree(join(label, String(number))), sources)
      const run = async (mutant: Mutant) => {
        if (performance.now() <= until) onTried(mutant, await tryMutant(mutant, tests, tree))
      }
      return { run, close: () => tree.close() }
    }),
  )
}
