// How long a test waits for a server. A machine may be busy with other things: that is not the server's fault.

import { setTimeout as pause } from 'node:timers/promises'
import { unhurried } from '../unhurried.ts'

/** How long, in ms, a server may take to answer: far more than any answer here needs. */
export const PATIENCE = unhurried(1000)
/** ms in which the event loop of a server that has nothing to do has turned, on a machine that has time for it. */
const AT_ONCE = 20
/** So many times `PATIENCE` is the most. */
const TURNS = 10

export class Patience {
  readonly #turn: () => Promise<unknown>
  #turns = TURNS
  #deadline: number

  /** `turn` settles when the server's event loop has turned. */
  constructor(turn: () => Promise<unknown>, ms = PATIENCE) {
    this.#turn = turn
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
    const turned = this.#turn().then(
      () => true,
      () => false,
    )
    const hasTurned = await Promise.race([turned, pause(PATIENCE, false, { ref: false })])
    if (!hasTurned || Date.now() - began < AT_ONCE || --this.#turns === 0) return true
    this.#deadline = Date.now() + PATIENCE
    return false
  }
}
