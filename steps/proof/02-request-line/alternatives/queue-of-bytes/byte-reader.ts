// A correct step 2 in another style: the bytes wait in a queue and are taken one at a time, as a small machine that is
// told each byte; nothing is sliced or searched.

import { HttpError } from '#given/02-request-line/http-error.ts'

export type More = () => Promise<Uint8Array | null>

export class ByteReader {
  private readonly more: More
  private queue: number[] = []
  private hasEnded = false

  constructor(more: More) {
    this.more = more
  }

  get isEmpty(): boolean {
    return this.queue.length === 0
  }

  async readLine(limit: number, overLimit: number): Promise<string | null> {
    const codes: number[] = []
    for (;;) {
      const byte = await this.nextByte()
      if (byte === undefined && codes.length === 0) return null
      if (byte === undefined) throw new HttpError(400, 'That is no whole line.')
      if (byte === 10 && codes.at(-1) !== 13) throw new HttpError(400, 'That LF has no CR.')
      if (byte === 10) return String.fromCharCode(...codes.slice(0, -1))
      codes.push(byte)
      const length = byte === 13 ? codes.length - 1 : codes.length
      if (length > limit) throw new HttpError(overLimit, 'That line is too long.')
    }
  }

  async read(size: number): Promise<Buffer | null> {
    if (this.isEmpty) await this.refill()
    return this.isEmpty ? null : Buffer.from(this.queue.splice(0, size))
  }

  private async nextByte(): Promise<number | undefined> {
    if (this.isEmpty) await this.refill()
    return this.queue.shift()
  }

  private async refill(): Promise<void> {
    if (this.hasEnded) return
    const bytes = await this.more()
    if (bytes === null) this.hasEnded = true
    else this.queue.push(...bytes)
  }
}
