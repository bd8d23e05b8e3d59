// One test's bench: starts servers and clients, fails the test for whatever goes wrong in them, and clears up.

import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ask, everyWay, type Answer } from './ask.ts'
import { Failure } from './failure.ts'
import { Host } from './host.ts'
import { Todo, todoOf, todos } from './todo.ts'
import { PATIENCE, WireClient } from './wire.ts'

const steps = fileURLToPath(new URL('..', import.meta.url))
/** A test of an earlier step may name an application for the floors above; its own server takes none. */
const FIRST_WITH_APPLICATIONS = 4
const tree = process.env['WORKSHOP_TREE'] ?? join(steps, '..', 'exercises')

/** How long, in ms, close() may take after an unwritten part was reached. */
const UNWRITTEN = 100

export interface LaunchOptions {
  /** `process` where memory is the matter; else a thread, which starts sooner. */
  in?: 'thread' | 'process'
  port?: number
  limits?: Record<string, number>
  /** The name of an application that the step's `applications.ts` exports. */
  application?: string
}

/** A server under test that listens on `port`. */
export interface Server {
  port: number
  connect(): Promise<WireClient>
  /** Sends a request whole and reads the answer. */
  ask(request: string): Promise<Answer>
  /** The same request whole, cut at each offset, a byte at a time, and with another glued on: `check` must pass each time. */
  everyWay(request: string, check: (answer: Answer) => void): Promise<void>
  /** Waits until the server has printed this. `what` says it in words, where a pattern would not be read gladly. */
  prints(text: string | RegExp, what?: string): Promise<void>
  /** Waits until the server has seen all that clients have done so far: a connection, some bytes, a reset. */
  notices(): Promise<void>
  close(): Promise<void>
  /** Resident bytes of the server's process (with `in: 'process'`). */
  memory(): Promise<number>
}

/** The thread that servers run in: kept from test to test, since loading takes longer than most tests. */
let thread: Host | undefined

export class Bench {
  readonly #step: number
  readonly #floor: number
  readonly #skip: (note: string) => never
  readonly #hosts = new Set<Host>()
  readonly #clients = new Set<WireClient>()
  readonly #open = new Map<number, Host>()
  readonly #outputBefore = thread?.output.length ?? 0
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
    return [...this.#hosts]
      .map((host) => host.output.slice(host === thread ? this.#outputBefore : 0))
      .join('')
  }

  async run(body: (bench: Bench) => Promise<void> | void): Promise<void> {
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
    const application = options.application && {
      file: join(steps, folderOf(this.#step), 'applications.ts'),
      name: options.application,
    }
    const reply = await host.ask('start', {
      server: join(tree, folderOf(this.#floor), 'server.ts'),
      host: '127.0.0.1',
      port: options.port ?? 0,
      limits: options.limits,
      application,
    })
    const port = portIn(reply)
    this.#open.set(port, host)
    return this.#serverAt(port, host, options)
  }

  #serverAt(port: number, host: Host, { application: name, limits }: LaunchOptions): Server {
    const isTold = name !== undefined && this.#step >= FIRST_WITH_APPLICATIONS
    const application = isTold ? { name, file: `steps/${folderOf(this.#step)}/applications.ts` } : undefined
    const notices = async () => {
      // Each round is a turn of the server's event loop; a connection, what it brings and its end take one each.
      for (let turn = 0; turn < 3; turn++) await host.ask('ping')
    }
    const open = async () => {
      const client = await WireClient.open(port, {
        step: this.#step,
        application,
        limits,
      })
      client.pause = notices
      this.#clients.add(client)
      return client
    }
    return {
      port,
      connect: open,
      ask: (request) => ask(open, request),
      everyWay: (request, check) => everyWay(open, request, check),
      prints: (text, what) => this.#prints(host, text, what),
      notices,
      close: async () => {
        this.#open.delete(port)
        await host.ask('stop', { port })
      },
      memory: async () => Number(await host.ask('memory')),
    }
  }

  #host(kind: 'thread' | 'process'): Host {
    const host = kind === 'thread' && thread?.alive ? thread : new Host(kind)
    if (kind === 'thread') thread = host
    if (!this.#hosts.has(host)) host.on('trouble', this.#hear)
    this.#hosts.add(host)
    return host
  }

  async #prints(host: Host, text: string | RegExp, what = String(text)): Promise<void> {
    const deadline = Date.now() + PATIENCE
    const found = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output))
    while (!found()) {
      if (Date.now() > deadline) throw new Failure(notPrinted(what, this.output))
      await host.ask('ping')
    }
  }

  /** Lets every message that is on its way arrive. */
  async #settle(): Promise<void> {
    for (const host of this.#hosts)
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
    for (const host of this.#hosts) {
      host.off('trouble', hear)
      // A thread in which something went wrong may hold what the next test would trip over. An unwritten part
      // leaves nothing behind.
      const isSound = this.#trouble === undefined || this.#trouble instanceof Todo
      if (host !== thread || !isSound) await host.end()
    }
  }
}

const LEAK = 'close() resolved, but the port still takes connections: the listening server is left behind.'

async function listensOn(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function folderOf(step: number): string {
  const start = `${String(step).padStart(2, '0')}-`
  const folder = readdirSync(steps).find((name) => name.startsWith(start))
  if (folder === undefined) throw new Error(`There is no step ${step}.`)
  return folder
}

function portIn(reply: unknown): number {
  if (reply instanceof Object && 'port' in reply && typeof reply.port === 'number' && reply.port > 0)
    return reply.port
  throw new Failure('startServer() must resolve with an object that has the port it listens on, and close().')
}

/** What the server did print stands below the failure anyway. */
function notPrinted(what: string, output: string): string {
  const nothing = output.trim() === '' ? ' It printed nothing.' : ''
  return `Your server should have printed\n  ${what}\nwithin 1 s.${nothing}`
}
