// A time limit for one wait after another, such as those of a connection for its client. Given whole.

/**
 * Calls `ring` when a wait takes too long. Most are over long before that: a timer for each would be set and cleared
 * thousands of times a second and never ring. This one is left to run, and looks when it fires whether it is time. With a
 * timer for each wait, our own part of a small request took 1.1 times the CPU.
 */
export class Alarm {
  readonly #ring: () => void
  #timer: NodeJS.Timeout | undefined
  /** When the timer fires, and when the wait is over, if there is one; both by `performance.now()`. */
  #fires = Infinity
  #due = Infinity
  #began = 0

  constructor(ring: () => void) {
    this.#ring = ring
  }

  /** A wait begins now, which may take so many ms. */
  set(ms: number): void {
    // Not the time of day: somebody may set that clock back.
    this.#began = performance.now()
    this.#due = this.#began + ms
    if (this.#due < this.#fires) this.#start(ms)
  }

  /** The wait is over. Gives the ms that it took. */
  clear(): number {
    this.#due = Infinity
    return this.elapsed
  }

  /** ms since the last wait began. */
  get elapsed(): number {
    return performance.now() - this.#began
  }

  /** There will be no more waits. */
  end(): void {
    clearTimeout(this.#timer)
    this.#fires = -Infinity
  }

  #start(ms: number): void {
    clearTimeout(this.#timer)
    this.#fires = this.#due
    this.#timer = setTimeout(() => this.#look(), ms)
  }

  #look(): void {
    const left = this.#due - performance.now()
    this.#fires = Infinity
    if (left <= 0) this.#ring()
    else if (left < Infinity) this.#start(left)
  }
}
