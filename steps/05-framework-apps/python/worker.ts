// One Python process at work: it is given requests, and answers one after the other. The next few wait in its pipe, so
// that it need not wait for this process in between.

import { LoadError } from '../load-error.ts'
import type { Answerer, Exchange } from './exchange.ts'
import { READY, REFUSED } from './frames.ts'
import { START_LIMIT, whyNotStarted } from './not-started.ts'
import { PythonProcess, type PythonModule } from './process.ts'
import { QueueDepth } from './queue-depth.ts'
import { requestFrame } from './request-frame.ts'

/** The most bytes that are given to one process at a time. */
const MOST_BYTES = 2 << 20
/** How often, in ms, a process at work is looked after. */
const LOOK = 5
/** Behind a request that has taken longer than this many ms, no other is queued: it may take for ever. */
const SLOW = 20

export interface Launch {
  python: string
  module: PythonModule
  /** Whether there are several of these processes. */
  isOneOfSeveral: boolean
}

/** What is left when a process has died. */
export interface Death {
  /** Such as `was ended by SIGKILL`. */
  how: string
  /** The request that it was answering. */
  begun: Exchange | undefined
  /** Those that it had not begun. */
  others: Exchange[]
}

/** What the pool wants to hear of. */
export interface Owner {
  /** A request is done, so there is room for another. */
  onRoom(): void
  onDeath(worker: PythonWorker, death: Death): void
}

export class PythonWorker implements Answerer {
  readonly #launch: Launch
  readonly #process: PythonProcess
  readonly #owner: Owner
  /** Oldest first: that one is being answered. */
  readonly #given = new Map<number, { exchange: Exchange; size: number }>()
  #bytesGiven = 0
  #lastId = 0
  /** When the oldest of those given became the oldest. */
  #begunAt = 0
  readonly #depth = new QueueDepth()
  #looks: NodeJS.Timeout | undefined
  #isReady = false
  #refusal: string | undefined
  #onReady = (): void => {}

  constructor(launch: Launch, owner: Owner) {
    this.#launch = launch
    this.#owner = owner
    this.#process = new PythonProcess(launch.python, launch.module, (kind, id, payload) => {
      this.#take(kind, id, payload)
    })
    void this.#process.ended.then((how) => this.#die(how))
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** How many requests it has been given and has not answered. */
  get load(): number {
    return this.#given.size
  }

  get hasRoom(): boolean {
    if (!this.#isReady || this.#given.size === 0) return this.#isReady
    if (this.#given.size >= this.#depth.limit || this.#bytesGiven >= MOST_BYTES) return false
    return performance.now() - this.#begunAt < SLOW
  }

  /** Resolves when the application is loaded. Rejects with a LoadError. */
  async start(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const ready = new Promise<'ready'>((resolve) => (this.#onReady = () => resolve('ready')))
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, START_LIMIT, 'late')))
    const outcome = await Promise.race([ready, late, this.#process.ended])
    clearTimeout(timer)
    if (outcome === 'ready') return
    this.#process.kill()
    throw new LoadError(this.#refusal ?? whyNotStarted(this.#launch.module.file, outcome))
  }

  /** Gives it a request. */
  answer(exchange: Exchange): void {
    const id = (this.#lastId = (this.#lastId + 1) >>> 0)
    const frame = requestFrame(id, exchange, this.#launch.isOneOfSeveral)
    if (this.#given.size === 0) this.#begunAt = performance.now()
    this.#given.set(id, { exchange, size: frame.length })
    this.#bytesGiven += frame.length
    exchange.begin(this, id)
    this.#process.send(frame)
    this.#looks ??= setInterval(() => this.#lookAfter(), LOOK)
  }

  send(frame: Buffer): void {
    this.#process.send(frame)
  }

  /** Ends it. Never rejects. */
  close(): Promise<void> {
    return this.#process.close()
  }

  #take(kind: number, id: number, payload: Buffer): void {
    const given = this.#given.get(id)
    if (given === undefined) return this.#takeAboutStart(kind, payload)
    if (!given.exchange.take(kind, payload)) return
    this.#given.delete(id)
    this.#bytesGiven -= given.size
    this.#begunAt = performance.now()
    this.#depth.count()
    this.#owner.onRoom()
  }

  /** What Python holds while it is busy with the next request is taken from it. */
  #lookAfter(): void {
    this.#process.takeHeld()
    this.#depth.judge()
    if (this.#given.size > 0) return
    clearInterval(this.#looks)
    this.#looks = undefined
  }

  #takeAboutStart(kind: number, payload: Buffer): void {
    if (kind === REFUSED) this.#refusal = payload.toString()
    if (kind !== READY) return
    this.#isReady = true
    this.#onReady()
  }

  #die(how: string): void {
    if (!this.#isReady) return
    this.#isReady = false
    const [begun, ...others] = [...this.#given.values()].map(({ exchange }) => exchange)
    this.#given.clear()
    this.#owner.onDeath(this, { how, begun, others })
  }
}
