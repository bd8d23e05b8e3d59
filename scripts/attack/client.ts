// What an attack is, and one hostile connection of it: what it sends, and what became of it.
import { connect, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** Bytes of what comes back that are kept: enough to see every answer that counts. */
const KEPT = 65_536
/** ms that a deaf client reads nothing: two or three times what the server should allow for. */
const DEAF = 1500
/** So many connections are made at a time, `PAUSE` ms apart: the system lets only so many queue. */
const AT_ONCE = 100
const PAUSE = 10

/**
 * What a client comes to: its last status; the end without an answer; an answer that breaks off; pages, each whole; a
 * second answer to what was one request; a reset in place of an answer; or none of these for as long as we waited.
 */
export type Result = number | 'silence' | 'cut short' | 'pages' | 'two answers' | 'reset' | 'held open'

export interface Attack {
  name: string
  /** How many clients do it at once. */
  clients: number
  act: (client: AttackClient) => void
  /** Each client should come to one of these, and each of these should come of some client. Empty: it does not matter. */
  wants: Result[]
  /** Beside those of `LIMITS`. */
  limits?: Record<string, number>
  /** Others may be turned away with a 503 meanwhile. */
  mayTurnOthersAway?: boolean
}

export interface Outcome {
  /** The statuses that came, in their order, without interim ones. */
  statuses: number[]
  /** How the server left it: it finished, cut it off, or did neither. */
  end: 'ended' | 'cut' | 'open'
  sent: number
  received: number
}

export class AttackClient {
  readonly socket: Socket
  #kept = ''
  #end: Outcome['end'] = 'open'
  /** Settles when the server has finished or cut the connection off. */
  readonly over: Promise<void>

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.socket.setNoDelay(true)
    this.socket.on('data', (chunk: Buffer) => {
      if (this.#kept.length < KEPT) this.#kept += chunk.toString('latin1', 0, KEPT)
    })
    this.over = new Promise((resolve) => {
      const settle = (end: Outcome['end']) => {
        if (this.#end === 'open') this.#end = end
        resolve()
      }
      this.socket.on('end', () => settle('ended'))
      this.socket.on('error', () => settle('cut'))
      this.socket.on('close', () => settle('cut'))
    })
  }

  get isOver(): boolean {
    return this.#end !== 'open' || this.socket.destroyed
  }

  get outcome(): Outcome {
    const found = this.#kept.matchAll(/^HTTP\/1\.1 ([2-5]\d\d) /gm)
    const { bytesWritten: sent, bytesRead: received } = this.socket
    return { statuses: Array.from(found, ([, status]) => Number(status)), end: this.#end, sent, received }
  }

  /** Whether the system takes more at once. */
  send(bytes: string | Buffer): boolean {
    return this.socket.write(bytes, 'latin1')
  }

  /** Sends these bytes every `ms`, for as long as anybody is there. */
  drip(bytes: string, ms: number): void {
    const timer = setInterval(() => {
      if (this.isOver) clearInterval(timer)
      else this.send(bytes)
    }, ms)
    this.socket.once('close', () => clearInterval(timer))
  }

  /** Sends these bytes over and over, as fast as they are taken, until `most` have gone or nobody is there. */
  flood(bytes: string, most: number): void {
    const block = Buffer.from(bytes.repeat(Math.ceil(65_536 / bytes.length)), 'latin1')
    const pour = () => {
      while (!this.isOver && this.socket.bytesWritten < most) if (!this.send(block)) return
    }
    this.socket.on('drain', pour)
    pour()
  }

  /** Reads nothing for a while, or only what is there every `ms`, and then all. */
  isDeaf(ms?: number): void {
    let isAwake = false
    this.socket.pause()
    this.socket.on('data', () => isAwake || this.socket.pause())
    const sips = ms === undefined ? undefined : setInterval(() => this.socket.resume(), ms)
    const wakes = setTimeout(() => {
      isAwake = true
      this.socket.resume()
    }, DEAF)
    this.socket.once('close', () => {
      clearInterval(sips)
      clearTimeout(wakes)
    })
  }
}

/** Makes `count` clients, a hundred at a time, and waits for each hundred. */
export async function makeMany<T>(count: number, make: () => T | Promise<T>): Promise<T[]> {
  const made: T[] = []
  while (made.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - made.length) }, make)
    made.push(...(await Promise.all(some)))
    await after(PAUSE)
  }
  return made
}
