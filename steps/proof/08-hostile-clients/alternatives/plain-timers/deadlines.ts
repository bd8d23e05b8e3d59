// A correct step 8 in another style: plain timers, which are set and cleared for each wait, and callbacks for writing.

import type { Connection } from '#given/01-echo-socket/connection.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import type { Sink } from '../04-start-response/response.ts'
import type { ServerLimits } from './limits.ts'

const LUMP = 262_144

export class Deadlines implements Sink {
  private readonly connection: Connection
  private readonly limits: ServerLimits
  private awaited: 'nothing' | 'head' | 'body' = 'nothing'
  private quietFrom = 0
  private credit = 0
  private readTimer: NodeJS.Timeout | undefined
  private writeTimer: NodeJS.Timeout | undefined
  private last: Promise<void> | undefined

  constructor(connection: Connection, limits: ServerLimits) {
    this.connection = connection
    this.limits = limits
  }

  expectHead(isBegun: boolean): void {
    this.awaited = isBegun ? 'head' : 'nothing'
    this.credit = isBegun ? this.limits.headTime : this.limits.idleTime
    this.quietFrom = performance.now()
  }

  headIsOver(): void {
    this.awaited = 'body'
    this.credit = this.limits.transferTime
  }

  readonly more = (): Promise<Buffer | null> => {
    const began = performance.now()
    this.readTimer = setTimeout(() => this.lose(), this.credit)
    return this.connection
      .read()
      .then((bytes) => this.account(bytes, performance.now() - began))
      .finally(() => clearTimeout(this.readTimer))
  }

  private account(bytes: Buffer | null, waited: number): Buffer | null {
    if (bytes === null) return null
    const left = Math.min(this.credit - waited, this.limits.transferTime)
    if (this.awaited === 'nothing') this.expectHead(true)
    else if (this.awaited === 'head') this.credit -= waited
    else this.credit = left + this.worth(bytes.length)
    return bytes
  }

  private lose(): void {
    if (this.awaited === 'nothing') return this.connection.giveUp()
    this.connection.giveUp(new HttpError(408, `Too slow: the ${this.awaited}.`))
  }

  private worth(bytes: number): number {
    return (1000 * bytes) / this.limits.transferRate
  }

  write(bytes: Uint8Array | string): Promise<void> {
    const before = this.last ?? Promise.resolve()
    const mine = before.then(() => this.send(bytes, 0))
    this.last = mine
    return mine
  }

  flush(): Promise<void> | undefined {
    return this.connection.flush()
  }

  /** Sends what stands from `at` on, lump by lump. */
  private async send(bytes: Uint8Array | string, at: number): Promise<void> {
    if (at >= bytes.length) return
    const lump = bytes.slice(at, at + LUMP)
    const ms = this.limits.transferTime + this.worth(lump.length)
    this.writeTimer = setTimeout(() => this.cut(), ms)
    await this.connection.write(lump)
    clearTimeout(this.writeTimer)
    return this.send(bytes, at + LUMP)
  }

  endIfIdle(ms: number): void {
    const silence = performance.now() - this.quietFrom
    if (this.awaited === 'nothing' && silence >= ms) this.connection.giveUp()
  }

  end(): void {
    clearTimeout(this.readTimer)
    clearTimeout(this.writeTimer)
  }

  cut(): void {
    this.connection.destroy()
  }
}
