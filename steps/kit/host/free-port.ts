// A port for a program of other people's that cannot be asked which one it took. What we write listens on port 0.

import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port of 127.0.0.1 that nobody has. Somebody may take it before the program does. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return address instanceof Object ? address.port : 0
}
