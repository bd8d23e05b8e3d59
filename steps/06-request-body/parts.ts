// Bytes that come in parts and are wanted in one piece. Given whole.

/** The most bytes for which room is made on a client's word. */
const ROOM = 1_048_576

const NOTHING = Buffer.alloc(0)

/**
 * Where it is known how many bytes will come, each part is copied to its place at once, and what it came in can be given
 * back: parts that wait for each other outlive the young generation of V8, whose price is high. A body of 1 MB takes 0.95
 * of the CPU.
 */
export class Parts {
  readonly #expected: number
  readonly #parts: Buffer[] = []
  #room: Buffer | undefined
  #length = 0

  /** `expected`: no more bytes than these will come. */
  constructor(expected: number) {
    this.#expected = expected
  }

  push(part: Buffer): void {
    if (this.#length === 0 && part.length < this.#expected && this.#expected <= ROOM)
      this.#room = Buffer.allocUnsafe(this.#expected)
    if (this.#room === undefined) this.#parts.push(part)
    else part.copy(this.#room, this.#length)
    this.#length += part.length
  }

  /** All of them. */
  get whole(): Buffer {
    if (this.#room !== undefined) return this.#room.subarray(0, this.#length)
    return this.#parts.length === 1 ? (this.#parts[0] ?? NOTHING) : Buffer.concat(this.#parts)
  }
}
