// A `wsgi.input` made by hand, for tests of what is given: its bytes come from memory, or from a generator, and not
// from a socket.

import type { InputStream } from '#wsgi'

const LINE_FEED = 0x0a

export class BodyInput implements InputStream {
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>
  #buffer = Buffer.alloc(0)
  #ended = false
  /** Bytes that have been taken from the source. */
  taken = 0

  constructor(body: Uint8Array | AsyncIterable<Uint8Array>) {
    this.#source = body instanceof Uint8Array ? [body].values() : body[Symbol.asyncIterator]()
  }

  /** `size` bytes, or fewer at the end; without a size, all. */
  async read(size = Infinity): Promise<Buffer> {
    while (this.#buffer.length < size && !this.#ended) await this.#fill()
    return this.#take(size)
  }

  async readline(size = Infinity): Promise<Buffer> {
    let end = -1
    for (;;) {
      end = this.#buffer.indexOf(LINE_FEED)
      if (end !== -1 || this.#ended || this.#buffer.length >= size) break
      await this.#fill()
    }
    return this.#take(Math.min(size, end === -1 ? Infinity : end + 1))
  }

  async readlines(hint = Infinity): Promise<Buffer[]> {
    const lines: Buffer[] = []
    let bytes = 0
    for await (const line of this) {
      lines.push(line)
      bytes += line.length
      if (bytes >= hint) break
    }
    return lines
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const line = await this.readline()
      if (line.length === 0) return
      yield line
    }
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#source.next()
    if (done) {
      this.#ended = true
      return
    }
    this.taken += value.length
    this.#buffer = this.#buffer.length === 0 ? Buffer.from(value) : Buffer.concat([this.#buffer, value])
  }

  #take(size: number): Buffer {
    const taken = this.#buffer.subarray(0, size)
    this.#buffer = this.#buffer.subarray(taken.length)
    return taken
  }
}
