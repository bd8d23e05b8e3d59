// npm test: how far you are, over all steps, a line each. `npm test 3` lists one step's tests; `npm test through=3` is
// the gate for a class; `npm test json` gives the same as data (its schema: scripts/test/schema.ts).
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { drawBoard, drawStep } from './test/board.ts'
import { findSteps, learnersTree, root } from './lib/catalogue.ts'
import { faint } from './lib/ink.ts'
import { findObstacle, type Obstacle } from './lib/suites/preflight.ts'
import { lastKnown, remember } from './lib/kept-progress.ts'
import { read } from './lib/read.ts'
import { runSuites } from './lib/suites/run.ts'
import type { Standings } from './test/schema.ts'
import { standingsOf, type Question } from './test/standings.ts'
import { parseStep, parseWords, Usage, type Spec } from './lib/words.ts'

const SPEC: Spec = { command: 'test', step: 'optional', words: ['json'], keys: ['through'] }

export async function main(args: string[]): Promise<number> {
  const { step, words, values } = parseWords(args, SPEC)
  const question = whatIsAsked(step, values['through'])
  const isJson = words.includes('json')
  const standings = await find(question, isJson)
  const [only] = standings.steps
  if (isJson) console.log(JSON.stringify(standings, undefined, 2))
  else if (standings.asked === 'step' && only) console.log(drawStep(only, standings.passed).join('\n'))
  else console.log(drawBoard(standings).join('\n'))
  return standings.passed ? 0 : 1
}

function whatIsAsked(step: number | undefined, through: string | undefined): Question {
  const steps = findSteps()
  if (through === undefined) {
    const chosen = steps.filter(({ number }) => step === undefined || number === step)
    return { asked: step === undefined ? 'all' : 'step', steps: chosen, levels: ['core', 'strict'] }
  }
  if (step !== undefined)
    throw new Usage(`One step or all through one, not both: npm test through=${through}`)
  const last = parseStep(through, 'test')
  return { asked: 'through', steps: steps.filter(({ number }) => number <= last), levels: ['core'] }
}

async function find({ asked, steps, levels }: Question, isJson: boolean): Promise<Standings> {
  const stopWaiting = isJson ? () => {} : sayWait()
  const obstacles = new Map<number, Obstacle>()
  for (const step of steps) {
    const obstacle = findObstacle(learnersTree, step)
    if (obstacle) obstacles.set(step.number, obstacle)
  }
  const runnable = steps.filter(({ number }) => !obstacles.has(number))
  const all = levels.includes('strict')
  // Steps 8 and 9 wait more than they compute: one lane more than there are cores takes 0.8 of the time.
  const lanes = availableParallelism() + 1
  const level = all ? 'all' : 'core'
  const request = { tree: learnersTree, steps: runnable, level, bail: false, lanes } as const
  const result = runnable.length > 0 ? await runSuites(request) : { tests: [], problems: [], ms: 0 }
  remember(runnable, all ? 'strict' : 'core', result)
  stopWaiting()
  const { version } = JSON.parse(read(join(root, 'package.json')) ?? '{}')
  return standingsOf({ asked, steps, levels, obstacles, result, lastKnown, version })
}

/** A line that stands until the result is there; elsewhere than on a terminal it is not part of the output. */
function sayWait(): () => void {
  const line = 'running the suites …'
  if (!process.stdout.isTTY) {
    console.error(line)
    return () => {}
  }
  process.stdout.write(faint(line))
  return () => process.stdout.write('\r\x1b[K')
}
