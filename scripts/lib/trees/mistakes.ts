// The plausible wrong servers of every step (steps/proof/NN-slug/mistakes.ts), and the edits that make them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Edit, Mistake } from '#given/proof/mistake.ts'
import { findSteps, root, type Step } from '../catalogue.ts'

/** A mistake and the step whose suite catches it. */
export interface Entry extends Mistake {
  step: Step
}

/** The files of a tree by name, `02-request-line/page.ts`, without their markers. */
export type Texts = ReadonlyMap<string, string>

/** An edit that does not fit the reference any more. Its message is the sentence to print. */
export class Stale extends Error {
  override name = 'Stale'
}

/** What a file in steps/proof/ lists under this name; nothing where there is no such file. */
export async function listIn<One>(file: string, name: string): Promise<One[]> {
  if (!existsSync(file)) return []
  const lists: Record<string, One[]> = await import(pathToFileURL(file).href)
  return lists[name] ?? []
}

/** The entries of these steps, in their order. */
export async function loadMistakes(steps: Step[] = findSteps()): Promise<Entry[]> {
  return (await Promise.all(steps.map(mistakesOf))).flat()
}

async function mistakesOf(step: Step): Promise<Entry[]> {
  const file = join(root, 'steps', 'proof', step.folder, 'mistakes.ts')
  return (await listIn<Mistake>(file, 'mistakes')).map((mistake) => ({ ...mistake, step }))
}

/** The first of each test that catches any: all of them would take verify more than its four minutes. */
export function oneForEachTest(entries: Entry[]): Entry[] {
  const firstOf = ({ step, test }: Entry) => entries.find((one) => one.step === step && one.test === test)
  return entries.filter((entry) => firstOf(entry) === entry)
}

/** `step 2, bare-lf` */
export function labelOf({ step, name }: Entry): string {
  return `step ${step.number}, ${name}`
}

/** The files that the mistake changes, as they become. `home`: where `texts` come from. Throws `Stale`. */
export function applyMistake(
  { edit, step }: Pick<Entry, 'edit' | 'step'>,
  texts: Texts,
  home = 'solutions',
): Map<string, string> {
  const changed = new Map<string, string>()
  for (const one of Array.isArray(edit) ? edit : [edit]) {
    const text = changed.get(one.file) ?? texts.get(one.file)
    if (text === undefined) throw new Stale(`its edit is stale: ${home} has no file ${one.file}`)
    if (!one.file.startsWith(`${step.folder}/`))
      throw new Stale(`its edit is of ${one.file}, which is not a file of ${step.folder}`)
    changed.set(one.file, applyEdit(one, text, home))
  }
  return changed
}

function applyEdit({ file, find, replace }: Edit, text: string, home: string): string {
  const times = find === '' ? 0 : text.split(find).length - 1
  if (times !== 1) {
    const many = times === 0 ? 'does not have' : `has ${times} times, not once,`
    throw new Stale(`its edit is stale: ${home}: ${file} ${many} ${JSON.stringify(find)}`)
  }
  if (find === replace) throw new Stale(`its edit of ${file} changes nothing`)
  return text.replace(find, () => replace)
}

/** Whether a failure, as a learner reads it, is the one that is foretold. */
export function says(text: string, seen: string | RegExp): boolean {
  return typeof seen === 'string' ? text.includes(seen) : seen.test(text)
}

/** The mistake that foretells this failure of this test, if one alone does: a wrong guess is worse than none. */
export function diagnose(test: string, text: string, mistakes: Mistake[]): Mistake | undefined {
  const [first, ...others] = mistakes.filter((mistake) => mistake.test === test && says(text, mistake.seen))
  return others.length === 0 ? first : undefined
}
