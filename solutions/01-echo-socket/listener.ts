// Accepts TCP connections and hands each one to a handler. Callers may rely on this: no connection, however it
// ends, takes the process down, and `close()` resolves within a second.

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
  //> 1.1 Create a server with `createServer`, make it listen, and resolve with it, its port and `close`.
  //> 1.3+ A client may finish sending and still want its answer: keep its half open (`allowHalfOpen`).
  //> 1.5+ A connection can break at any moment. Node reports it as an `error` event on the socket.
  //> 1.S A port that is taken is an `error` event on the server: reject with a sentence that names the port.
  //> 1.S Remember the open sockets, so that `close` need not wait for clients that say nothing.
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // An `error` that nobody listens for ends the process. Node destroys the socket by itself.
    socket.on('error', () => {})
    onConnection(socket)
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, address)))
    server.listen(address.port, address.host, () => {
      resolve({ server, port: portOf(server), close: () => closeAll(server, sockets) })
    })
  })
  //<
}

/** The port that a listening server was given, which differs from the one asked for when that was 0. */
function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen yet.')
  return address.port
}

//> -
function closeAll(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // `close` waits for the connections to end, and an idle client never would.
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}

function explain(error: NodeJS.ErrnoException, { host, port }: Address): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(`Port ${port} is already in use: stop the program that has it, or choose another port.`)
  }
  if (error.code === 'EACCES') {
    return new Error(`Port ${port} is not for ordinary users: choose one above 1023.`)
  }
  return new Error(`The server cannot listen on ${host}, port ${port}: ${error.message}`)
}
//<
