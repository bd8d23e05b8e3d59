// How a verdict ends: what waits, and the next thing to type. In the view that stays, saving a file and single keys
// stand for commands.
import { serveWords } from '../lib/application.ts'
import { findSteps, type Step } from '../lib/catalogue.ts'
import { bold, green, indent } from '../lib/ink.ts'
import type { Level, TestResult } from '../lib/suites/results.ts'

export interface Asked {
  step: Step
  /** Strict includes core. */
  level: Level
  /** The view that stays shows the verdict. */
  isWatched?: boolean
}

/** The end of a verdict that is not green. */
export function openEnd(tests: TestResult[], failure: TestResult | undefined, about: Asked): string[] {
  const waiting = tests.filter((test) => test.state === 'waiting').length
  const wait = waiting === 1 ? 'then 1 more test waits' : `then ${waiting} more tests wait`
  const { how, next } = remedy(failure, about)
  const isHere = (failure?.error?.step ?? about.step.number) === about.step.number
  const last =
    about.isWatched && isHere
      ? 'Save the file, and this runs again. Stuck? Press h for a hint.'
      : `${how}: ${bold(next)}`
  return [...(waiting > 0 ? ['', indent(wait)] : []), '', last]
}

function remedy(failure: TestResult | undefined, { step, level }: Asked): { how: string; next: string } {
  const again = `npm run step ${step.number}${level === 'strict' ? ' strict' : ''}`
  const hint = `npm run hint ${step.number}`
  if (!failure) return { how: 'When it is mended', next: again }
  if (failure.state !== 'todo') return { how: 'A hint, if you want one', next: hint }
  const from = failure.error?.step ?? step.number
  if (from === step.number) return { how: `When it is written (${hint} helps)`, next: again }
  const how = `Write it (npm run step ${from}), or take the reference for the steps below`
  return { how, next: `npm run catch-up ${step.number}` }
}

/** The end of a verdict that is. */
export function praise({ step, level, isWatched }: Asked): string[] {
  const following = findSteps().find(({ number }) => number > step.number)
  const say = (what: string, next: string, key: string) =>
    `${what}: ${isWatched && key ? `press ${bold(key)}` : bold(next)}`
  const strict = say('What the RFCs demand and hostile clients do', `npm run step ${step.number} strict`, 'a')
  const onward = following && say(`On to "${following.title}"`, `npm run step ${following.number}`, 'n')
  const whole = say('That was the last step there is. All of it', 'npm test', '')
  const ways = level === 'core' ? [strict, onward] : [onward ?? whole]
  return [
    '',
    green(`Step ${step.number} is done: ${level === 'core' ? 'core' : 'core and strict'} green.`),
    `See it run: ${isWatched ? `press ${bold('s')}` : `npm run serve ${serveWords(step.number).join(' ')}`}`,
    ...ways.filter((way) => way !== undefined),
  ]
}
