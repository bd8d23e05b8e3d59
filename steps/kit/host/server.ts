// A server under test: how a test starts one, and what a test can do with it.

import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, everyWay, type Answer } from '../wire/ask.ts'
import { Failure } from '../failure/failure.ts'
import type { Host } from './host.ts'
import { patient } from '../unhurried.ts'
import { WireClient, type Origin } from '../wire/client.ts'
import { Patience, type Turns } from '../wire/patience.ts'

const steps = fileURLToPath(new URL('../..', import.meta.url))
const tree = process.env['WORKSHOP_TREE'] ?? join(steps, '..', 'exercises')
/** A test of an earlier step may name an application for the floors above; its own server takes none. */
const FIRST_WITH_APPLICATIONS = 4
/** How long, in ms, several processes may take to start. */
const PATIENCE_WITH_WORKERS = patient(15_000)
/** The first step whose server can be given any application, by `module:callable`. */
const FIRST_WITH_LOADER = 5

export interface LaunchOptions {
  /** `process` where memory is the matter; else a thread, which starts sooner. */
  in?: 'thread' | 'process'
  port?: number
  limits?: Record<string, number>
  /** From step 8 on: the addresses of proxies whose word the server takes for it. */
  trusted?: string[]
  /** From step 9 on, with `in: 'process'`: so many worker processes, which serve the floor's own page. */
  workers?: number
  /** The name of an application that the step's `applications.ts` exports; from step 5 on also `module:callable`. */
  application?: string
}

interface Parts {
  port: number
  host: Host
  origin: Origin
  /** What the servers of this test have printed so far. */
  output: () => string
  onClient: (client: WireClient) => void
  onClose: () => void
}

/** A server under test that listens on `port`. */
export class Server {
  readonly port: number
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.port = parts.port
    this.#parts = parts
  }

  connect = async (): Promise<WireClient> => {
    const client = await WireClient.open(this.port, this.#parts.origin)
    client.pause = () => this.notices()
    client.turns = this.turns
    this.#parts.onClient(client)
    return client
  }

  /** Sends a request whole and reads the answer. */
  ask(request: string): Promise<Answer> {
    return ask(this.connect, request)
  }

  /** The same request whole, cut at each offset, a byte at a time, and with another glued on: `check` must pass each time. */
  everyWay(request: string, check: (answer: Answer) => void): Promise<void> {
    return everyWay(this.connect, request, check)
  }

  /** Waits until the server has printed this. `what` says it in words, where a pattern would not be read gladly. */
  async prints(text: string | RegExp, what = String(text)): Promise<void> {
    const { host, output } = this.#parts
    const patience = new Patience(this.turns)
    const found = () => (typeof text === 'string' ? output().includes(text) : text.test(output()))
    while (!found()) {
      if (await patience.isOver()) throw new Failure(notPrinted(what, output()))
      await host.ask('ping')
    }
  }

  /** Whether the server's event loop turns within so many ms. */
  readonly turns: Turns = (ms) => this.#parts.host.turns(ms)

  /** Waits until the server has seen all that clients have done so far. */
  notices(): Promise<void> {
    return this.#parts.host.notices()
  }

  /** Calls `stop` or `reload` of step 9, and does not wait for what comes of it. */
  async begin(method: 'stop' | 'reload', ...words: number[]): Promise<void> {
    this.#parts.origin.called?.push(`${method}(${words.join(', ')})`)
    await this.#parts.host.ask('begin', { port: this.port, method, words })
  }

  /** Whether what was begun is over. */
  async isOver(): Promise<boolean> {
    return (await this.#parts.host.ask('isOver', { port: this.port })) === true
  }

  async close(): Promise<void> {
    this.#parts.onClose()
    await this.#parts.host.ask('stop', { port: this.port })
  }

  /** Bytes that the server's process keeps, without garbage (with `in: 'process'`). */
  async memory(): Promise<number> {
    return Number(await this.#parts.host.ask('memory'))
  }
}

/** Starts the server of `floor` for a test of `step`, and gives its port. */
export async function startOn(
  host: Host,
  step: number,
  floor: number,
  options: LaunchOptions,
): Promise<number> {
  const { application, limits, trusted, workers, port = 0 } = options
  const words = {
    server: join(tree, folderOf(floor), 'server.ts'),
    host: '127.0.0.1',
    port,
    limits,
    trusted,
    workers,
    application: application && applicationNamed(application, step),
  }
  return portIn(await host.ask('start', words, workers && PATIENCE_WITH_WORKERS))
}

/** What a failure tells of the server besides the bytes. */
export function originOf(step: number, { application: name, limits }: LaunchOptions): Origin {
  const isTold = name !== undefined && step >= FIRST_WITH_APPLICATIONS
  const application = isTold
    ? { name, ...(!name.includes(':') && { file: `steps/${folderOf(step)}/applications.ts` }) }
    : undefined
  // All clients of the server share the list.
  return { step, application, limits, called: [] }
}

/** Where the host finds an application: behind the loader of step 5, or in the step's own file. */
function applicationNamed(name: string, step: number): object {
  if (name.includes(':')) return { words: name, loader: join(tree, folderOf(FIRST_WITH_LOADER), 'server.ts') }
  return { file: join(steps, folderOf(step), 'applications.ts'), name }
}

export async function listensOn(port: number): Promise<boolean> {
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
