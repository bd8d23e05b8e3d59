// npm run catch-up 3: the reference for every step below 3 whose core is unfinished, so that one can go on from there.
// A step that passes is left alone; what is replaced is saved first.
import { findSteps, namesIn, type Step } from './lib/catalogue.ts'
import { replaceFiles } from './lib/trees/replace.ts'
import { isGreen, runSuites } from './lib/suites/run.ts'
import { sayWhereItIs } from './lib/trees/saved.ts'
import { referenceOf } from './lib/trees/starters.ts'
import { parseWords } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { step: number = 1 } = parseWords(args, { command: 'catch-up', step: 'required' })
  const below = findSteps().filter((step) => step.number < number)
  if (below.length === 0)
    console.log(`There is nothing to catch up with: no step comes before step ${number}.`)
  // One after the other, since a step may fail only for want of the one below it.
  for (const step of below)
    if (await coreIsGreen(step)) console.log(`Step ${step.number} is finished, and stays yours.`)
    else takeReference(step)
  console.log(`Next: npm run step ${number}`)
  return 0
}

async function coreIsGreen(step: Step): Promise<boolean> {
  const result = await runSuites({ tree: 'exercises', steps: [step], level: 'core', bail: true })
  return isGreen(result, [step.number], ['core'])
}

function takeReference(step: Step): void {
  const { changed, saved } = replaceFiles(namesIn('solutions', step), referenceOf)
  const what = changed.length === 1 ? '1 file' : `${changed.length} files`
  console.log(`Step ${step.number} was unfinished: its reference was taken (${what}).`)
  if (saved) console.log(sayWhereItIs(saved))
}
