// Runs a step again and again, one run at a time: a new wish ends the run that is under way, and only what came of
// the last one is told.
import type { Asked } from './next.ts'
import { openTrial, type Attempt, type Trial } from './trial.ts'

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
    else this.#running = this.#runWhileWanted().catch(this.#onFault)
  }

  /** Resolves once no process of the runs is left. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#trial?.abandon()
    await this.#running
    await this.#trial?.suites.close()
  }

  async #runWhileWanted(): Promise<void> {
    try {
      while (this.#isWanted && !this.#isOver) {
        this.#isWanted = false
        this.#trial ??= await openTrial(this.#asked)
        const attempt = await this.#trial.run(this.#stale)
        if (!this.#isWanted && !this.#isOver) this.#onAttempt(attempt)
      }
    } finally {
      this.#running = undefined
    }
    if (!this.#isOver) this.#trial?.suites.keepWarm()
  }
}
