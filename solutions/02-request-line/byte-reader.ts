// Turns a stream of bytes, cut up by the network as it likes, back into lines. It knows no socket: its bytes come
// from `more`. What is left over after a message stays here for whoever reads on.

import { HttpError } from '#given/02-request-line/http-error.ts'

/** Gives the next bytes, however many came; null when no more will come. */
export type More = () => Promise<Uint8Array | null>

const NOTHING = Buffer.alloc(0)
const LF = 0x0a
const CR = 0x0d
const EMPTY_LINE = Buffer.from('\r\n\r\n')

export class ByteReader {
  readonly #more: More
  /** The newest bytes, and how many of them have been taken. */
  #chunk: Buffer = NOTHING
  #taken = 0

  constructor(more: More) {
    this.#more = more
  }

  /** No bytes are left over from what has been read. */
  get isEmpty(): boolean {
    return this.#taken === this.#chunk.length
  }

  /**
   * The next line without its CRLF, each code unit one byte; null when the stream ended before it began.
   * Throws an HttpError: `overLimit` is its status for a line of more than `limit` bytes, CRLF not counted; 400
   * that of a line which breaks off or which ends in a bare LF.
   */
  async readLine(limit: number, overLimit: number): Promise<string | null> {
    //> 2.5 The bytes at hand are `this.#chunk` from `this.#taken` on.
    //> Take those up to the line's end (LF), or all if it has not come,
    //> and count them in `#taken`. Then `await this.#fill()` for more.
    //> When that says false, no line will come any more: give null.
    //> 2.S Refuse a line that grows over `limit`, whether its end has come or not.
    //> 2.S Refuse a line that ends in LF alone, or breaks off in the middle: 400 both.
    let line = ''
    for (;;) {
      const end = this.#chunk.indexOf(LF, this.#taken)
      const next = end === -1 ? this.#chunk.length : end + 1
      // V8 only links what is added to a string and joins it once, at the end: a byte at a time costs no more.
      line += this.#chunk.toString('latin1', this.#taken, next)
      this.#taken = next
      if (line.length > limit + 2) throw new HttpError(overLimit, `A line has more than ${limit} bytes.`)
      if (end !== -1) break
      if (await this.#fill()) continue
      if (line === '') return null
      throw new HttpError(400, 'The request breaks off in the middle of a line.')
    }
    if (!line.endsWith('\r\n')) throw new HttpError(400, 'A line ends in LF without a CR before it.')
    return line.slice(0, -2)
    //<
  }

  /** Where none are left over, waits for new bytes, or for the end. */
  async wait(): Promise<void> {
    if (this.isEmpty) await this.#fill()
  }

  /** The lines before the next empty one, if there are any and it has come within `limit` bytes; else undefined. */
  headAtHand(limit: number): string | undefined {
    const end = this.#chunk.indexOf(EMPTY_LINE, this.#taken)
    if (end === -1 || end - this.#taken > limit || this.#chunk[this.#taken] === CR) return undefined
    const head = this.#chunk.toString('latin1', this.#taken, end)
    this.#taken = end + EMPTY_LINE.length
    return head
  }

  /** The next bytes, `size` at the most, left-over ones first; null when the stream has ended. */
  read(size: number): Promise<Buffer | null> {
    if (this.isEmpty) return this.#fill().then((isThere) => (isThere ? this.#take(size) : null))
    return Promise.resolve(this.#take(size))
  }

  #take(size: number): Buffer {
    const bytes = this.#chunk.subarray(this.#taken, this.#taken + size)
    this.#taken += bytes.length
    return bytes
  }

  /** Waits for new bytes in place of the old ones, all of which have been taken. False: no more will come. */
  #fill(): Promise<boolean> {
    // Whoever keeps silent now, perhaps for long, is not to keep the old ones here.
    this.#chunk = NOTHING
    this.#taken = 0
    return this.#more().then(this.#keep)
  }

  readonly #keep = (chunk: Uint8Array | null): boolean => {
    if (chunk === null) return false
    this.#chunk = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    return true
  }
}
