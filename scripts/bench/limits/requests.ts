// Requests without a pause, for `npm run bench limits` to count what a signal to the server does to them.
import { Agent, get, type RequestOptions } from 'node:http'

/** So many requests at a time, each sent as soon as the one before has its answer. */
const CLIENTS = 32
/** Of these so many take a new connection for each request. */
const NEWCOMERS = 8

/** How many requests came to what: `answered`, or the code of an error. */
export type Tally = Record<string, number>

/** They are sent from the beginning on, and end when one is refused. */
export class Requests {
  tally: Tally = {}
  /** From now on a refused connection is the end, and no fault. */
  serverIsEnding = false
  readonly over: Promise<unknown>
  readonly #newcomers: Promise<void>[]
  #areNewcomersWelcome = true

  constructor(port: number) {
    const start = (count: number, agent: Agent | false, isWelcome: () => boolean) =>
      Array.from({ length: count }, () => this.#askOn({ port, host: '127.0.0.1', agent }, isWelcome))
    this.#newcomers = start(NEWCOMERS, false, () => this.#areNewcomersWelcome)
    const regulars = start(CLIENTS - NEWCOMERS, new Agent({ keepAlive: true }), () => true)
    this.over = Promise.all([...regulars, ...this.#newcomers])
  }

  /**
   * To be awaited before a stop. When the port is given up, the system resets what waits there for a process to take
   * it: nobody can answer that.
   */
  async sendNewcomersHome(): Promise<void> {
    this.#areNewcomersWelcome = false
    await Promise.all(this.#newcomers)
  }

  async #askOn(where: RequestOptions, isWelcome: () => boolean): Promise<void> {
    while (isWelcome()) {
      const outcome = await ask(where)
      const isRefused = outcome === 'ECONNREFUSED'
      if (!(isRefused && this.serverIsEnding)) this.tally[outcome] = (this.tally[outcome] ?? 0) + 1
      if (isRefused) return
    }
  }
}

/** What one request came to. */
function ask(where: RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    const request = get(where, (response) => {
      response.resume().on('error', fail)
      response.on('end', () => resolve(response.statusCode === 200 ? 'answered' : 'another status'))
    })
    request.on('error', fail)
  })
}
