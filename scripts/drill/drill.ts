// One drill: which mistake is in the server, among which it hides, the tree that has it, and what the server runs.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mistake } from '#given/proof/mistake.ts'
import * as applications from './applications.ts'
import { loaderIn, type ChosenApplication } from '../lib/application.ts'
import { findSteps, theStep, type Step } from '../lib/catalogue.ts'
import { buildTree, referenceTexts } from '../lib/trees/build.ts'
import { applyMistake, loadMistakes } from '../lib/trees/mistakes.ts'
import { USUAL_HOST } from '../lib/machine/port.ts'
import { read } from '../lib/read.ts'
import { firstUnwritten } from '../lib/trees/starters.ts'
import { Refusal } from '../lib/words.ts'
import type { Plan } from '../serve/served.ts'

export interface Drill {
  step: number
  /** By name, the one that is in the server. */
  culprit: string
  suspects: Suspect[]
}

export type Suspect = Pick<Mistake, 'name' | 'misconception' | 'looksLike' | 'test'>

/** How many there are to choose from. */
const SUSPECTS = 4

/** Those that have an export of their own there: `step4`. */
export const STEPS_WITH_APPLICATIONS = Object.keys(applications).map((name) =>
  Number(name.replace('step', '')),
)

/** The steps below the first in which something is still to be written. */
export function finishedSteps(tree: string): Step[] {
  const unwritten = firstUnwritten(tree)?.number ?? Infinity
  const steps = findSteps().filter(({ number }) => number < unwritten)
  if (steps.length > 0) return steps
  throw new Refusal(
    'A drill takes its mistakes from steps that you have finished, and there is none yet: npm run step 1. ' +
      'Or name a step: npm run drill 2',
  )
}

/** Takes one mistake of these steps by chance, and others of its step to hide it among. */
export async function pickDrill(steps: Step[]): Promise<Drill> {
  const entries = shuffled(await loadMistakes(steps))
  const [culprit] = entries
  if (culprit === undefined) throw new Refusal('These steps have no mistakes to find: npm run drill 2')
  const suspects = entries.filter(({ step }) => step === culprit.step).slice(0, SUSPECTS)
  const kept = suspects.map(({ name, misconception, looksLike, test }) => {
    return { name, misconception, looksLike, test }
  })
  return { step: culprit.step.number, culprit: culprit.name, suspects: shuffled(kept) }
}

function shuffled<T>(list: T[]): T[] {
  const drawn = list.map((item) => ({ item, lot: Math.random() }))
  return drawn.toSorted((one, other) => one.lot - other.lot).map(({ item }) => item)
}

/**
 * Writes a tree with the mistake in it, and gives what is to be served. Below the drill's step it is the learner's own, as
 * far as that is finished; the step itself is the reference's, since an edit of the reference fits nothing else.
 */
export async function planOf(
  { step: number, culprit }: Drill,
  learners: string,
  port: number,
): Promise<Plan> {
  const step = theStep(number)
  const entry = (await loadMistakes([step])).find(({ name }) => name === culprit)
  if (entry === undefined)
    throw new Refusal(`The mistake of this drill is no more. Begin another: npm run drill`)
  const wrong = applyMistake(entry, referenceTexts())
  const own = Math.min(number, firstUnwritten(learners)?.number ?? number)
  const tree = buildTree('drill', (name, text) => {
    const isOwn = Number.parseInt(name, 10) < own
    return (isOwn ? read(join(learners, name)) : undefined) ?? wrong.get(name) ?? text
  })
  const file = join(tree, step.folder, 'server.ts')
  const application = drillApplication(number, tree)
  return { step, tree, file, host: USUAL_HOST, port, application, processes: undefined }
}

/** The applications of the step's suite. Undefined: the step's own page, or the bytes of whoever asks, say enough. */
export function drillApplication(step: number, tree: string): ChosenApplication | undefined {
  if (!STEPS_WITH_APPLICATIONS.includes(step)) return undefined
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const words = `applications.ts:step${step}`
  const none = { pythonFile: undefined, choice: undefined }
  return { words, python: 1, places: [folder], loader: loaderIn(tree), folder, ...none }
}
