// The server that `npm run bench limits` measures, in a process of its own.
import { fileURLToPath } from 'node:url'
import { Host } from '#given/kit/host/host.ts'
import { mostMemory, usage } from '../../attack/usage.ts'
import type { Step } from '../../lib/catalogue.ts'

/** What is measured, and what a measurement may do. */
export interface Target {
  step: Step
  /** The path of its server.ts. */
  server: string
  isSolution: boolean
  /** Aborted when a measurement is over or has taken too long: then nothing of it may go on. */
  over: AbortSignal
  /** Says in a sentence what this machine did not allow. */
  note: (sentence: string) => void
}

const application = {
  file: fileURLToPath(new URL('../servers/application.ts', import.meta.url)),
  name: 'app',
}
const MB = 2 ** 20

export class MeasuredServer {
  readonly port: number
  readonly #host: Host

  private constructor(host: Host, port: number) {
    this.#host = host
    this.port = port
  }

  /** It ends when the measurement is over. */
  static async start({ server, over }: Target, limits: Record<string, number> = {}): Promise<MeasuredServer> {
    const host = new Host('process')
    over.addEventListener('abort', () => void host.end())
    const reply = await host.ask('start', { server, host: '127.0.0.1', port: 0, limits, application })
    if (reply instanceof Object && 'port' in reply) return new MeasuredServer(host, Number(reply.port))
    throw new Error('startServer() did not say which port it listens on.')
  }

  /** MB in use, without garbage. */
  async memory(): Promise<number> {
    return Number(await this.#host.ask('memory')) / MB
  }

  /** The most MB that are in use while `work` goes on, garbage and all. */
  async mostMemory(work: Promise<unknown>): Promise<number> {
    return (await mostMemory(this.#host, work)) / MB
  }

  /** ms of the processor's time, so far. */
  async cpu(): Promise<number> {
    return (await usage(this.#host)).cpu
  }
}
