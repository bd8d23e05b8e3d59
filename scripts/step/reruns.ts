// Runs a step again and again, one run at a time: a new wish ends the run that is under way, and only what came of
// the last one is told.
import { Trial, type Asked, type Attempt } from './trial.ts'

export interface Listener {
  onAttempt(attempt: Attempt): void
  /** A fault of the workshop itself. */
  onFault(error: unknown): void
}

export class Reruns {
  readonly #asked: Asked
  readonly #listener: Listener
  /** What was saved and has not been run yet. */
  readonly #stale = new Set<string>()
  #trial: Trial | undefined
  #isWanted = false
  #isOver = false
  #running: Promise<void> | undefined

  constructor(asked: Asked, listener: Listener) {
    this.#asked = asked
    this.#listener = listener
  }

  /** `changed`: absolute paths. */
  request(changed: string[] = []): void {
    for (const file of changed) this.#stale.add(file)
    this.#isWanted = true
    if (this.#running) this.#trial?.abandon()
    else this.#running = this.#runWhileWanted().catch((error: unknown) => this.#fail(error))
  }

  /** Resolves once no process of the runs is left. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#trial?.abandon()
    await this.#running
    await this.#trial?.suites.close()
  }

  #fail(error: unknown): void {
    this.#running = undefined
    this.#listener.onFault(error)
  }

  async #runWhileWanted(): Promise<void> {
    while (this.#isWanted && !this.#isOver) {
      this.#isWanted = false
      this.#trial ??= await Trial.open(this.#asked)
      const attempt = await this.#trial.run(this.#stale)
      if (!this.#isWanted && !this.#isOver) this.#listener.onAttempt(attempt)
    }
    this.#running = undefined
    if (!this.#isOver) this.#trial?.suites.keepWarm()
  }
}
