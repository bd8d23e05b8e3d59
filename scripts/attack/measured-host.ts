// Servers in a process of their own, and what they cost: memory and the processor's time.
import { setTimeout as after } from 'node:timers/promises'
import { Host } from '#given/kit/host/host.ts'

/** ms between two looks at the server's memory. */
const LOOK = 50

interface Order {
  /** The path of a floor's server.ts. */
  server: string
  limits: Record<string, number>
  application: { file: string; name: string }
}

export class MeasuredHost extends Host {
  constructor() {
    super('process')
  }

  /** Gives the port. */
  async start(order: Order): Promise<number> {
    const reply = await this.ask('start', { ...order, host: '127.0.0.1', port: 0 })
    if (reply instanceof Object && 'port' in reply) return Number(reply.port)
    throw new Error('startServer() did not say which port it listens on.')
  }

  /** Bytes in use, without garbage. */
  async memory(): Promise<number> {
    return Number(await this.ask('memory'))
  }

  /** Bytes that the process has now, garbage and all, and ms of the processor's time that it has had. */
  async usage(): Promise<{ rss: number; cpu: number }> {
    const found = await this.ask('usage')
    if (!(found instanceof Object && 'rss' in found && 'cpu' in found))
      throw new Error('The server tells no usage.')
    const { user, system }: Record<string, unknown> = { ...(found.cpu instanceof Object ? found.cpu : {}) }
    return { rss: Number(found.rss), cpu: (Number(user) + Number(system)) / 1000 }
  }

  /** Looks at the memory every now and then while `work` goes on. Gives the most bytes that were seen. */
  async mostMemory(work: Promise<unknown>): Promise<number> {
    let most = 0
    try {
      do most = Math.max(most, (await this.usage()).rss)
      while ((await Promise.race([work, after(LOOK, 'goes on')])) === 'goes on')
      return most
    } finally {
      // Nothing of it goes on when the server has died.
      await work
    }
  }
}
