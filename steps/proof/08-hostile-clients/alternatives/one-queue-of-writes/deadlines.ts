// A correct step 8 in another style: a table says what each phase allows, one interval looks at all that is awaited, and
// writes stand in a queue that one loop empties.

import type { Connection } from '#given/01-echo-socket/connection.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import type { Sink } from '../04-start-response/response.ts'
import type { ServerLimits } from './limits.ts'

const SIZE = 131_072
/** ms between two looks at the clock. */
const LOOK = 10

type Phase = 'idle' | 'head' | 'body'

interface Waiting {
  until: number
  act: () => void
}

interface Job {
  bytes: Uint8Array | string
  done: () => void
}

export class Deadlines implements Sink {
  #phase: Phase = 'idle'
  #since = 0
  #left = 0
  #waits = new Set<Waiting>()
  #clock: NodeJS.Timeout | undefined
  #jobs: Job[] = []
  #isSending = false
  readonly #connection: Connection
  readonly #limits: ServerLimits

  constructor(connection: Connection, limits: ServerLimits) {
    this.#connection = connection
    this.#limits = limits
  }

  expectHead(isBegun: boolean): void {
    this.#since = performance.now()
    this.#enter(isBegun ? 'head' : 'idle')
  }

  headIsOver(): void {
    this.#enter('body')
  }

  #enter(phase: Phase): void {
    const { idleTime, headTime, transferTime } = this.#limits
    this.#phase = phase
    this.#left = { idle: idleTime, head: headTime, body: transferTime }[phase]
  }

  readonly more = async (): Promise<Buffer | null> => {
    const began = performance.now()
    const bytes = await this.#timed(this.#connection.read(), this.#left, () => this.#tooLate())
    this.#left -= performance.now() - began
    if (bytes === null) return null
    if (this.#phase === 'idle') this.expectHead(true)
    if (this.#phase === 'body') {
      const { transferTime, transferRate } = this.#limits
      this.#left = Math.min(transferTime, this.#left) + (bytes.length * 1000) / transferRate
    }
    return bytes
  }

  #tooLate(): void {
    if (this.#phase === 'idle') this.#connection.giveUp()
    else this.#connection.giveUp(new HttpError(408, 'That was too slow.'))
  }

  async #timed<T>(promise: Promise<T>, ms: number, act: () => void): Promise<T> {
    const waiting = { until: performance.now() + ms, act }
    this.#waits.add(waiting)
    this.#clock ??= setInterval(() => this.#look(), LOOK)
    try {
      return await promise
    } finally {
      this.#waits.delete(waiting)
      if (this.#waits.size === 0) this.end()
    }
  }

  #look(): void {
    for (const waiting of this.#waits)
      if (performance.now() > waiting.until) {
        this.#waits.delete(waiting)
        waiting.act()
      }
  }

  write(bytes: Uint8Array | string): Promise<void> {
    return new Promise((done) => {
      this.#jobs.push({ bytes, done })
      if (!this.#isSending) void this.#sendAll()
    })
  }

  /** Each piece is flushed as it is sent. */
  flush(): undefined {}

  async #sendAll(): Promise<void> {
    this.#isSending = true
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
      for (let at = 0; at < job.bytes.length; at += SIZE)
        await this.#sendPiece(job.bytes.slice(at, at + SIZE))
      job.done()
    }
    this.#isSending = false
  }

  async #sendPiece(piece: Uint8Array | string): Promise<void> {
    const rest = this.#connection.write(piece) ?? this.#connection.flush()
    if (rest === undefined) return
    const { transferTime, transferRate } = this.#limits
    await this.#timed(rest, transferTime + (piece.length * 1000) / transferRate, () => this.cut())
  }

  endIfIdle(ms: number): void {
    if (this.#phase !== 'idle') return
    if (performance.now() >= this.#since + ms) this.#connection.giveUp()
  }

  end(): void {
    clearInterval(this.#clock)
    this.#clock = undefined
  }

  cut(): void {
    this.#connection.destroy()
  }
}
