// npm run mutants [2] [later] [again] [minutes=10] [lanes=2]: how much of the reference the suites hold fast. Stryker changes
// it in one small place after the other, and for each change the suite of the step should fail. Not a part of verify,
// since it takes the better part of an hour; what is known is kept, and the next run goes on from there.
import { availableParallelism } from 'node:os'
import { findSteps, theStep } from './lib/catalogue.ts'
import { openMaker } from './mutants/make.ts'
import { openMemory } from './mutants/memory.ts'
import { loadSurvivors, openOf, tellStep, type Score } from './mutants/score.ts'
import { triedOf, tryLater, tryOwn, type Plan } from './mutants/trials.ts'
import { preparePython, WITH_PYTHON } from './lib/machine/python.ts'
import { parseWords, Usage, type Spec } from './lib/words.ts'

const KEYS = ['minutes', 'lanes']
const SPEC: Spec = { command: 'mutants', step: 'optional', words: ['later', 'again'], keys: KEYS }

export async function main(args: string[]): Promise<number> {
  const { step, words, values } = parseWords(args, SPEC)
  const minutes = numberFrom(values['minutes'], 'minutes') ?? Infinity
  const until = performance.now() + minutes * 60_000
  const lanes = numberFrom(values['lanes'], 'lanes') ?? availableParallelism()
  const later = words.includes('later')
  const steps = step === undefined ? findSteps() : [theStep(step)]
  const make = await openMaker()
  if (steps.some(({ number }) => later || number >= WITH_PYTHON)) await preparePython()
  const scores: Score[] = []
  for (const one of steps) {
    const memory = openMemory(one, words.includes('again'))
    scores.push(await tryStep({ step: one, mutants: await make(one), memory, lanes, until }, later))
  }
  if (scores.length > 1) console.log(`\n${scores.map(({ line }) => line).join('\n')}`)
  const again = step === undefined ? 'npm run mutants' : `npm run mutants ${step}`
  if (scores.some(({ left }) => left > 0)) console.log(`\nThe time is up. To go on from here: ${again}`)
  return scores.every(({ open }) => open === 0) ? 0 : 1
}

/** `later`: what survives the step's own suite is put to those of the steps above. */
async function tryStep(plan: Plan, later: boolean): Promise<Score> {
  const survivors = await loadSurvivors(plan.step)
  await tryOwn(plan)
  const open = openOf(triedOf(plan), survivors).map(({ mutant }) => mutant)
  if (later) await tryLater(plan, open)
  return tellStep(plan.step, plan.mutants.length, triedOf(plan), survivors)
}

function numberFrom(text: string | undefined, key: string): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new Usage(`${key}= takes a whole number from 1, not "${text}": npm run mutants ${key}=2`)
}
