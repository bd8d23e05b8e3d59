// Whether a server is all there, before it is started: a file that is gone is one sentence, not a failed import.
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { counterpart, floorsUpTo, shown, treeFiles, type Step } from '../catalogue.ts'
import { Refusal } from '../words.ts'

/** @throws Refusal when `tree` lacks a file that floor `step`, or one below it, is made of. */
export function refuseMissingFiles(tree: string, step: Step): void {
  for (const floor of floorsUpTo(step)) {
    const files = treeFiles('solutions', floor).map((model) => counterpart(model, tree))
    const missing = files.find((file) => !existsSync(file))
    if (!missing) continue
    throw new Refusal(`${shown(missing)} is missing. ${resetLine(floor, missing)} brings it back.`)
  }
}

/** What to type for this file alone: the rest of the step stays as it is. */
export function resetLine({ number }: Step, file: string): string {
  return `npm run reset ${number} ${basename(file)}`
}
