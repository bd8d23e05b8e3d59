// What happens around every conversation: its errors are answered, and its connection ends. Given whole.

import type { Socket } from 'node:net'
import { Connection } from '#given/01-echo-socket/connection.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { page } from './page.ts'
import { report } from '#given/02-request-line/report.ts'

/** Where an answer goes. */
export type Outlet = Pick<Connection, 'write'>

/**
 * Lets `converse` have its conversation on a new connection. Never rejects, so that no client can end the server.
 * `outletOf`: where the answer to an error is written, for floors that also print what goes out.
 */
export async function attend(
  socket: Socket,
  converse: (connection: Connection) => Promise<void>,
  outletOf: (connection: Connection) => Outlet = (connection) => connection,
): Promise<void> {
  const connection = new Connection(socket)
  try {
    await converse(connection)
  } catch (error) {
    // Not awaited: a client that takes nothing would hold us up for ever, and `end` waits for it only so long.
    void outletOf(connection).write(errorPage(error))
  } finally {
    await connection.end()
  }
}

/** The client's fault is told to the client; a fault of our own is told to the terminal alone. */
function errorPage(error: unknown): string {
  if (error instanceof HttpError) return page(error.status, `${error.message}\n`)
  report('The server made a mistake', error)
  return page(500, 'The server made a mistake.\n')
}
