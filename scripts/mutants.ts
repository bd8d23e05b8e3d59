// npm run mutants [2] [later] [again] [minutes=10] [lanes=2]: how much of the reference the suites hold fast. Stryker changes
// it in one small place after the other, and for each change the suite of the step should fail. Not a part of verify,
// since it takes the better part of an hour; what is known is kept, and the next run goes on from there.
import { availableParallelism } from 'node:os'
import { findSteps, theStep, type Step } from './lib/catalogue.ts'
import { openMaker } from './mutants/make.ts'
import { Memory } from './mutants/memory.ts'
import { loadSurvivors, openOf, tellStep, type Score } from './mutants/score.ts'
import { triedOf, tryLater, tryOwn } from './mutants/trials.ts'
import { preparePython, WITH_PYTHON } from './lib/python.ts'
import { parseWords, Usage } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { step, words, values } = parseWords(args, {
    command: 'mutants',
    step: 'optional',
    words: ['later', 'again'],
    keys: ['minutes', 'lanes'],
  })
  const minutes = numberFrom(values['minutes'], 'minutes') ?? Infinity
  const scores = await trySteps(step === undefined ? findSteps() : [theStep(step)], {
    until: performance.now() + minutes * 60_000,
    lanes: numberFrom(values['lanes'], 'lanes') ?? availableParallelism(),
    later: words.includes('later'),
    anew: words.includes('again'),
  })
  if (scores.length > 1) console.log(`\n${scores.map(({ line }) => line).join('\n')}`)
  const again = step === undefined ? 'npm run mutants' : `npm run mutants ${step}`
  if (scores.some(({ left }) => left > 0)) console.log(`\nThe time is up. To go on from here: ${again}`)
  return scores.every(({ open }) => open === 0) ? 0 : 1
}

interface How {
  until: number
  lanes: number
  /** Put to the suites of the steps above what survives a step's own. */
  later: boolean
  /** Believe nothing of what is known from before. */
  anew: boolean
}

async function trySteps(steps: Step[], { until, lanes, later, anew }: How): Promise<Score[]> {
  const make = await openMaker()
  if (steps.some(({ number }) => later || number >= WITH_PYTHON)) await preparePython()
  const scores: Score[] = []
  for (const step of steps) {
    const plan = { step, mutants: await make(step), memory: new Memory(step, anew), lanes, until }
    const survivors = await loadSurvivors(step)
    await tryOwn(plan)
    const open = openOf(triedOf(plan), survivors).map(({ mutant }) => mutant)
    if (later) await tryLater(plan, open)
    scores.push(tellStep(step, plan.mutants.length, triedOf(plan), survivors))
  }
  return scores
}

function numberFrom(text: string | undefined, key: string): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new Usage(`${key}= takes a whole number from 1, not "${text}": npm run mutants ${key}=2`)
}
