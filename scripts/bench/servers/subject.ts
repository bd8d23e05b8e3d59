// The server under test: the one of the last floor, in a tree where all of it is written.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findSteps, learnersTree, root, theStep, treePath } from '../../lib/catalogue.ts'
import { refuseMissingFiles } from '../../lib/trees/missing-files.ts'
import { Refusal } from '../../lib/words.ts'
import { firstUnwritten } from '../../lib/trees/starters.ts'

/** The floor that is the finished server. */
export const LAST = findSteps().at(-1)?.number ?? 0

/** What serves a tree, from the folder of its workshop. */
export const CHILD = 'scripts/serve/child.mjs'

export interface Subject {
  /** In the tables: `reference`, or `your server`. */
  name: string
  tree: string
  /** The folder of the workshop that serves it. */
  workshop: string
  /** The solution of another checkout, which is asked the same. */
  beside?: Subject
}

/** The solution of the checkout in `folder`: an older one, to see what a change has brought. Throws a Refusal. */
export function subjectIn(folder: string): Subject {
  const workshop = resolve(folder)
  const needed = ['solutions', 'node_modules', CHILD]
  const missing = needed.find((name) => !existsSync(join(workshop, name)))
  if (missing === undefined) return { name: folder, tree: join(workshop, 'solutions'), workshop }
  throw new Refusal(`${folder} is no checkout of the workshop that could be measured: ${missing} is missing.`)
}

/** `command`: what measures the solution. Throws a Refusal. */
export function subjectFor(isMine: boolean, command: string): Subject {
  const tree = isMine ? learnersTree : treePath('solutions')
  const unwritten = firstUnwritten(tree)?.number
  if (unwritten !== undefined)
    throw new Refusal(
      `What is measured is a finished server, and in yours step ${unwritten} is still to be written: ` +
        `npm run step ${unwritten}. Or measure the solution: ${command}`,
    )
  refuseMissingFiles(tree, theStep(LAST))
  return { name: isMine ? 'your server' : 'reference', tree, workshop: root }
}
