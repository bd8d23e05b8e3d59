// The mistakes made in the alternatives (steps/proof/NN-slug/alternatives/<name>.mistakes.ts), and what a diagnosis of one is
// worth. The diagnosis was written for the reference's code: whether it is right about other people's shows only here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ForeignMistake } from '#given/proof/mistake.ts'
import { findSteps, type Step } from '../../lib/catalogue.ts'
import { findAlternatives, type Alternative } from './alternatives.ts'
import { applyMistake, listIn, type Texts } from '../../lib/trees/mistakes.ts'

export interface Foreign extends ForeignMistake {
  step: Step
  /** The one that it is made in. */
  alternative: Alternative
}

/** Silence about what repeats nothing is right; about what repeats a mistake it is a chance missed, and does no harm. */
export type Worth = 'right' | 'wrong' | 'missed' | 'rightly silent'

/** Those of the alternatives of these steps. */
export async function loadForeign(steps: Step[] = findSteps()): Promise<Foreign[]> {
  return (await Promise.all(findAlternatives(steps).map(madeIn))).flat()
}

async function madeIn(alternative: Alternative): Promise<Foreign[]> {
  const list = await listIn<ForeignMistake>(`${alternative.folder}.mistakes.ts`, 'mistakes')
  return list.map((mistake) => ({ ...mistake, step: alternative.step, alternative }))
}

/** `step 2, queue-of-bytes, ends-at-its-cr` */
export function labelOfForeign({ step, alternative, name }: Foreign): string {
  return `step ${step.number}, ${alternative.name}, ${name}`
}

/** The files of its alternative with the mistake made. Throws `Stale`. */
export function makeForeign(entry: Foreign): Texts {
  const { step, alternative } = entry
  const texts = new Map<string, string>()
  for (const name of readdirSync(alternative.folder))
    texts.set(`${step.folder}/${name}`, readFileSync(join(alternative.folder, name), 'utf8'))
  const home = `steps/proof/${step.folder}/alternatives/${alternative.name}`
  return new Map([...texts, ...applyMistake(entry, texts, home)])
}

/** `named`: the mistake that the diagnosis names. */
export function worthOf({ repeats, orRightly }: ForeignMistake, named: string | undefined): Worth {
  if (named === undefined) return repeats === undefined ? 'rightly silent' : 'missed'
  return named === repeats || named === orRightly?.name ? 'right' : 'wrong'
}
