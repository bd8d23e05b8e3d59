// One step of the learner's put to the test, once or again and again: the look before the run, the run, the verdict,
// the progress remembered, and the note on types.
import type { Mistake } from '#given/proof/mistake.ts'
import { learnersTree } from '../lib/catalogue.ts'
import { bold, indent, marks } from '../lib/ink.ts'
import { loadMistakes } from '../lib/trees/mistakes.ts'
import { findObstacle, type Obstacle } from '../lib/suites/preflight.ts'
import { remember } from '../lib/kept-progress.ts'
import type { RunResult } from '../lib/suites/results.ts'
import { openSuites, type Suites } from '../lib/suites/run.ts'
import { atMost } from '../lib/time.ts'
import type { Asked } from './next.ts'
import { checkTypes, type TypeCheck } from './type-note.ts'
import { giveVerdict, type Verdict } from './verdict.ts'

/** In ms: how long the note on types may come after the verdict. Mostly it is there before it. */
const NOTE_PATIENCE = 1000

export interface Attempt {
  verdict: Verdict
  /** The same with the note on types, if there is one; settles soon after. */
  annotated: Promise<Verdict>
}

export class Trial {
  readonly suites: Suites
  readonly #asked: Asked
  readonly #mistakes: Mistake[]
  #isAbandoned = false

  private constructor(asked: Asked, suites: Suites, mistakes: Mistake[]) {
    this.#asked = asked
    this.suites = suites
    this.#mistakes = mistakes
  }

  static async open(asked: Asked): Promise<Trial> {
    const level = asked.level === 'core' ? 'core' : 'all'
    const steps = [asked.step]
    const mistakes = await loadMistakes(steps)
    return new Trial(asked, await openSuites({ tree: learnersTree, steps, level, bail: true }), mistakes)
  }

  /** `stale`: absolute paths of the files that vitest still knows as they were; they are taken out. */
  async run(stale = new Set<string>()): Promise<Attempt> {
    this.#isAbandoned = false
    const { step, level, isWatched } = this.#asked
    const obstacle = findObstacle(learnersTree, step)
    if (obstacle) {
      const verdict = obstacleVerdict(obstacle, this.#asked)
      return { verdict, annotated: Promise.resolve(verdict) }
    }
    // In the view that stays, the verdict is to come as soon as it can; the note follows it.
    const types = isWatched ? undefined : checkTypes(learnersTree, step)
    const changed = [...stale]
    stale.clear()
    const result = await this.suites.run(changed)
    if (!this.#isAbandoned) remember([step], level, result, step)
    const annotated = this.#annotate(result, types ?? checkTypes(learnersTree, step))
    return { verdict: this.#judge(result), annotated }
  }

  /** Ends the run that is under way: what it says is then of no use. */
  abandon(): void {
    this.#isAbandoned = true
    this.suites.abandon()
  }

  #judge(result: RunResult, typeNote?: string): Verdict {
    const about = { result, tree: learnersTree, typeNote, mistakes: this.#mistakes }
    return giveVerdict({ ...this.#asked, ...about })
  }

  async #annotate(result: RunResult, types: TypeCheck): Promise<Verdict> {
    const note = await atMost(NOTE_PATIENCE, types.note)
    types.stop()
    return this.#judge(result, note)
  }
}

function obstacleVerdict({ sentence, source, next }: Obstacle, { step, isWatched }: Asked): Verdict {
  const isForTheLearner = next === `npm run step ${step.number}`
  const then = `${isForTheLearner ? 'When it is mended' : 'Then'}: ${bold(next)}`
  const lines = [
    bold(`Step ${step.number} · ${step.slug} · not run`),
    '',
    `${marks.fail()} ${sentence}`,
    ...(source === undefined ? [] : ['', indent(source)]),
    '',
    isWatched && isForTheLearner ? 'Save the file, and this runs again.' : then,
  ]
  return { lines, green: false, lesson: undefined }
}
