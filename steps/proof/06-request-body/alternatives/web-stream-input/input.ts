// A correct `wsgi.input` in another style: the body is a Web stream, its pieces wait in a list, and both `read` and
// `readline` are one loop with another question.

import type { InputStream } from '#wsgi'

/** How many of these bytes are wanted; `isEnough`: after them, none. */
type Choice = { count: number; isEnough: boolean }

export class RequestInput implements InputStream {
  private readonly source: ReadableStreamDefaultReader<Buffer>
  private waiting: Buffer[] = []
  private ask: (() => Promise<void>) | undefined
  private failure: Error | undefined
  private hasEnded: boolean

  constructor(body?: AsyncIterable<Buffer>, ask?: () => Promise<void>, _length?: number | 'chunked') {
    this.source = streamOf(body).getReader()
    this.ask = ask
    this.hasEnded = body === undefined
  }

  get isLost(): boolean {
    return Boolean(this.failure ?? this.ask)
  }

  get isOver(): boolean {
    return this.hasEnded && this.waiting.length === 0
  }

  read(size = -1): Promise<Buffer> {
    return this.collect(size, (piece, left) => ({ count: left, isEnough: piece.length >= left }))
  }

  readline(size = -1): Promise<Buffer> {
    return this.collect(size, (piece, left) => {
      const end = piece.findIndex((byte, index) => byte === 10 && index < left)
      return end === -1 ? { count: left, isEnough: piece.length >= left } : { count: end + 1, isEnough: true }
    })
  }

  async readlines(hint = -1): Promise<Buffer[]> {
    const wanted = hint > 0 ? hint : Infinity
    const lines: Buffer[] = []
    let bytes = 0
    while (bytes < wanted) {
      const line = await this.readline()
      if (line.length === 0) break
      bytes += line.length
      lines.push(line)
    }
    return lines
  }

  [Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    const next = () => this.readline()
    return (async function* () {
      for (;;) {
        const line = await next()
        if (line.length === 0) return
        yield line
      }
    })()
  }

  async drain(limit: number): Promise<boolean> {
    let bytes = this.waiting.reduce((sum, piece) => sum + piece.length, 0)
    this.waiting = []
    while (!this.isLost && !this.hasEnded && bytes <= limit) {
      await this.more().catch(() => false)
      bytes += this.waiting.reduce((sum, piece) => sum + piece.length, 0)
      this.waiting = []
    }
    return !this.isLost && this.hasEnded && bytes <= limit
  }

  private async collect(size: number, choose: (piece: Buffer, left: number) => Choice): Promise<Buffer> {
    const taken: Buffer[] = []
    let left = size < 0 ? Infinity : size
    while (left > 0 && (this.waiting.length > 0 || (await this.more()))) {
      const piece = this.waiting.shift() ?? Buffer.alloc(0)
      const { count, isEnough } = choose(piece, left)
      taken.push(piece.subarray(0, count))
      if (piece.length > count) this.waiting.unshift(piece.subarray(count))
      left -= Math.min(piece.length, count)
      if (isEnough) break
    }
    return Buffer.concat(taken)
  }

  private async more(): Promise<boolean> {
    if (this.failure) throw this.failure
    const ask = this.ask
    this.ask = undefined
    try {
      await ask?.()
      const { done, value } = await this.source.read()
      this.hasEnded ||= done
      if (value !== undefined && value.length > 0) this.waiting.push(value)
      return !done
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error))
      throw this.failure
    }
  }
}

/** Takes a piece only when somebody reads. */
function streamOf(body: AsyncIterable<Buffer> | undefined): ReadableStream<Buffer> {
  const pieces = body?.[Symbol.asyncIterator]()
  return new ReadableStream<Buffer>(
    {
      async pull(controller) {
        const next = await pieces?.next()
        if (next === undefined || next.done) controller.close()
        else controller.enqueue(next.value)
      },
    },
    { highWaterMark: 0 },
  )
}
