// An echo that reads its socket in a loop, and waits where the reference pipes.

import { once } from 'node:events'
import type { Socket } from 'node:net'

export function echo(socket: Socket): void {
  // A socket that breaks ends the loop with an error, and there is nothing more to do for it.
  mirror(socket).catch(() => socket.destroy())
}

async function mirror(socket: Socket): Promise<void> {
  // Without this option, leaving the loop would destroy the socket before what waits has gone out.
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
    if (!socket.write(chunk)) await once(socket, 'drain')
  socket.end()
}
