// One step of the learner's put to the test, once or again and again: the look before the run, the run, the verdict,
// the progress remembered, and the note on types.
import { learnersTree } from '../lib/catalogue.ts'
import { bold, marks } from '../lib/ink.ts'
import { fold, wrap } from '../lib/layout.ts'
import { loadMistakes } from '../lib/trees/mistakes.ts'
import { findObstacle, type Obstacle } from '../lib/suites/preflight.ts'
import { remember } from '../lib/kept-progress.ts'
import { openSuites } from '../lib/suites/run.ts'
import { atMost } from '../lib/time.ts'
import { busyNote } from './busy.ts'
import type { Asked } from './next.ts'
import { checkTypes, type TypeCheck } from './type-note.ts'
import { giveVerdict, type Verdict } from './verdict.ts'

/** In ms: how long the note on types may come after the verdict; where that waits for it, and where it does not. */
const NOTE_PATIENCE = { once: 1000, watched: 20_000 }

export interface Attempt {
  verdict: Verdict
  /** The same with the note on types, if there is one; settles soon after. */
  annotated: Promise<Verdict>
}

export type Trial = Awaited<ReturnType<typeof openTrial>>

export async function openTrial(asked: Asked) {
  const { step, level, isWatched } = asked
  const mistakes = await loadMistakes([step])
  const levels = level === 'core' ? 'core' : 'all'
  const suites = await openSuites({ tree: learnersTree, steps: [step], level: levels, bail: true })
  let isAbandoned = false
  let types: TypeCheck | undefined

  return {
    suites,

    /** `stale`: absolute paths of the files that vitest still knows as they were; they are taken out. */
    async run(stale = new Set<string>()): Promise<Attempt> {
      isAbandoned = false
      types?.stop()
      const obstacle = findObstacle(learnersTree, step)
      if (obstacle) {
        const verdict = obstacleVerdict(obstacle, asked)
        return { verdict, annotated: Promise.resolve(verdict) }
      }
      // In the view that stays, the verdict is to come as soon as it can; the note follows it.
      types = isWatched ? undefined : checkTypes(learnersTree, step)
      const changed = [...stale]
      stale.clear()
      const result = await suites.run(changed)
      const about = { ...asked, result, tree: learnersTree, mistakes, busy: busyNote() }
      const judge = (typeNote?: string) => giveVerdict({ ...about, typeNote })
      const verdict = judge()
      if (isAbandoned) return { verdict, annotated: Promise.resolve(verdict) }
      remember([step], level, result, step)
      types ??= checkTypes(learnersTree, step)
      const note = atMost(NOTE_PATIENCE[isWatched ? 'watched' : 'once'], types.note).finally(types.stop)
      return { verdict, annotated: note.then(judge) }
    },

    /** Ends the run that is under way: what it says is then of no use. */
    abandon(): void {
      isAbandoned = true
      types?.stop()
      suites.abandon()
    },
  }
}

function obstacleVerdict({ sentence, source, next }: Obstacle, { step, isWatched }: Asked): Verdict {
  const isForTheLearner = next === `npm run step ${step.number}`
  const then = `${isForTheLearner ? 'When it is mended' : 'Then'}: ${bold(next)}`
  const lines = [
    bold(`Step ${step.number} · ${step.slug} · not run`),
    '',
    ...wrap(sentence, `${marks.fail()} `),
    ...(source === undefined ? [] : ['', ...fold(source, '  ')]),
    '',
    isWatched && isForTheLearner ? 'Save the file, and this runs again.' : then,
  ]
  return { blocks: [{ lines }], green: false, lesson: undefined, note: [] }
}
