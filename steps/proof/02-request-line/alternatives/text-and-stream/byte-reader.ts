// A correct step 2 in another style: the bytes come through a Web stream, and wait as text in latin1 in place of a buffer.

import { HttpError } from '#given/02-request-line/http-error.ts'

export type More = () => Promise<Uint8Array | null>

export class ByteReader {
  readonly #source: ReadableStreamDefaultReader<string>
  #text = ''
  /** So far into the text there is no line end. */
  #searched = 0

  constructor(more: More) {
    const stream = new ReadableStream<string>(
      {
        async pull(controller) {
          const bytes = await more()
          if (bytes === null) controller.close()
          else controller.enqueue(Buffer.from(bytes).toString('latin1'))
        },
      },
      // Nothing is asked for before somebody waits for it.
      { highWaterMark: 0 },
    )
    this.#source = stream.getReader()
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  takeLine(limit: number, overLimit: number): string | undefined {
    const end = this.#text.indexOf('\n', this.#searched)
    if (end === -1) {
      // The last byte may be the CR of a line that is just short enough.
      if (this.#text.length > (this.#text.endsWith('\r') ? limit + 1 : limit))
        throw new HttpError(overLimit, `${limit} bytes are all that is taken.`)
      this.#searched = this.#text.length
      return undefined
    }
    const line = this.#take(end + 1)
    const sound = /^([^]*)\r\n$/.exec(line)?.[1]
    if (line.length > limit + 2) throw new HttpError(overLimit, `${limit} bytes are all that is taken.`)
    if (sound === undefined) throw new HttpError(400, 'CR and LF together end a line.')
    return sound
  }

  async readLine(limit: number, overLimit: number): Promise<string | null> {
    for (;;) {
      const line = this.takeLine(limit, overLimit)
      if (line !== undefined) return line
      if (!(await this.#grow())) return this.#lastLine()
    }
  }

  async read(size: number): Promise<Buffer | null> {
    if (this.isEmpty && !(await this.#grow())) return null
    return Buffer.from(this.#take(size), 'latin1')
  }

  #lastLine(): null {
    if (this.isEmpty) return null
    throw new HttpError(400, 'The last line has no end.')
  }

  #take(size: number): string {
    const taken = this.#text.slice(0, size)
    this.#text = this.#text.slice(size)
    this.#searched = 0
    return taken
  }

  async #grow(): Promise<boolean> {
    const { done, value = '' } = await this.#source.read()
    this.#text += value
    return !done
  }
}
