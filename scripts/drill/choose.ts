// One drill: which mistake is in the server, among which it hides, and the tree that has it.
import { join } from 'node:path'
import { findSteps, root, type Step } from '../lib/catalogue.ts'
import { buildTree } from '../lib/trees/build.ts'
import { stripMarkers } from '../lib/trees/markers.ts'
import { applyMistake, loadMistakes, type Entry } from '../lib/trees/mistakes.ts'
import { firstUnwritten } from '../lib/trees/starters.ts'
import { read } from '../lib/read.ts'
import { treeNames } from '../lib/trees/starters.ts'
import { Refusal } from '../lib/words.ts'

export interface Drill {
  step: number
  /** By name, the one that is in the server. */
  culprit: string
  suspects: Suspect[]
}

export interface Suspect {
  name: string
  misconception: string
  looksLike: string
  test: string
}

/** How many there are to choose from. */
const SUSPECTS = 4

/** The steps below the first in which something is still to be written. */
export function finishedSteps(tree: string): Step[] {
  const unwritten = firstUnwritten(tree)
  const steps = findSteps().filter(({ number }) => unwritten === undefined || number < unwritten.number)
  if (steps.length > 0) return steps
  throw new Refusal(
    'A drill takes its mistakes from steps that you have finished, and there is none yet: npm run step 1. ' +
      'Or name a step: npm run drill 2',
  )
}

/** Takes one mistake of these steps by chance, and others of its step to hide it among. */
export async function pickDrill(steps: Step[]): Promise<Drill> {
  const entries = await loadMistakes(steps)
  const culprit = byChance(entries)[0]
  if (culprit === undefined) throw new Refusal('These steps have no mistakes to find: npm run drill 2')
  const others = byChance(entries.filter(({ step, name }) => step === culprit.step && name !== culprit.name))
  const suspects = byChance([culprit, ...others.slice(0, SUSPECTS - 1)])
  return { step: culprit.step.number, culprit: culprit.name, suspects: suspects.map(suspectOf) }
}

function suspectOf({ name, misconception, looksLike, test }: Entry): Suspect {
  return { name, misconception, looksLike, test }
}

function byChance<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

/**
 * Writes a tree with the mistake in it, and gives its path. Below the drill's step it is the learner's own, as far as that
 * is finished; the step itself is the reference's, since an edit of the reference fits nothing else.
 */
export async function drillTree({ step: number, culprit }: Drill, learners: string): Promise<string> {
  const steps = findSteps().filter((step) => step.number === number)
  const entry = (await loadMistakes(steps)).find(({ name }) => name === culprit)
  if (entry === undefined)
    throw new Refusal(`The mistake of this drill is no more. Begin another: npm run drill`)
  const texts = new Map(
    treeNames('solutions').map((name) => [
      name,
      stripMarkers(read(join(root, 'solutions', name)) ?? '', `solutions/${name}`),
    ]),
  )
  const wrong = applyMistake(entry, texts)
  const own = Math.min(number, firstUnwritten(learners)?.number ?? number)
  return buildTree('drill', (name, text) => {
    const isOwn = Number.parseInt(name, 10) < own
    return (isOwn ? read(join(learners, name)) : undefined) ?? wrong.get(name) ?? text
  })
}
