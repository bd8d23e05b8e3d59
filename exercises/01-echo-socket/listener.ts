// Accepts TCP connections and hands each one to a handler. Callers may rely on this: no connection, however it
// ends, takes the process down, and `close()` resolves within a second.

import { todo } from '#given/kit/todo.ts'
import { createServer, type Server, type Socket } from 'node:net'

export interface Address {
  host: string
  /** 0 asks the system for a free port. */
  port: number
}

export interface Listener {
  /** What listens: step 9 stops it, and leaves its connections alone. */
  server: Server
  /** The port that the system really gave. */
  port: number
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

export type ConnectionHandler = (socket: Socket) => void

/** Listens at `address`. Rejects with one clear sentence when the port cannot be had. */
export function listen(address: Address, onConnection: ConnectionHandler): Promise<Listener> {
  // TODO 1.1: Create a server with `createServer`, make it listen, and resolve with it, its port and `close`.
  // TODO 1.3: A client may finish sending and still want its answer: keep its half open (`allowHalfOpen`).
  // TODO 1.5: A connection can break at any moment. Node reports it as an `error` event on the socket.
  // TODO 1 strict: A port that is taken is an `error` event on the server: reject with a sentence that names the port.
  // TODO 1 strict: Remember the open sockets, so that `close` need not wait for clients that say nothing.
  todo(1, 1)
}

/** The port that a listening server was given, which differs from the one asked for when that was 0. */
function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen yet.')
  return address.port
}
