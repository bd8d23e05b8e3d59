// npm run reset 3: back to the starter of a step. What the learner wrote is saved first.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn, root, theStep } from './lib/catalogue.ts'
import { replaceFiles } from './lib/trees/replace.ts'
import { sayWhereItIs } from './lib/trees/saved.ts'
import { starterOf } from './lib/trees/starters.ts'
import { parseWords } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { step: number } = parseWords(args, { command: 'reset', step: 'required' })
  const step = theStep(number)
  const { changed, saved } = replaceFiles(step, starterOf)
  if (changed.length === 0) console.log(`Step ${step.number} is as it was at the start: nothing was changed.`)
  else console.log(`Step ${step.number} is back at its start: ${changed.join(', ')}.`)
  if (saved) console.log(sayWhereItIs(saved))
  for (const name of namesIn('exercises', step))
    if (!existsSync(join(root, 'solutions', name)))
      console.log(`exercises/${name} is your own and was left alone.`)
  console.log(`Next: npm run step ${step.number}`)
  return 0
}
