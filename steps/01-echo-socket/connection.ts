// A socket whose events are wrapped in promises: `read` gives what came, `write` waits until there is room.
// The floors above talk to this and to nothing of node:net. Given whole: step 2 reads through it.

import type { Socket } from 'node:net'

/** Bytes that may wait here unread before the client has to wait too. */
const READ_AHEAD = 65_536
/** Bytes that may be held back for a moment. */
const HELD = 65_536
/** ms that the first of those who hold something back may have waited for the others. */
const MOMENT = 1
/** How long, in ms, a client may be silent after our answer, and how long it may go on sending all the same. */
const LULL = 1000
const LINGER = 10_000

export class Connection {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #waiting = 0
  #ended = false
  #error: Error | undefined
  /** Settles the read that waits, if one does. */
  #give: ((chunk: Buffer | Promise<null>) => void) | undefined
  /** What has been written and may wait. */
  #held = ''

  /** The connections that hold something back, and since when. */
  static #holders: Connection[] = []
  static #since = 0

  constructor(socket: Socket) {
    this.#socket = socket
    // A second small write would wait until the client has acknowledged the first one, which takes 40 ms.
    socket.setNoDelay(true)
    // Node forgets the address of a socket that has been reset, perhaps before we saw it.
    this.remoteAddress = socket.remoteAddress ?? ''
    this.remotePort = socket.remotePort ?? 0
    socket.once('close', () => this.#end())
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('end', () => this.#end())
  }

  /** The next bytes, as they came; null when the client has finished sending, or has gone. See also `giveUp`. */
  read(): Promise<Buffer | null> {
    const chunk = this.#chunks.shift()
    if (chunk === undefined) {
      if (this.#ended || this.isGone) return this.#nothing()
      return new Promise((resolve) => (this.#give = resolve))
    }
    this.#waiting -= chunk.length
    if (this.#waiting <= READ_AHEAD) this.#socket.resume()
    return Promise.resolve(chunk)
  }

  /** Waits for this client no longer: the read that waits, and all later ones, give null, or throw `error`. */
  giveUp(error?: Error): void {
    this.#error = error
    this.#end()
  }

  /** Nothing more can reach the client. One that has left in order looks, until we write, like one that listens. */
  get isGone(): boolean {
    return this.#socket.destroyed
  }

  /**
   * Sends bytes, or text whose every code unit is one byte. Gives nothing when the system took all of them at once, as it
   * mostly does; else a promise, which settles when it has, so that their buffer may be used again, or when the client has
   * gone. Never rejects. `mayWait`: nobody is kept from anything if these go out a moment later, since more come at once,
   * or an answer is over with them. (Not a chunk that others may follow: PEP 3333, "Buffering and Streaming", wants those
   * sent without delay.)
   */
  write(bytes: Uint8Array | string, mayWait = false): Promise<void> | undefined {
    const socket = this.#socket
    if (!socket.writable) return undefined
    if (mayWait && typeof bytes === 'string' && this.#hasRoom(bytes)) return this.#hold(bytes)
    if (this.#held !== '') socket.cork()
    this.#sendHeld()
    socket.write(bytes, 'latin1')
    if (socket.writableCorked > 0) socket.uncork()
    if (socket.writableLength === 0) return undefined
    // Nothing more is written, but in its turn: the callback comes after all that was written before.
    return new Promise((resolve) => socket.write('', () => resolve()))
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
    this.#sendHeld()
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
    this.#sendHeld()
    this.#socket.resetAndDestroy()
  }

  #hasRoom({ length }: string): boolean {
    return this.#socket.writableLength === 0 && this.#held.length + length <= HELD
  }

  /**
   * Puts text by until all who have asked something have been looked at: the answers to them then go out one after the
   * other. A client on this machine is woken once for all of them, where each write would wake it for one: 1.05 times the
   * requests, and 2.5 times where 16 are sent ahead.
   */
  #hold(text: string): undefined {
    const isFirst = this.#held === '' && Connection.#holders.push(this) === 1
    this.#held += text
    if (isFirst) {
      Connection.#since = performance.now()
      setImmediate(Connection.#sendAll)
    } else if (performance.now() - Connection.#since > MOMENT) Connection.#sendAll()
  }

  static #sendAll(): void {
    const holders = Connection.#holders
    Connection.#holders = []
    for (const holder of holders) holder.#sendHeld()
  }

  #sendHeld(): void {
    if (this.#held === '') return
    this.#socket.write(this.#held, 'latin1')
    this.#held = ''
  }

  /** A chunk has come: for the read that waits, or to be kept for the next. */
  #take(chunk: Buffer): void {
    const give = this.#give
    this.#give = undefined
    if (give !== undefined) return give(chunk)
    this.#chunks.push(chunk)
    this.#waiting += chunk.length
    if (this.#waiting > READ_AHEAD) this.#socket.pause()
  }

  /** No more will come, or none is waited for. */
  #end(): void {
    this.#ended = true
    const give = this.#give
    this.#give = undefined
    give?.(this.#nothing())
  }

  #nothing(): Promise<null> {
    return this.#error === undefined ? Promise.resolve(null) : Promise.reject(this.#error)
  }
}
