// What comes in on a socket, one chunk after the other, for whoever asks: the client has to wait when nobody does. Given
// whole.

import type { Socket } from 'node:net'

/** Bytes that may wait here unread before the client has to wait too. */
const READ_AHEAD = 65_536

export class Arrivals {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #waiting = 0
  #ended = false
  #error: Error | undefined
  /** Settles the one that waits for the next chunk, if one does. */
  #give: ((chunk: Buffer | Promise<null>) => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.once('close', () => this.end())
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('end', () => this.end())
  }

  /** The next chunk; null when no more will come. Rejects with the error that was given to `end`. */
  next(): Promise<Buffer | null> {
    const chunk = this.#chunks.shift()
    if (chunk === undefined) {
      if (this.#ended || this.#socket.destroyed) return this.#nothing()
      return new Promise((resolve) => (this.#give = resolve))
    }
    this.#waiting -= chunk.length
    if (this.#waiting <= READ_AHEAD) this.#socket.resume()
    return Promise.resolve(chunk)
  }

  /** No more will come, or none is waited for: with an error, this is the reason. */
  end(error?: Error): void {
    this.#error ??= error
    this.#ended = true
    const give = this.#give
    this.#give = undefined
    give?.(this.#nothing())
  }

  /** A chunk has come: for the one that waits, or to be kept for the next. */
  #take(chunk: Buffer): void {
    const give = this.#give
    this.#give = undefined
    if (give !== undefined) return give(chunk)
    this.#chunks.push(chunk)
    this.#waiting += chunk.length
    if (this.#waiting > READ_AHEAD) this.#socket.pause()
  }

  #nothing(): Promise<null> {
    return this.#error === undefined ? Promise.resolve(null) : Promise.reject(this.#error)
  }
}
