// Runs attacks on servers, one after the other, and tells what each of them came to.
import { setTimeout as after } from 'node:timers/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Host } from '#given/kit/host/host.ts'
import { LIMITS } from './catalogue.ts'
import { AttackClient, type Attack, type Outcome } from './client.ts'
import { faultsOf, type Seen } from './judge.ts'
import { mostMemory, usage } from './usage.ts'
import { root } from '../lib/catalogue.ts'
import { atMost } from '../lib/time.ts'

/** ms that an attack may go on. A server that holds has ended it before. */
const PATIENCE = 2500
/** So many connections are made at a time, `PAUSE` ms apart: the system lets only so many queue. */
const AT_ONCE = 100
const PAUSE = 10
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
  #host: Host | undefined

  /** `server` is the path of a floor's server.ts. */
  constructor(server: string) {
    this.#server = server
  }

  /** Rejects with a Todo when the server reaches one. */
  async run(attack: Attack): Promise<Report> {
    const report: Report = { attack, outcomes: [], faults: [], ms: 0, cpu: 0, memory: 0, wait: 0 }
    const host = this.#host?.alive ? this.#host : new Host('process')
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

  async #attack(attack: Attack, host: Host, report: Report): Promise<void> {
    const port = await this.#start(host, { ...LIMITS, ...attack.limits })
    const memory = Number(await host.ask('memory'))
    const before = await usage(host)
    const assault = this.#assail(attack, port, report)
    report.memory = Math.max(0, (await mostMemory(host, assault)) - memory)
    report.faults = faultsOf(attack, report.outcomes, await assault, report.memory)
    await host.notices()
    report.cpu = (await usage(host)).cpu - before.cpu
    await host.ask('stop', { port })
  }

  async #start(host: Host, limits: Record<string, number>): Promise<number> {
    const words = { server: this.#server, host: '127.0.0.1', port: 0, limits, application }
    const reply = await host.ask('start', words)
    if (reply instanceof Object && 'port' in reply) return Number(reply.port)
    throw new Error('startServer() did not say which port it listens on.')
  }

  /** Gives what another client has seen meanwhile. */
  async #assail(attack: Attack, port: number, report: Report): Promise<Seen> {
    this.#bystander.postMessage({ port })
    const began = performance.now()
    report.outcomes = await assail(attack, port)
    report.ms = performance.now() - began
    const seen = await this.#seen()
    report.wait = seen.worst
    return seen
  }

  /** Ends the asking, and tells what came of it. */
  #seen(): Promise<Seen> {
    return new Promise((resolve) => {
      this.#bystander.once('message', resolve)
      this.#bystander.postMessage({})
    })
  }
}

/** What became of each client, once all are through or the time is up. */
async function assail(attack: Attack, port: number): Promise<Outcome[]> {
  const clients: AttackClient[] = []
  while (clients.length < attack.clients) {
    const some = Array.from({ length: Math.min(AT_ONCE, attack.clients - clients.length) }, () => {
      const client = new AttackClient(port)
      client.socket.once('connect', () => attack.act(client))
      return client
    })
    clients.push(...some)
    await after(PAUSE)
  }
  await atMost(PATIENCE, Promise.all(clients.map((client) => client.over)))
  const outcomes = clients.map((client) => client.outcome)
  for (const client of clients) client.leave()
  return outcomes
}
