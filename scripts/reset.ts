// npm run reset 3: back to the starter of a step. What the learner wrote is saved first.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, shown, theStep, treeFiles, type Step } from './lib/catalogue.ts'
import { replaceFiles, type Replacement } from './lib/trees/replace.ts'
import { sayWhereItIs } from './lib/trees/saved.ts'
import { starterOf } from './lib/trees/starters.ts'
import { parseWords } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { step: number } = parseWords(args, { command: 'reset', step: 'required' })
  const step = theStep(number)
  const { changed, saved } = replaceFiles(startersOf(step))
  if (changed.length === 0) {
    console.log(`Step ${step.number} is as it was at the start: nothing was changed.`)
  } else {
    console.log(`Step ${step.number} is back at its start: ${changed.join(', ')}.`)
  }
  if (saved) console.log(sayWhereItIs(saved))
  for (const file of ownFilesOf(step)) console.log(`${file} is your own and was left alone.`)
  console.log(`Next: npm run step ${step.number}`)
  return 0
}

function startersOf(step: Step): Replacement[] {
  return namesOf('solutions', step).map((name) => ({
    file: `exercises/${name}`,
    text: starterOf(name) ?? '',
  }))
}

/** Files that the learner has added. */
function ownFilesOf(step: Step): string[] {
  return namesOf('exercises', step)
    .filter((name) => !existsSync(join(root, 'solutions', name)))
    .map((name) => `exercises/${name}`)
}

function namesOf(tree: string, step: Step): string[] {
  return treeFiles(tree, step).map((path) => shown(path).slice(tree.length + 1))
}
