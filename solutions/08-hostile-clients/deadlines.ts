// How long one client may make us wait, by the clock on the wall: a byte now and then buys it no time.

import type { Connection } from '../01-echo-socket/connection.ts'
import { HttpError } from '../02-request-line/http-error.ts'
import type { Sink } from '../04-start-response/response.ts'
import type { ServerLimits } from './limits.ts'

/** Bytes that are sent in one go: whether a client takes them can be told only when it has taken them all. */
const PIECE = 65_536

export class Deadlines implements Sink {
  readonly #connection: Connection
  readonly #limits: ServerLimits
  /** What is awaited from the client: a request, the rest of its head, or its body. */
  #phase: 'idle' | 'head' | 'body' = 'idle'
  #since = 0
  /** ms that the client may still keep us waiting for it. */
  #readTime = 0
  /** Settles when all that was to be written has been. */
  #written = Promise.resolve()

  constructor(connection: Connection, limits: ServerLimits) {
    this.#connection = connection
    this.#limits = limits
  }

  /** From now on a request is awaited. `isBegun`: bytes of it are there already. */
  expectHead(isBegun: boolean): void {
    const { headTime, idleTime } = this.#limits
    this.#phase = isBegun ? 'head' : 'idle'
    this.#readTime = isBegun ? headTime : idleTime
    this.#since = performance.now()
  }

  /** The head is there: what is read from now on is the body. */
  headIsOver(): void {
    this.#phase = 'body'
    this.#readTime = this.#limits.transferTime
  }

  /** The next bytes of the client, in time. */
  readonly more = async (): Promise<Buffer | null> => {
    //> 8.1 Await `this.#connection.read()`, for `#readTime` ms at the most: `timed`. When they are over, the connection
    //> gives up: `giveUp(tooSlow(this.#phase))`. When bytes have come, subtract from `#readTime` what the waiting took.
    //> Only then, if they end the phase `idle`, call `expectHead(true)`: the head has a time of its own, and what was
    //> idle is not taken off that.
    //> 8.2+ In the phase `idle` give up without an error: there is no request that a 408 could answer.
    //> 8.3+ In the phase `body` bytes earn time: as much as they take at `transferRate` bytes a second.
    //> 8.S Before they do, cut `#readTime` down to `transferTime`: a fast upload must not buy an hour of silence.
    const late = () => this.#connection.giveUp(this.#phase === 'idle' ? undefined : tooSlow(this.#phase))
    const [bytes, ms] = await timed(this.#connection.read(), this.#readTime, late)
    this.#readTime -= ms
    if (bytes === null) return null
    if (this.#phase === 'idle') this.expectHead(true)
    if (this.#phase === 'body') this.#readTime = this.#withEarned(this.#readTime, bytes.length)
    return bytes
    //<
  }

  /** Sends bytes, or cuts the connection off when the client does not take them in time. Never rejects. */
  write(bytes: Uint8Array | string): Promise<void> {
    //> 8.1 Write to the connection, and give back the promise that it gives.
    //> 8.4+ `destroy` the connection if that takes longer than `transferTime`.
    //> 8.S Send `PIECE` bytes at a time, each with the time that they earn on top: a large page gets as long as it
    //> needs, but nobody gets all of that at once. No application has to await its writes, so let them queue:
    //> `this.#written = this.#written.then(…)`.
    this.#written = this.#written.then(() => this.#writeInPieces(bytes))
    return this.#written
    //<
  }

  //> -
  async #writeInPieces(bytes: Uint8Array | string): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.slice(at, at + PIECE)
      const ms = this.#withEarned(this.#limits.transferTime, piece.length)
      await timed(this.#connection.write(piece), ms, () => this.#connection.destroy())
    }
  }

  #withEarned(ms: number, bytes: number): number {
    const { transferTime, transferRate } = this.#limits
    return Math.min(ms, transferTime) + (bytes / transferRate) * 1000
  }
  //<

  /** Awaits no more if nothing has come for `ms`. */
  endIfIdle(ms: number): void {
    if (this.#phase === 'idle' && performance.now() - this.#since >= ms) this.#connection.giveUp()
  }

  /** Cuts the connection off. */
  cut(): void {
    this.#connection.destroy()
  }
}

/** Awaits `promise`, and calls `late` if that takes longer than `ms`. Gives its value, and the ms that it took. */
async function timed<T>(promise: Promise<T>, ms: number, late: () => void): Promise<[value: T, ms: number]> {
  //> 8.1 Set a timer, await the promise, and clear the timer, also when the promise is rejected. The clock that never
  //> jumps is `performance.now()`.
  const began = performance.now()
  const timer = setTimeout(late, ms)
  try {
    return [await promise, performance.now() - began]
  } finally {
    clearTimeout(timer)
  }
  //<
}

function tooSlow(part: string): HttpError {
  return new HttpError(408, `The ${part} of the request took too long.`)
}
