// Runs attacks on servers, one after the other, and tells what each of them came to.
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { LIMITS } from './catalogue.ts'
import { AttackClient, makeMany, type Attack, type Outcome } from './client.ts'
import { faultsOf, type Seen } from './judge.ts'
import { MeasuredHost } from './measured-host.ts'
import { root } from '../lib/catalogue.ts'
import { atMost } from '../lib/time.ts'

/** ms that an attack may go on. A server that holds has ended it before. */
const PATIENCE = 2500
/** What the servers run. */
const application = { file: join(root, 'steps', '08-hostile-clients', 'attacked.ts'), name: 'application' }

export interface Report {
  attack: Attack
  outcomes: Outcome[]
  /** Why the server fell; empty when it held. */
  faults: string[]
  /** ms that the attack took, and of the processor's time. */
  ms: number
  cpu: number
  /** Bytes that the server grew by meanwhile. */
  memory: number
  /** ms that another client had to wait at the longest. */
  wait: number
}

/** Servers to attack: a process that starts one for each attack, and another process when that has died of it. */
export class Arena {
  readonly #server: string
  readonly #bystander = new Worker(new URL('bystander.mjs', import.meta.url))
  #host: MeasuredHost | undefined

  /** `server` is the path of a floor's server.ts. */
  constructor(server: string) {
    this.#server = server
  }

  /** Rejects with a Todo when the server reaches one. */
  async run(attack: Attack): Promise<Report> {
    const report: Report = { attack, outcomes: [], faults: [], ms: 0, cpu: 0, memory: 0, wait: 0 }
    const host = this.#host?.alive ? this.#host : new MeasuredHost()
    this.#host = host
    const troubles: Error[] = []
    const hear = (error: Error) => troubles.push(error)
    host.on('trouble', hear)
    await this.#attack(attack, host, report).catch(hear)
    if (troubles.length > 0) await host.end()
    host.off('trouble', hear)
    const trouble = troubles.find(({ name }) => name !== 'Error' && name !== 'Failure') ?? troubles[0]
    if (trouble?.name === 'Todo') throw trouble
    // What killed the server explains all the rest.
    if (trouble !== undefined) report.faults = [trouble.message.replaceAll('\n', ' ')]
    return report
  }

  async end(): Promise<void> {
    await this.#bystander.terminate()
    await this.#host?.end()
  }

  async #attack(attack: Attack, host: MeasuredHost, report: Report): Promise<void> {
    const limits = { ...LIMITS, ...attack.limits }
    const port = await host.start({ server: this.#server, limits, application })
    const memory = await host.memory()
    const before = await host.usage()
    const assault = this.#assail(attack, port, report)
    report.memory = Math.max(0, (await host.mostMemory(assault)) - memory)
    report.faults = faultsOf(attack, report.outcomes, await assault, report.memory)
    await host.notices()
    report.cpu = (await host.usage()).cpu - before.cpu
    await host.ask('stop', { port })
  }

  /** Gives what another client has seen meanwhile. */
  async #assail(attack: Attack, port: number, report: Report): Promise<Seen> {
    this.#bystander.postMessage({ port })
    const began = performance.now()
    report.outcomes = await assail(attack, port)
    report.ms = performance.now() - began
    // Ends the asking.
    this.#bystander.postMessage({})
    const [seen] = await once(this.#bystander, 'message')
    report.wait = seen.worst
    return seen
  }
}

/** What became of each client, once all are through or the time is up. */
async function assail(attack: Attack, port: number): Promise<Outcome[]> {
  const clients = await makeMany(attack.clients, () => {
    const client = new AttackClient(port)
    client.socket.once('connect', () => attack.act(client))
    return client
  })
  await atMost(PATIENCE, Promise.all(clients.map((client) => client.over)))
  const outcomes = clients.map((client) => client.outcome)
  for (const { socket } of clients) socket.destroy()
  return outcomes
}
