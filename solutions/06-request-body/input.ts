// `wsgi.input`: the body of a request as a file to read from, which ends where the body ends (PEP 3333, "Input and
// Error Streams").

import type { InputStream } from '#wsgi'
import { Parts } from '#given/06-request-body/parts.ts'

const LF = 0x0a
const NOTHING = Buffer.alloc(0)

export class RequestInput implements InputStream {
  /** Undefined when the body is over. */
  #body: AsyncIterator<Buffer> | undefined
  /** Asks the client for the body, where it waits to be asked. */
  #ask: (() => Promise<void>) | undefined
  /** Bytes that have come and were not read yet. */
  #bytes: Buffer = NOTHING
  /** So many bytes of the body are still to be read, at the most. */
  #expected: number
  #fault: unknown

  /** Where the body ends can no longer be told: it is broken, or the client still waits to be asked for it. */
  get isLost(): boolean {
    return this.#fault !== undefined || this.#ask !== undefined
  }

  /** All of the body has been read. */
  get isOver(): boolean {
    return this.#body === undefined && this.#bytes.length === 0
  }

  /**
   * Without a body there is nothing to read. `ask` is called once, before the first bytes are waited for. `length` is that
   * of the body, as `bodyLength` gives it.
   */
  constructor(
    body?: AsyncIterable<Buffer>,
    ask?: () => Promise<void>,
    length: number | 'chunked' = 'chunked',
  ) {
    this.#expected = length === 'chunked' ? Infinity : length
    this.#body = body?.[Symbol.asyncIterator]()
    this.#ask = ask
  }

  /** `size` bytes, or what is left of the body if that is less. Without a size, or with a negative one: all. */
  async read(size = -1): Promise<Buffer> {
    const parts = new Parts(Math.min(size < 0 ? Infinity : size, this.#expected))
    //> 6.2 Push parts until they have `size` bytes, or all. `this.#take(n)` takes n of the bytes at hand, `this.#bytes`,
    //> or as many as there are. When none are, `await this.#fill()` waits for more; false says that the body is over.
    for (let left = size < 0 ? Infinity : size; left > 0;) {
      if (this.#bytes.length === 0 && !(await this.#fill())) break
      const part = this.#take(left)
      left -= part.length
      parts.push(part)
    }
    //<
    return parts.whole
  }

  /** The bytes up to the next LF and with it, `size` at the most; at the end what is left. */
  async readline(size = -1): Promise<Buffer> {
    const parts = new Parts(Infinity)
    //> 6.3 Like `read`, but stop after the first LF, which `indexOf(LF)` finds among the bytes at hand. The LF is part of
    //> the line. A line of more than `size` bytes is cut there: its rest is for the next call.
    for (let left = size < 0 ? Infinity : size; left > 0;) {
      if (this.#bytes.length === 0 && !(await this.#fill())) break
      // No further than `left`: a line that is read in small pieces is looked through once, all the same.
      const end = this.#bytes.subarray(0, left).indexOf(LF)
      const part = this.#take(end === -1 ? left : end + 1)
      left -= part.length
      parts.push(part)
      if (part.at(-1) === LF) break
    }
    //<
    return parts.whole
  }

  /** All lines; with a hint, no more of them than are needed for that many bytes. */
  async readlines(hint = -1): Promise<Buffer[]> {
    const lines: Buffer[] = []
    //> 6.3 Collect the lines: `for await (const line of this)`.
    //> 6.S Stop once they have `hint` bytes. A hint of 0 or less means all, as in Python.
    let bytes = 0
    for await (const line of this) {
      lines.push(line)
      bytes += line.length
      if (hint > 0 && bytes >= hint) break
    }
    //<
    return lines
  }

  /** Line by line. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    //> 6.3 Yield lines until `readline` gives an empty one.
    for (let line = await this.readline(); line.length > 0; line = await this.readline()) yield line
    //<
  }

  /** Throws away what the application has left, about `limit` bytes at the most. True: the body is over. */
  async drain(limit: number): Promise<boolean> {
    //> 6.S True once `this.#fill()` says false. Count what it brings, and what was at hand before: once that is over
    //> `limit`, even before the first `#fill`, the answer is false, and no more is read. False, too, if the body is
    //> lost, or breaks off now: `#fill` throws then, and this promise never rejects.
    if (this.isLost) return false
    try {
      for (let bytes = this.#bytes.length; bytes <= limit; bytes += this.#bytes.length)
        if (!(await this.#fill())) return true
    } catch {
      // The client's fault; its request has been answered.
    }
    //<
    return false
  }

  /** `size` bytes of those at hand, or fewer. */
  #take(size: number): Buffer {
    const part = this.#bytes.subarray(0, size)
    this.#bytes = this.#bytes.subarray(part.length)
    this.#expected -= part.length
    return part
  }

  /** Waits for new bytes in place of the old ones. False: the body is over. A fault stays one, however often one reads. */
  async #fill(): Promise<boolean> {
    if (this.#fault !== undefined) throw this.#fault
    const ask = this.#ask
    this.#ask = undefined
    try {
      if (ask !== undefined) await ask()
      const next = await this.#body?.next()
      if (next === undefined || next.done) this.#body = undefined
      this.#bytes = next?.value ?? NOTHING
      return this.#body !== undefined
    } catch (error) {
      this.#fault = error
      throw error
    }
  }
}
