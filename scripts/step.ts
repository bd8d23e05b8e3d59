// npm run step 3 [strict] [plain]: where you are, the file and line to edit, the verdict. On a terminal it stays and runs
// again on every save, with `plain` one verdict below the other; elsewhere it runs once and says by its exit code whether
// the level asked for passes.
import { findSteps, learnersTree, theStep } from './lib/catalogue.ts'
import { bold, faint } from './lib/ink.ts'
import { wrap } from './lib/layout.ts'
import { firstUnwritten } from './lib/trees/starters.ts'
import { ago, finishedSteps, isDone, lastWork, nextPlace } from './lib/kept-progress.ts'
import type { Last, LevelProgress, Place } from './lib/kept-progress.ts'
import type { Level } from './lib/suites/results.ts'
import { prepareFor } from './lib/machine/python.ts'
import { linesOf } from './step/blocks.ts'
import { openTrial } from './step/trial.ts'
import { WatchView, type Beginning } from './step/watch-view.ts'
import { parseWords, Refusal, type Spec } from './lib/words.ts'

const DONE =
  'All is done, core and strict. Look at it: npm test, npm run step 3 strict, or npm run bench mine.'

export async function main(args: string[]): Promise<number> {
  const spec: Spec = { command: 'step', step: 'optional', words: ['strict', 'plain'] }
  const { step: number, words } = parseWords(args, spec)
  const asked: Level | undefined = words.includes('strict') ? 'strict' : undefined
  const level: Level = asked ?? 'core'
  const beginning = number === undefined ? whereYouAre(asked) : { step: theStep(number), level, greeting: [] }
  if (beginning) return show(beginning, words.includes('plain'))
  console.log(DONE)
  return 0
}

async function show({ step, level, greeting }: Beginning, isPlain: boolean): Promise<number> {
  const lack = await prepareFor(step)
  const isForAPerson = process.stdin.isTTY && (process.stdout.isTTY || isPlain) && !process.env['CI']
  if (isForAPerson) return new WatchView({ step, level, greeting: [...lack, ...greeting], isPlain }).show()

  for (const line of greeting) console.log(line)
  const trial = await openTrial({ step, level })
  try {
    const { annotated } = await trial.run()
    const verdict = await annotated
    console.log(linesOf(verdict.blocks).join('\n'))
    return verdict.green ? 0 : 1
  } finally {
    await trial.suites.close()
  }
}

/** Where to go on when no step was named; undefined when everything is done. */
function whereYouAre(asked: Level | undefined): Beginning | undefined {
  const last = lastWork()
  const steps = findSteps()
  const [first] = steps
  if (!first) throw new Refusal('There are no steps here. Is this a whole clone of the workshop?')
  const level = asked ?? last?.level ?? 'core'
  if (!last) return { step: firstUnwritten(learnersTree) ?? steps.at(-1) ?? first, level, greeting: [] }
  const isFinished = finishedSteps(level).includes(last.step)
  const place = isFinished ? nextPlace(last.step) : { step: last.step, level }
  return place && { ...place, greeting: recall(last, place) }
}

/** `Last: 6 days ago, step 3, move 4 of 7. Your server so far: … Next: …` */
function recall({ step, at, level, core, strict }: Last, next: Place): string[] {
  const isStrict = core && isDone(core) && strict && (level === 'strict' || isDone(strict))
  const place = isStrict ? placeIn(strict, 'strict') : placeIn(core, 'core')
  const floors = finishedSteps().map(({ title }) => title)
  const test = next.step === step && (next.level === 'strict' ? strict : core)?.next
  const lines = [
    `${bold('Last:')} ${ago(at)}, step ${step.number}${place}.`,
    ...(floors.length > 0 ? [`${bold('Your server so far:')} ${floors.join(' · ')}`] : []),
    `${bold('Next:')} ${test ? test.name : next.step.title}${next.level === 'strict' ? ' (strict)' : ''}`,
    faint('─'.repeat(40)),
  ]
  return wrap(lines.join('\n'))
}

/** `, move 4 of 7`, `, strict, test 2 of 5`, or that the level is done, and with strict also core. */
function placeIn(progress: LevelProgress | undefined, level: Level): string {
  if (!progress) return ''
  const { next, total } = progress
  if (!next) return level === 'core' ? ', core done' : ', core and strict done'
  return level === 'core' ? `, move ${next.move} of ${total}` : `, strict, test ${next.move} of ${total}`
}
