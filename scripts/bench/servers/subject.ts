// The server under test: the one of the last floor, in a tree where all of it is written.
import { learnersTree, theStep, treePath } from '../../lib/catalogue.ts'
import { refuseMissingFiles } from '../../lib/trees/missing-files.ts'
import { Refusal } from '../../lib/words.ts'
import { firstUnwritten } from '../../lib/trees/starters.ts'

/** The floor that is the finished server. */
export const LAST = 9

export interface Subject {
  /** In the tables: `reference`, or `your server`. */
  name: string
  tree: string
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
  return { name: isMine ? 'your server' : 'reference', tree }
}
