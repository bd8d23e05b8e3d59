// `wsgi.input` beside the simplest thing that could be one: all bytes in memory, and a place in them.
import * as fc from 'fast-check'
import { cutUp, NEXT } from './messages.ts'
import { readerOf, restOf, same, type Parts } from './read.ts'

interface Call {
  verb: 'read' | 'readline' | 'readlines'
  /** Undefined: called without an argument. */
  size: number | undefined
}

export const reads = fc.array(
  fc.record({
    verb: fc.constantFrom<Call['verb']>('read', 'readline', 'readlines'),
    size: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined }),
  }),
  { maxLength: 12 },
)

/** Makes the same calls to both. What follows the body must still be there in the end. */
export async function readsLikeModel(parts: Parts, body: Buffer, at: number[], calls: Call[]): Promise<void> {
  const reader = readerOf(parts, cutUp(Buffer.concat([body, NEXT]), at))
  const input = new parts.input.RequestInput(parts.body.lengthBody(reader, body.length))
  const model = new Model(body)
  for (const { verb, size } of [...calls, { verb: 'read', size: undefined } as const]) {
    const found = await input[verb](size)
    same(found, model[verb](size), `${verb}(${size ?? ''})`)
  }
  same(await restOf(reader), NEXT, 'what follows')
}

class Model {
  #left: Buffer

  constructor(body: Buffer) {
    this.#left = body
  }

  read(size = -1): Buffer {
    const taken = this.#left.subarray(0, size < 0 ? Infinity : size)
    this.#left = this.#left.subarray(taken.length)
    return Buffer.from(taken)
  }

  readline(size = -1): Buffer {
    const end = this.#left.indexOf(0x0a)
    const line = end === -1 ? this.#left.length : end + 1
    return this.read(size < 0 ? line : Math.min(size, line))
  }

  readlines(hint = -1): Buffer[] {
    const lines: Buffer[] = []
    const most = hint > 0 ? hint : Infinity
    let bytes = 0
    while (this.#left.length > 0 && bytes < most) {
      const line = this.readline()
      lines.push(line)
      bytes += line.length
    }
    return lines
  }
}
