// How long one client may make us wait, by the clock on the wall: a byte now and then buys it no time.

import { Alarm } from '#given/08-hostile-clients/alarm.ts'
import type { Connection } from '#given/01-echo-socket/connection.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import type { Sink } from '../04-start-response/response.ts'
import type { ServerLimits } from './limits.ts'

/** Bytes that are sent in one go: whether a client takes them can be told only when it has taken them all. */
const PIECE = 1_048_576

export class Deadlines implements Sink {
  readonly #connection: Connection
  readonly #limits: ServerLimits
  /** What is awaited from the client: a request, the rest of its head, or its body. */
  #phase: 'idle' | 'head' | 'body' = 'idle'
  /** ms that the client may still keep us waiting for it. */
  #readTime = 0
  /** They ring when the client keeps us waiting too long: for its bytes, and until it takes ours. */
  readonly #reading = new Alarm(() => this.#giveUp())
  readonly #writing = new Alarm(() => this.#connection.destroy())
  /** How many writes wait for the client, and a promise that settles when the last of them has been done. */
  #waiting = 0
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
  }

  /** The head is there: what is read from now on is the body. */
  headIsOver(): void {
    this.#phase = 'body'
    this.#readTime = this.#limits.transferTime
  }

  /** The client has kept us waiting for its bytes too long. */
  #giveUp(): void {
    //> 8.1 Have the connection give up: its `giveUp` wants the error, which is `tooSlow(this.#phase)`.
    //> 8.2+ In the phase `idle` give up without an error: there is no request that a 408 could answer.
    this.#connection.giveUp(this.#phase === 'idle' ? undefined : tooSlow(this.#phase))
    //<
  }

  /** The next bytes of the client, in time. */
  readonly more = async (): Promise<Buffer | null> => {
    //> 8.1 Set the alarm `#reading` to `#readTime`, await `this.#connection.read()`, and clear the alarm. First take what
    //> the waiting took off `#readTime`: it is gone. Then, if these bytes end the phase `idle`, call `expectHead(true)`,
    //> which sets a time of its own for the head.
    //> 8.3+ In the phase `body` bytes earn time: as much as they take at `transferRate` bytes a second.
    //> 8.S Before they do, cut `#readTime` down to `transferTime`: a fast upload must not buy an hour of silence.
    this.#reading.set(this.#readTime)
    const bytes = await this.#connection.read()
    this.#readTime -= this.#reading.clear()
    if (bytes === null) return null
    if (this.#phase === 'idle') this.expectHead(true)
    if (this.#phase === 'body') this.#readTime = this.#withEarned(this.#readTime, bytes.length)
    return bytes
    //<
  }

  /** Sends bytes, or cuts the connection off when the client does not take them in time. Never rejects. */
  write(bytes: Uint8Array | string): Promise<void> | undefined {
    //> 8.1 Write to the connection, and give back what it gives.
    //> 8.4+ That is a promise only if the client keeps us waiting. Then set the alarm `#writing` to `transferTime`, wait,
    //> and clear it. (An `async` function will do; its type is then `Promise<void>`.)
    //> 8.S Send `PIECE` bytes at a time, each with the time that they earn on top: a large page gets as long as it
    //> needs, but nobody gets all of that at once. No application has to await its writes, so let them queue:
    //> `this.#written = this.#written.then(…)`.
    if (this.#waiting > 0 || bytes.length > PIECE) return this.#queue(() => this.#writeInPieces(bytes))
    // Most answers are taken at once, and then there is nothing to wait for.
    return this.#afterAll(this.#connection.write(bytes), bytes.length)
    //<
  }

  /** Sends what has been written, now. The same holds for that. */
  flush(): Promise<void> | undefined {
    //> 8.1 Flush the connection, and give back what it gives.
    //> 8.4+ As in `write`: where that is a promise, the client keeps us waiting.
    return this.#afterAll(this.#connection.flush(), 0)
    //<
  }

  //> -
  #afterAll(rest: Promise<void> | undefined, bytes: number): Promise<void> | undefined {
    return rest && this.#queue(() => this.#inTime(rest, bytes))
  }

  /** Has something written after all that waits to be. */
  #queue(write: () => Promise<void>): Promise<void> {
    this.#waiting++
    this.#written = this.#written.then(write).finally(() => this.#waiting--)
    return this.#written
  }

  async #writeInPieces(bytes: Uint8Array | string): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.slice(at, at + PIECE)
      const rest = this.#connection.write(piece)
      if (rest !== undefined) await this.#inTime(rest, piece.length)
    }
  }

  /** Waits until so many bytes have been written. */
  async #inTime(rest: Promise<void>, bytes: number): Promise<void> {
    this.#writing.set(this.#withEarned(this.#limits.transferTime, bytes))
    await rest
    this.#writing.clear()
  }

  #withEarned(ms: number, bytes: number): number {
    const { transferTime, transferRate } = this.#limits
    return Math.min(ms, transferTime) + (bytes / transferRate) * 1000
  }
  //<

  /** Awaits no more if nothing has come for `ms`. */
  endIfIdle(ms: number): void {
    if (this.#phase === 'idle' && this.#reading.elapsed >= ms) this.#connection.giveUp()
  }

  /** Sets no more deadlines. */
  end(): void {
    this.#reading.end()
    this.#writing.end()
  }

  /** Cuts the connection off. */
  cut(): void {
    this.#connection.destroy()
  }
}

function tooSlow(part: string): HttpError {
  return new HttpError(408, `The ${part} of the request took too long.`)
}
