// How many requests one Python process is given at a time. Several are worth much while they are quick: their frames go
// together, and nobody waits in between. But what one process has been given no other can take, so a process that has
// been slow gets few, and regains trust little by little.

/** Enough that neither side waits for the other while a request takes longer than it takes to send one. */
const LEAST = 2
const MOST = 32
const STEP = 2
/** All that a process is given, it should answer within about this many ms. */
const HORIZON = 2

export class QueueDepth {
  limit = LEAST
  #answered = 0
  #since = performance.now()

  /** A request has been answered. */
  count(): void {
    this.#answered++
  }

  /** Judges the process by what it has answered since the last time. To be called every few ms while it is busy. */
  judge(): void {
    const now = performance.now()
    const reach = (this.#answered * HORIZON) / (now - this.#since)
    if (reach >= this.limit) this.limit = Math.min(this.limit + STEP, MOST)
    else if (reach < this.limit / 2) this.limit = LEAST
    this.#answered = 0
    this.#since = now
  }
}
