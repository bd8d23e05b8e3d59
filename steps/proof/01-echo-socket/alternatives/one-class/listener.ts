// A correct step 1 in another style: one class holds the server and its sockets, and events where the reference passes
// functions.

import { once } from 'node:events'
import { Server, type AddressInfo, type Socket } from 'node:net'

export interface Address {
  host: string
  port: number
}

export interface Listener {
  server: Server
  port: number
  close(): Promise<void>
}

export type ConnectionHandler = (socket: Socket) => void

export async function listen(address: Address, onConnection: ConnectionHandler): Promise<Listener> {
  return new Reception(onConnection).open(address)
}

class Reception implements Listener {
  readonly server = new Server({ allowHalfOpen: true })
  readonly #guests: Socket[] = []
  port = 0

  constructor(onConnection: ConnectionHandler) {
    this.server.on('connection', (guest: Socket) => {
      this.#guests.push(guest)
      guest.once('close', () => this.#guests.splice(this.#guests.indexOf(guest), 1))
      guest.on('error', () => guest.destroy())
      onConnection(guest)
    })
  }

  async open({ host, port }: Address): Promise<this> {
    this.server.listen({ host, port })
    try {
      await once(this.server, 'listening')
    } catch (cause) {
      throw new Error(`Nothing can be served on port ${port} of ${host}: is another program there?`, {
        cause,
      })
    }
    this.port = (this.server.address() as AddressInfo).port
    return this
  }

  close = async (): Promise<void> => {
    const closed = once(this.server, 'close')
    this.server.close()
    for (const guest of this.#guests) guest.destroy()
    await closed
  }
}
