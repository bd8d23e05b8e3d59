// npm run step 3 [strict]: where you are, the file and line to edit, the verdict. On a terminal it stays and runs
// again on every save; elsewhere it runs once and says by its exit code whether the level asked for passes.
import { findSteps, learnersTree, theStep, type Step } from './lib/catalogue.ts'
import { bold, faint } from './lib/ink.ts'
import { wrap } from './lib/layout.ts'
import { firstUnwritten } from './lib/trees/starters.ts'
import { ago, finishedSteps, isDone, lastWork, type Last } from './lib/kept-progress.ts'
import { preparePython, WITH_PYTHON } from './lib/python.ts'
import { linesOf } from './step/blocks.ts'
import { openTrial } from './step/trial.ts'
import { WatchView, type Beginning } from './step/watch-view.ts'
import { parseWords, Refusal } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { step: number, words } = parseWords(args, { command: 'step', step: 'optional', words: ['strict'] })
  const { step, greeting } = number === undefined ? whereYouAre() : { step: theStep(number), greeting: [] }
  const level = words.includes('strict') ? 'strict' : 'core'
  if (step.number === WITH_PYTHON) await preparePython()
  const isForAPerson = process.stdin.isTTY && process.stdout.isTTY && !process.env['CI']
  if (isForAPerson) return new WatchView({ step, level, greeting }).show()

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

/** The step to go on with when none was named. */
function whereYouAre(): Pick<Beginning, 'step' | 'greeting'> {
  const last = lastWork()
  const steps = findSteps()
  const [first] = steps
  if (!first) throw new Refusal('There are no steps here. Is this a whole clone of the workshop?')
  if (!last) return { step: firstUnwritten(learnersTree) ?? steps.at(-1) ?? first, greeting: [] }
  const following = steps.find(({ number }) => number > last.step.number)
  const isFinished = last.core && isDone(last.core) && last.isFresh
  return { step: (isFinished && following) || last.step, greeting: recall(last, following) }
}

/** `Last: 6 days ago, step 3, move 4 of 7. Your server so far: … Next: …` */
function recall({ step, at, core }: Last, following: Step | undefined): string[] {
  const place = core?.next ? `, move ${core.next.move} of ${core.total}` : core ? ', core done' : ''
  const floors = finishedSteps().map(({ title }) => title)
  const next = core?.next?.name ?? following?.title
  const lines = [
    `${bold('Last:')} ${ago(at)}, step ${step.number}${place}.`,
    ...(floors.length > 0 ? [`${bold('Your server so far:')} ${floors.join(' · ')}`] : []),
    ...(next ? [`${bold('Next:')} ${next}`] : []),
    faint('─'.repeat(40)),
  ]
  return wrap(lines.join('\n'))
}
