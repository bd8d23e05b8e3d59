// Keeps a number of worker processes alive. Knows nothing of how a process is made: that is `fork`.

import type { ForkedWorker as Worker } from '#given/09-many-cores/fork-worker.ts'
import { report } from '#given/02-request-line/report.ts'

/** How soon a worker that has ended is replaced; all in ms. */
export interface Pace {
  /** A worker that ended sooner after its start than this ended early. */
  early: number
  /** How long we wait before we replace such a worker: twice as long each time, up to the longest. */
  backOff: number
  longest: number
}

const usualPace: Pace = { early: 5000, backOff: 100, longest: 10_000 }

export class Supervisor {
  readonly #fork: () => Worker
  readonly #count: number
  readonly #pace: Pace
  /** Those that serve, or are about to. */
  readonly #workers = new Set<Worker>()
  /** Those that have been told to stop, and have not ended yet. */
  readonly #leaving = new Set<Worker>()
  #isStopping = false
  #delay: number

  constructor(fork: () => Worker, count: number, pace = usualPace) {
    this.#fork = fork
    this.#count = count
    this.#pace = pace
    this.#delay = pace.backOff
  }

  /** Settles when all workers listen; rejects when one cannot, with none left running. */
  async start(): Promise<void> {
    //> 9.3 Start `#count` workers with `#startOne`, and wait for all of them.
    //> 9.S If one fails, `stop` the others, and await that, before you throw its error. A grace of 0 will do:
    //> they have answered nobody yet.
    try {
      await Promise.all(Array.from({ length: this.#count }, () => this.#startOne()))
    } catch (error) {
      await this.stop(0)
      throw error
    }
    //<
  }

  /** Settles when one worker more listens. */
  async #startOne(): Promise<void> {
    //> 9.3 Fork a worker (`this.#fork()`), add it to `#workers`, and wait until it is `ready`.
    //> 9.4+ Once it has `exited`, take it out of `#workers` and call `#replace`. Do not wait for that here, and say it
    //> before you wait for `ready`: a worker may end without ever having been ready.
    //> 9.S If it ended early (see `#pace`), call `#replace` only after `#delay` ms, and double `#delay`, up to
    //> the longest. If not, call it at once, and set `#delay` back. One that was told to stop does not count: it is not in
    //> `#workers` any more.
    const worker = this.#fork()
    const began = performance.now()
    this.#workers.add(worker)
    void worker.exited.then(() => {
      // One that was told to stop has been taken out already.
      if (!this.#workers.delete(worker)) return
      const { early, backOff, longest } = this.#pace
      const isEarly = performance.now() - began < early
      setTimeout(() => this.#replace(), isEarly ? this.#delay : 0)
      this.#delay = isEarly ? Math.min(this.#delay * 2, longest) : backOff
    })
    await worker.ready
    //<
  }

  /** Starts a worker, if there is one too few. */
  #replace(): void {
    if (this.#isStopping || this.#workers.size >= this.#count) return
    // One that cannot start ends, and its end brings us here again.
    this.#startOne().catch((error) => report('A worker could not be replaced', error))
  }

  /** Tells a worker to stop, and settles when it has ended: after `grace` ms, by force. */
  async #end(worker: Worker, grace: number): Promise<void> {
    this.#workers.delete(worker)
    this.#leaving.add(worker)
    //> 9.5 Tell it to `stop`, and wait until it has `exited`.
    //> 9.S After `grace` ms, `kill` it.
    const timer = setTimeout(() => worker.kill(), grace)
    worker.stop()
    await worker.exited
    clearTimeout(timer)
    //<
    this.#leaving.delete(worker)
  }

  /** Settles when all workers have ended: after `grace` ms, by force. */
  async stop(grace: number): Promise<void> {
    this.#isStopping = true
    const workers = [...this.#workers, ...this.#leaving]
    //> 9.5 `#end` all of them at the same time, and wait for that.
    await Promise.all(workers.map((worker) => this.#end(worker, grace)))
    //<
  }

  /** Puts new workers in the place of all, one by one: an old one is told to stop when its successor listens. */
  async reload(grace: number): Promise<void> {
    const old = [...this.#workers]
    for (const worker of old) {
      // One that ended meanwhile may have been replaced already; not if the successor of another stood in for it.
      if (this.#isStopping || (!this.#workers.has(worker) && this.#workers.size >= this.#count)) continue
      await this.#startOne()
      void this.#end(worker, grace)
    }
  }
}
