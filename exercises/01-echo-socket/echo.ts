// What the server of step 1 does with a connection: every byte goes back to whoever sent it.

import { todo } from '#given/kit/todo.ts'
import type { Socket } from 'node:net'

/** Sends back each byte that comes in, and ends when the client has ended. */
export function echo(socket: Socket): void {
  // TODO 1.2: Send back what comes in: the socket's `data` event brings it, `write` sends it.
  // TODO 1.3: When the client has finished (`end`), finish too.
  // TODO 1 strict: A client that sends and never reads: stop reading when `write` says that its bytes have to wait.
  todo(1, 2)
}
