// The wire client: sends bytes, remembers every byte both ways, and says clearly when something else came back.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { toBytes } from '../failure/bytes.ts'
import { Failure, wireFailure, type Scene } from '../failure/failure.ts'
import { PATIENCE, Patience, type Turns } from './patience.ts'
import { Incoming, type Response } from './response-reader.ts'

/** How many times as long a response may take of which more keeps coming: a large one, on a busy machine. */
const PATIENT_TURNS = 5

/** What is known of a connection before anything is sent on it. */
export type Origin = Omit<Scene, 'sent' | 'received'>

export class WireClient {
  readonly socket: Socket
  readonly #origin: Origin
  readonly #sent: Buffer[] = []
  /** What has come, and room for more. */
  #room = Buffer.alloc(0)
  #size = 0
  /** The server has finished, in order or not. */
  ended = false
  /** The connection is no more; `reset` tells that it was cut and not ended. */
  closed = false
  reset = false

  constructor(socket: Socket, origin: Origin) {
    this.socket = socket
    this.#origin = { ...origin }
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#keep(chunk))
    socket.on('end', () => (this.ended = true))
    socket.on('error', () => (this.reset = true))
    socket.on('close', () => (this.closed = true))
  }

  static async open(port: number, origin: Origin): Promise<WireClient> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    await once(socket, 'connect').catch((error: Error) => {
      throw new Failure(`Nobody takes connections on your server's port any more (${error.message}).`)
    })
    return new WireClient(socket, origin)
  }

  /** All that has come. */
  get received(): Buffer {
    return this.#room.subarray(0, this.#size)
  }

  /** Each byte is copied once, or twice at the most: a waiting test looks at all of them whenever some have come. */
  #keep(chunk: Buffer): void {
    const before = this.received
    if (before.length + chunk.length > this.#room.length) {
      this.#room = Buffer.alloc(2 * (before.length + chunk.length))
      this.#room.set(before)
    }
    this.#room.set(chunk, before.length)
    this.#size += chunk.length
  }

  get scene(): Scene {
    return { ...this.#origin, sent: Buffer.concat(this.#sent), received: this.received }
  }

  async send(data: string | Uint8Array): Promise<void> {
    const bytes = toBytes(data)
    this.#sent.push(bytes)
    if (this.closed || this.socket.destroyed) return
    await new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()))
  }

  /** For the patience with the server. */
  turns: Turns = async () => true

  /** What `sendPieces` waits for after each piece. */
  pause: () => Promise<unknown> = () => new Promise((resolve) => setImmediate(resolve))

  /** Sends the pieces one after another, each in a packet of its own as far as the system allows. */
  async sendPieces(pieces: Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      await this.send(piece)
      await this.pause()
    }
  }

  /** Finishes sending; the server may still answer. */
  finish(): void {
    this.#origin.finished = true
    this.socket.end()
  }

  /** Cuts the connection off with a reset, as a crash or a pulled cable would. */
  cut(): void {
    this.socket.resetAndDestroy()
  }

  leave(): void {
    this.socket.destroy()
  }

  /** Waits until exactly these bytes have come. */
  async receives(expected: string | Uint8Array): Promise<void> {
    const wanted = toBytes(expected)
    await this.until(() => this.received.length >= wanted.length || this.closed)
    if (this.received.equals(wanted)) return
    const what = this.received.length === 0 ? 'Nothing came back' : 'Other bytes came back than were expected'
    throw wireFailure(`${what} within ${PATIENCE / 1000} s.`, this.scene, wanted)
  }

  /** Waits until the server has finished its half. */
  async ends(): Promise<void> {
    if (await this.until(() => this.ended || this.closed)) return
    throw wireFailure(`Your server did not end the connection within ${PATIENCE / 1000} s.`, this.scene)
  }

  /** Waits until the server has cut the connection off: with a reset, which a client can tell from an end in order. */
  async isCut(why: string): Promise<void> {
    await this.until(() => this.ended || this.closed)
    if (this.reset) return
    const what = this.ended ? 'ended the connection as if all were well' : 'left the connection open for 1 s'
    throw wireFailure(`Your server ${what}; it should have cut it off.\n${why}`, this.scene)
  }

  /** What has come, without the responses that were taken. */
  get rest(): Buffer {
    return this.received.subarray(this.#taken)
  }

  /**
   * Waits for one whole response, as its framing has it (to HEAD, a head), and takes its bytes. A long one may take
   * longer than `PATIENCE`, while more of it keeps coming.
   */
  async response(method = 'GET'): Promise<Response> {
    const incoming = new Incoming(this.rest, method)
    const isWhole = () => {
      incoming.bytes = this.rest
      return incoming.isWhole(this.ended || this.closed)
    }
    for (let turn = 0, size = -1; turn < PATIENT_TURNS && this.received.length > size; turn++) {
      size = this.received.length
      if (await this.until(isWhole)) break
    }
    const response = incoming.parse(this.scene, this.ended || this.closed)
    this.#taken += response.length
    return response
  }
  #taken = 0

  /** Waits until `ready` says so; false when our patience ends before that. Looks whenever something happens. */
  async until(ready: () => boolean): Promise<boolean> {
    const patience = new Patience(this.turns)
    while (!ready()) {
      if (this.closed || (await patience.isOver())) return ready()
      await this.#news(patience.left)
    }
    return true
  }

  /** Settles at the next event, or after `ms`. Leaves no listener behind: an answer may come in many pieces. */
  #news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        for (const event of ['data', 'end', 'close']) this.socket.off(event, settle)
        resolve()
      }
      const timer = setTimeout(settle, ms)
      for (const event of ['data', 'end', 'close']) this.socket.on(event, settle)
    })
  }
}
