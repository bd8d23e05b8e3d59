// How many connections there may be at a time, in all and from one address. Given whole.

import type { Socket } from 'node:net'

export class Crowd {
  readonly #limits: { connections: number; connectionsPerAddress: number }
  readonly #byAddress = new Map<string, number>()
  #size = 0

  constructor(limits: { connections: number; connectionsPerAddress: number }) {
    this.#limits = limits
  }

  /** Counts a new connection in, until it closes. False: there are enough. */
  admits(socket: Socket): boolean {
    const address = socket.remoteAddress ?? ''
    const fromThere = this.#byAddress.get(address) ?? 0
    if (this.#size >= this.#limits.connections || fromThere >= this.#limits.connectionsPerAddress)
      return false
    this.#size++
    this.#byAddress.set(address, fromThere + 1)
    socket.once('close', () => this.#leave(address))
    return true
  }

  /** Does that, and turns away a client for whom there is no room. */
  readonly letIn = (socket: Socket): boolean => {
    const isAdmitted = this.admits(socket)
    if (!isAdmitted) refuse(socket)
    return isAdmitted
  }

  #leave(address: string): void {
    this.#size--
    const fromThere = (this.#byAddress.get(address) ?? 1) - 1
    if (fromThere === 0) this.#byAddress.delete(address)
    else this.#byAddress.set(address, fromThere)
  }
}

// RFC 9110, section 15.6.4. There is no time to hear what the client wants.
const BUSY =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/** How long, in ms, a client that is turned away may go on sending: bytes left unread would cost it our answer. */
const LINGER = 1000

/** Turns a client away in a sentence that costs next to nothing. */
export function refuse(socket: Socket): void {
  socket.end(BUSY)
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => clearTimeout(timer))
}
