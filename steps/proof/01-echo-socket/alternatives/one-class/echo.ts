// An echo by hand: what `pipe` does, in four events.

import type { Socket } from 'node:net'

export function echo(socket: Socket): void {
  socket
    .on('data', (chunk) => {
      if (!socket.write(chunk)) socket.pause()
    })
    .on('drain', () => socket.resume())
    .on('end', () => socket.end())
}
