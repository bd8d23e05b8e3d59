// What the server of step 1 does with a connection: every byte goes back to whoever sent it.

import type { Socket } from 'node:net'

/** Sends back each byte that comes in, and ends when the client has ended. */
export function echo(socket: Socket): void {
  //> 1.2 Send back what comes in: the socket's `data` event brings it, `write` sends it.
  //> 1.3+ When the client has finished (`end`), finish too.
  //> 1.S A client that sends and never reads: stop reading when `write` says that its bytes have to wait.
  // `pipe` reads only as fast as it can write, and passes the end on.
  socket.pipe(socket)
  //<
}
