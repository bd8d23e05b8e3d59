// Cuts what comes through a pipe into frames.

import { HEADER_SIZE } from './frames.ts'

export type OnFrame = (kind: number, id: number, payload: Buffer) => void

/** Bytes are joined only where a frame goes over the end of a chunk. */
export class FrameReader {
  readonly #onFrame: OnFrame
  #chunks: Buffer[] = []
  #length = 0
  /** How many bytes must be there before it is worth looking again. */
  #wanted = HEADER_SIZE

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#wanted) return
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length)
    const rest = this.#takeFrames(bytes)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
  }

  #takeFrames(bytes: Buffer): Buffer {
    let start = 0
    for (;;) {
      this.#wanted = HEADER_SIZE
      if (bytes.length - start < HEADER_SIZE) return bytes.subarray(start)
      const payload = start + HEADER_SIZE
      const end = payload + bytes.readUInt32BE(start)
      this.#wanted = end - start
      if (bytes.length < end) return bytes.subarray(start)
      this.#onFrame(bytes.readUInt8(start + 4), bytes.readUInt32BE(start + 5), bytes.subarray(payload, end))
      start = end
    }
  }
}
