// One test's context: starts servers and clients, fails the test for whatever goes wrong in them, and clears up.

import { setTimeout as after } from 'node:timers/promises'
import { Failure } from './failure/failure.ts'
import { Host } from './host/host.ts'
import { listensOn, originOf, Server, startOn, type LaunchOptions } from './host/server.ts'
import { Todo, todoOf, todos } from './todo.ts'
import type { WireClient } from './wire/client.ts'

/** How long, in ms, close() may take after an unwritten part was reached. */
const UNWRITTEN = 100

/** The thread that servers run in: kept from test to test, since loading takes longer than most tests. */
let thread: Host | undefined

export class TestContext {
  readonly #step: number
  readonly #floor: number
  readonly #skip: (note: string) => never
  /** Each with how much it had printed before this test. */
  readonly #hosts = new Map<Host, number>()
  readonly #clients = new Set<WireClient>()
  readonly #open = new Map<number, Host>()
  #trouble: Error | undefined
  #troubled: (error: Error) => void = () => {}

  /** `skip` ends the test as one that was not run, and never returns. */
  constructor(step: number, floor: number, skip: (note: string) => never) {
    this.#step = step
    this.#floor = floor
    this.#skip = skip
  }

  /** Ends the test because this machine cannot run it: a summary counts it apart, with the note. Fails under CI. */
  notRun = (note: string): never => {
    if (process.env['CI']) throw new Failure(`Under CI every test runs, and this one could not: ${note}.`)
    return this.#skip(`not run: ${note}`)
  }

  /** What the servers printed since the test began. */
  get output(): string {
    return [...this.#hosts].map(([host, before]) => host.output.slice(before)).join('')
  }

  async run(body: (context: TestContext) => Promise<void> | void): Promise<void> {
    const hear = (error: Error) => {
      // A TODO explains the crash that follows from it.
      if (!(this.#trouble instanceof Todo)) this.#trouble = error
      this.#troubled(error)
    }
    const here = (message: unknown) => hear(todoOf(message))
    const trouble = new Promise<never>((_, reject) => (this.#troubled = reject))
    trouble.catch(() => {})
    this.#hear = hear
    todos.subscribe(here)
    try {
      await Promise.race([Promise.resolve(this).then(body), trouble])
      await this.#settle()
    } catch (error) {
      await this.#settle()
      throw this.#trouble ?? error
    } finally {
      todos.unsubscribe(here)
      await this.#clearUp(hear)
    }
    if (this.#trouble) throw this.#trouble
  }
  #hear: (error: Error) => void = () => {}

  launch = async (options: LaunchOptions = {}): Promise<Server> => {
    const host = this.#host(options.in ?? 'thread')
    const port = await startOn(host, this.#step, this.#floor, options)
    this.#open.set(port, host)
    return new Server({
      port,
      host,
      origin: originOf(this.#step, options),
      output: () => this.output,
      onClient: (client) => this.#clients.add(client),
      onClose: () => this.#open.delete(port),
    })
  }

  #host(kind: 'thread' | 'process'): Host {
    const host = kind === 'thread' && thread?.alive ? thread : new Host(kind)
    if (kind === 'thread') thread = host
    if (!this.#hosts.has(host)) {
      host.on('trouble', this.#hear)
      this.#hosts.set(host, host.output.length)
    }
    return host
  }

  /** Lets every message that is on its way arrive. */
  async #settle(): Promise<void> {
    for (const host of this.#hosts.keys())
      if (host.alive) await host.ask('ping').catch((error) => (this.#trouble ??= error))
  }

  async #clearUp(hear: (error: Error) => void): Promise<void> {
    for (const client of this.#clients) client.leave()
    for (const [port, host] of this.#open) {
      if (!host.alive) continue
      const stopped = host.ask('stop', { port }).catch((error) => (this.#trouble ??= error))
      // Where a handler is unwritten, nobody ends its connections, and close() may wait for them.
      const isUnwritten = this.#trouble instanceof Todo
      const outcome = await (isUnwritten ? Promise.race([stopped, after(UNWRITTEN, 'late')]) : stopped)
      if (outcome === 'late') await host.end()
      if (host.alive && (await listensOn(port))) this.#trouble ??= new Failure(LEAK)
    }
    for (const host of this.#hosts.keys()) {
      host.off('trouble', hear)
      // A thread in which something went wrong may hold what the next test would trip over. An unwritten part
      // leaves nothing behind.
      const isSound = this.#trouble === undefined || this.#trouble instanceof Todo
      if (host !== thread || !isSound) await host.end()
    }
  }
}

const LEAK = 'close() resolved, but the port still takes connections: the listening server is left behind.'
