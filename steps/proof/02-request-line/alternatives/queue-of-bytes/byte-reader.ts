// A correct step 2 in another style: the bytes wait in a queue and are taken one at a time, as a small machine that is
// told each byte; nothing is sliced or searched.

import { HttpError } from '#given/02-request-line/http-error.ts'

export type More = () => Promise<Uint8Array | null>

export class ByteReader {
  private readonly more: More
  private queue: number[] = []
  /** Those of the line so far. */
  private codes: number[] = []
  private hasEnded = false

  constructor(more: More) {
    this.more = more
  }

  get isEmpty(): boolean {
    return this.queue.length === 0
  }

  takeLine(limit: number, overLimit: number): string | undefined {
    for (let byte = this.queue.shift(); byte !== undefined; byte = this.queue.shift()) {
      if (byte === 10 && this.codes.at(-1) !== 13) throw new HttpError(400, 'That LF has no CR.')
      if (byte === 10) return String.fromCharCode(...this.codes.splice(0).slice(0, -1))
      this.codes.push(byte)
      const length = byte === 13 ? this.codes.length - 1 : this.codes.length
      if (length > limit) throw new HttpError(overLimit, 'That line is too long.')
    }
    return undefined
  }

  async readLine(limit: number, overLimit: number): Promise<string | null> {
    for (;;) {
      const line = this.takeLine(limit, overLimit)
      if (line !== undefined) return line
      await this.refill()
      if (!this.isEmpty) continue
      if (this.codes.length === 0) return null
      throw new HttpError(400, 'That is no whole line.')
    }
  }

  async read(size: number): Promise<Buffer | null> {
    if (this.isEmpty) await this.refill()
    return this.isEmpty ? null : Buffer.from(this.queue.splice(0, size))
  }

  private async refill(): Promise<void> {
    if (this.hasEnded) return
    const bytes = await this.more()
    if (bytes === null) this.hasEnded = true
    else this.queue.push(...bytes)
  }
}
