// npm run reset 3 [fields.ts]: back to the starter of a step, or of one of its files; npm run reset all: of every step. What
// the learner wrote is saved first.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listed, nearest } from '#given/kit/failure/nearest.ts'
import { findSteps, namesIn, root, theStep, type Step } from './lib/catalogue.ts'
import { replaceFiles } from './lib/trees/replace.ts'
import { sayWhereItIs } from './lib/trees/saved.ts'
import { starterOf } from './lib/trees/starters.ts'
import { parseWords, Usage, type Spec } from './lib/words.ts'

const SPEC: Spec = { command: 'reset', step: 'required', words: ['all'], rest: /^[^-=][^=]*$/ }

export async function main(args: string[]): Promise<number> {
  if (args.length === 1 && args[0] === 'all') return resetSteps('Every step', findSteps(), 'npm run step 1')
  const { step: number, words, rest } = parseWords(args, SPEC)
  if (words.length > 0)
    throw new Usage(`One step, or all of them: npm run reset ${number}, or npm run reset all`)
  const step = theStep(number)
  const next = `npm run step ${step.number}`
  if (rest.length === 0) return resetSteps(`Step ${step.number}`, [step], next)
  const names = rest.map((word) => nameOf(word, step))
  return replace(`Of step ${step.number}, this`, names, next)
}

function resetSteps(what: string, steps: Step[], next: string): number {
  for (const name of steps.flatMap((step) => namesIn('exercises', step)))
    if (!existsSync(join(root, 'solutions', name)))
      console.log(`exercises/${name} is your own and is left alone.`)
  const names = steps.flatMap((step) => namesIn('solutions', step))
  return replace(what, names, next)
}

function replace(what: string, names: string[], next: string): number {
  const { changed, saved } = replaceFiles(names, starterOf)
  if (changed.length === 0) console.log(`${what} is as it was at the start: nothing was changed.`)
  else console.log(`${what} is back at its start: ${changed.join(', ')}.`)
  if (saved) console.log(sayWhereItIs(saved))
  console.log(`Next: ${next}`)
  return 0
}

/** The file of the step that `word` means: its name, or its path from the root or from `exercises`. Throws a Usage. */
function nameOf(word: string, step: Step): string {
  const { number, folder } = step
  const names = namesIn('solutions', step)
  const found = names.find((name) => `/exercises/${name}`.endsWith(`/${word.replace(/^\.\//, '')}`))
  if (found !== undefined) return found
  const known = names.map((name) => name.slice(folder.length + 1))
  const near = nearest(word, known) ?? nearest(`${word}.ts`, known)
  const remedy = near ? `Did you mean ${near}? npm run reset ${number} ${near}` : `It has ${listed(known)}.`
  throw new Usage(`Step ${number} has no file "${word}". ${remedy}`)
}
