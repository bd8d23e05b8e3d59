// A socket whose events are wrapped in promises: `read` gives what came, `write` takes what is to go. The floors above talk
// to this and to nothing of node:net. Given whole: step 2 reads through it, and needs only `read` and `write`.

import type { Socket } from 'node:net'
import { Arrivals } from './arrivals.ts'
import { Writer } from './writer.ts'

/** How long, in ms, a client may be silent after our answer, and how long it may go on sending all the same. */
const LULL = 1000
const LINGER = 10_000

export class Connection {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly #socket: Socket
  readonly #arrivals: Arrivals
  readonly #writer: Writer

  constructor(socket: Socket) {
    this.#socket = socket
    // A second small write would wait until the client has acknowledged the first one, which takes 40 ms.
    socket.setNoDelay(true)
    // Node forgets the address of a socket that has been reset, perhaps before we saw it.
    this.remoteAddress = socket.remoteAddress ?? ''
    this.remotePort = socket.remotePort ?? 0
    this.#arrivals = new Arrivals(socket)
    this.#writer = new Writer(socket)
  }

  /** The next bytes, as they came; null when the client has finished sending, or has gone. See also `giveUp`. */
  read(): Promise<Buffer | null> {
    return this.#arrivals.next()
  }

  /**
   * Sends bytes, or text whose every code unit is one byte: at the end of this turn of the event loop at the latest, or
   * with the next `flush`. Gives nothing, or a promise that settles when there is room for more: when the system has taken
   * all, so that their buffer may be used again, or when the client has gone. Never rejects.
   */
  write(bytes: Uint8Array | string): Promise<void> | undefined {
    return this.#writer.write(bytes)
  }

  /** Sends what has been written, now. Gives the same as `write`. */
  flush(): Promise<void> | undefined {
    return this.#writer.flush()
  }

  /** Waits for this client no longer: the read that waits, and all later ones, give null, or throw `error`. */
  giveUp(error?: Error): void {
    this.#arrivals.end(error)
  }

  /** Nothing more can reach the client. One that has left in order looks, until we write, like one that listens. */
  get isGone(): boolean {
    return this.#socket.destroyed
  }

  /** Calls `listener` once the client has gone. Gives back a function that removes it. */
  onGone(listener: () => void): () => void {
    this.#socket.once('close', listener)
    return () => this.#socket.off('close', listener)
  }

  /**
   * Ends our half, then reads on while bytes keep coming. A socket that is closed with bytes unread tells the client
   * "reset", and the client may throw our answer away unseen (RFC 9112, section 9.6).
   */
  async end(): Promise<void> {
    const socket = this.#socket
    void this.flush()
    socket.removeAllListeners('data')
    socket.end()
    socket.resume()
    socket.setTimeout(LULL, () => socket.destroy())
    const timer = setTimeout(() => socket.destroy(), LINGER)
    // Not `events.once`: it rejects at an `error`, and a reset is no more than another way to close.
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
    clearTimeout(timer)
  }

  /** Cuts the connection off: the client sees a fault, not an end. */
  destroy(): void {
    void this.flush()
    this.#socket.resetAndDestroy()
  }
}
