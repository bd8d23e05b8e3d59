// How long a test waits for a server. A machine may be busy with other things: that is not the server's fault.

import { unhurried } from '../unhurried.ts'

/** How long, in ms, a server may take to answer: far more than any answer here needs. */
export const PATIENCE = unhurried(1000)
/** ms in which the event loop of a server that has nothing to do has turned, on a machine that has time for it. */
const AT_ONCE = 20
/** So many times `PATIENCE` is the most. */
const TIMES = 10

/** Whether the server's event loop turns within so many ms. */
export type Turns = (ms: number) => Promise<boolean>

export class Patience {
  readonly #turns: Turns
  #left = TIMES
  #deadline: number

  constructor(turns: Turns, ms = PATIENCE) {
    this.#turns = turns
    this.#deadline = Date.now() + ms
  }

  /** ms until it has to be asked again whether it is over. */
  get left(): number {
    return Math.max(this.#deadline - Date.now(), 0)
  }

  /** The time is up, and the server has had the time: it turns at once when it is asked to, or does not turn any more. */
  async isOver(): Promise<boolean> {
    if (this.left > 0) return false
    const began = Date.now()
    if (!(await this.#turns(PATIENCE))) return true
    if (Date.now() - began < AT_ONCE || --this.#left === 0) return true
    this.#deadline = Date.now() + PATIENCE
    return false
  }
}
