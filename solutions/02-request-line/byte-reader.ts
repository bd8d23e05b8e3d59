// Turns a stream of bytes, cut up by the network as it likes, back into lines. It knows no socket: its bytes come
// from `more`. What is left over after a message stays here for whoever reads on.

import { HttpError } from '#given/02-request-line/http-error.ts'

/** Gives the next bytes, however many came; null when no more will come. */
export type More = () => Promise<Uint8Array | null>

const NOTHING = Buffer.alloc(0)
//> -
const CR = 0x0d
/** So many bytes are looked at as text at a time: to cut a line out of a text is cheap, but keeps all of it in memory. */
const VIEW = 4096
//<

export class ByteReader {
  readonly #more: More
  /** The newest bytes, and how many of them have been taken. */
  #chunk: Buffer = NOTHING
  #taken = 0
  /** What has been taken of a line whose end has not come. */
  #begun = ''
  /** For who wants to be fast: a part of the newest bytes as text, and where it begins among them. */
  #text = ''
  #textAt = 0

  constructor(more: More) {
    this.#more = more
  }

  /** No bytes are left over from what has been read. */
  get isEmpty(): boolean {
    return this.#taken === this.#chunk.length
  }

  /**
   * The next line without its CRLF, each code unit one byte, from the bytes at hand; undefined when its end has not come
   * yet. Throws an HttpError: `overLimit` is its status for a line of more than `limit` bytes, CRLF not counted; 400 that
   * of a line which ends in a bare LF.
   */
  takeLine(limit: number, overLimit: number): string | undefined {
    //> 2.5 The bytes at hand are `this.#chunk` from `this.#taken` on. Take those up to and with the LF, or all if it
    //> has not come, and count them in `#taken`. What is taken goes behind `this.#begun`, the line so far.
    //> No end yet: keep the line in `#begun` for the next call, and give undefined. Else empty `#begun`, and give the line.
    //> 2.S Refuse a line that grows over `limit`, whether its end has come or not. A CR at the end may belong to it.
    //> 2.S Refuse a line that ends in LF alone: 400.
    while (!this.isEmpty) {
      const start = this.#look()
      const end = this.#text.indexOf('\n', start)
      const next = end === -1 ? this.#text.length : end + 1
      // V8 only links what is added to a string and joins it once, at the end: a byte at a time costs no more.
      const line = this.#begun + this.#text.slice(start, next)
      this.#taken = this.#textAt + next
      this.#begun = end === -1 ? line : ''
      // Of a line that has begun, a CR may be the half of its end.
      if (line.length > limit && line.replace(/\r\n?$/, '').length > limit)
        throw new HttpError(overLimit, `A line has more than ${limit} bytes.`)
      if (end === -1) continue
      if (line.charCodeAt(line.length - 2) !== CR)
        throw new HttpError(400, 'A line ends in LF without a CR before it.')
      return line.slice(0, -2)
    }
    return undefined
    //<
  }

  //> -
  /** Gives the place of the next byte in `#text`. */
  #look(): number {
    const at = this.#taken
    if (at >= this.#textAt + this.#text.length) {
      this.#text = this.#chunk.toString('latin1', at, at + VIEW)
      this.#textAt = at
    }
    return at - this.#textAt
  }
  //<

  /**
   * The line that `takeLine` gives, once its end has come; null when the stream ended before the line began. Throws what
   * `takeLine` throws, and an HttpError with status 400 for a line that breaks off.
   */
  async readLine(limit: number, overLimit: number): Promise<string | null> {
    //> 2.5 Try `takeLine`, and as long as it gives undefined, `await this.#fill()` for more bytes and try again.
    //> When `#fill` says false, no line will come any more: give null.
    //> 2.S A line that breaks off in the middle (`#begun` is not empty) is 400.
    for (;;) {
      const line = this.takeLine(limit, overLimit)
      if (line !== undefined) return line
      if (await this.#fill()) continue
      if (this.#begun === '') return null
      throw new HttpError(400, 'The request breaks off in the middle of a line.')
    }
    //<
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
    this.#text = ''
    this.#textAt = 0
    return this.#more().then(this.#keep)
  }

  readonly #keep = (chunk: Uint8Array | null): boolean => {
    if (chunk === null) return false
    this.#chunk = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    return true
  }
}
