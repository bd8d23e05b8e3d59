// A connection that lies wholly in memory. One end is for a client; the other is taken by a node:http Server as if it
// had come in from the network.

import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { Duplex } from 'node:stream'
import type { Environ } from '#wsgi'

/** The client's end of a new connection to the server. */
export function connectionTo(server: Server, environ: Environ): Duplex {
  const near = new End()
  const far = Object.assign(new End(near), addressIn(environ))
  near.once('close', () => far.destroy())
  far.once('close', () => near.hangUp())
  server.emit('connection', far)
  return near
}

/** What is written to one end can be read at the other. A write is done when the other end asks for more. */
class End extends Duplex {
  #other: End | undefined
  /** Settles what was written at the other end last. */
  #taken: (() => void) | undefined

  constructor(other?: End) {
    super()
    this.#other = other
    if (other !== undefined) other.#other = this
  }

  // Not duplexPair() of node:stream: that passes the writer's own memory on, and yet calls the write done while the
  // bytes still wait to be read. A writer that then uses its buffer again would change what it has sent.
  override _write(chunk: Buffer, _encoding: BufferEncoding, taken: () => void): void {
    if (this.#other === undefined) return
    this.#other.#taken = taken
    this.#other.push(Buffer.from(chunk))
  }

  override _read(): void {
    const taken = this.#taken
    this.#taken = undefined
    taken?.()
  }

  override _final(done: () => void): void {
    this.#other?.push(null)
    done()
  }

  /** The other end is gone. What it had sent can still be read. */
  hangUp(): void {
    this.push(null)
    if (this.readableEnded) this.destroy()
    else this.once('end', () => this.destroy())
  }

  // What frameworks, and node:http itself, call on a socket. Time-outs and delays are for a connection to a client,
  // and that one is the server's.
  setTimeout = (): this => this
  setNoDelay = (): this => this
  setKeepAlive = (): this => this
  ref = (): this => this
  unref = (): this => this
}

/** The client as a socket would name it, and the sign by which frameworks know TLS. */
function addressIn(environ: Environ): object {
  const remoteAddress = String(environ['REMOTE_ADDR'] ?? '')
  return {
    remoteAddress,
    remotePort: Number(environ['REMOTE_PORT'] ?? 0),
    remoteFamily: isIPv6(remoteAddress) ? 'IPv6' : 'IPv4',
    ...(environ['wsgi.url_scheme'] === 'https' && { encrypted: true }),
  }
}
