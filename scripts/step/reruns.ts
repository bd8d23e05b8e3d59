// Runs a step again and again, one run at a time: a new wish ends the run that is under way, and only what came of
// the last one is told. A run that never comes to its end is given up.
import { Stuck } from '../lib/suites/watchdog.ts'
import { atMost } from '../lib/time.ts'
import type { Asked } from './next.ts'
import { openTrial, type Attempt, type Trial } from './trial.ts'

/** In ms: a run that was abandoned ends within a fifth of a second, or not at all. */
const ENDS_WITHIN = 3000

export class Reruns {
  readonly #asked: Asked
  readonly #onAttempt: (attempt: Attempt) => void
  readonly #onFault: (error: unknown) => void
  /** What was saved and has not been run yet. */
  readonly #stale = new Set<string>()
  #trial: Trial | undefined
  #isWanted = false
  #isOver = false
  #running: Promise<void> | undefined

  /** `onFault` hears of faults of the workshop itself. */
  constructor(asked: Asked, onAttempt: (attempt: Attempt) => void, onFault: (error: unknown) => void) {
    this.#asked = asked
    this.#onAttempt = onAttempt
    this.#onFault = onFault
  }

  /** `changed`: absolute paths. */
  request(changed: string[] = []): void {
    for (const file of changed) this.#stale.add(file)
    this.#isWanted = true
    if (this.#running) this.#trial?.abandon()
    else this.#running = this.#runWhileWanted().catch((error) => this.#complain(error))
  }

  /** Resolves once no process of the runs is left. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#trial?.abandon()
    await atMost(ENDS_WITHIN, Promise.resolve(this.#running))
    await this.#trial?.suites.close()
  }

  async #runWhileWanted(): Promise<void> {
    try {
      while (this.#isWanted && !this.#isOver) {
        const attempt = await this.#attempt()
        if (attempt && !this.#isWanted && !this.#isOver) this.#onAttempt(attempt)
      }
    } finally {
      this.#running = undefined
    }
    // It may have been opened after the end.
    if (this.#isOver) await this.#trial?.suites.close()
    else this.#trial?.suites.keepWarm()
  }

  #complain(error: unknown): void {
    if (!this.#isOver) this.#onFault(error)
  }

  /** Undefined when it came to nothing, and the next is to begin afresh. */
  async #attempt(): Promise<Attempt | undefined> {
    const trial = (this.#trial ??= await openTrial(this.#asked))
    this.#isWanted = false
    if (this.#isOver) return undefined
    try {
      return await trial.run(this.#stale)
    } catch (error) {
      this.#trial = undefined
      await trial.suites.close()
      if (error instanceof Stuck && this.#isWanted) return undefined
      throw error
    }
  }
}
