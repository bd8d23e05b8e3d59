// The Python processes of one application: who gets which request, and what happens when one dies.

import { setTimeout as pause } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'
import { PythonError } from './python-error.ts'
import { PythonWorker, type Death, type Launch, type Owner } from './worker.ts'

/** How long, in ms, a process that fails at once again and again waits for its next try: at first, and at most. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 5000

export class Pool implements Owner {
  readonly #launch: Launch
  readonly #workers: PythonWorker[] = []
  /** Requests for which no process has room yet. */
  #waiting = new Set<Exchange>()
  #failures = 0
  #isClosing = false

  constructor(launch: Launch) {
    this.#launch = launch
  }

  /** Rejects with a LoadError. The first process tells whether there is such an application; then the others start. */
  async start(processes: number): Promise<void> {
    await this.#startOne()
    await Promise.all(Array.from({ length: processes - 1 }, () => this.#startOne()))
  }

  submit(exchange: Exchange): void {
    const worker = this.#waiting.size === 0 ? this.#leastBusy() : undefined
    if (worker !== undefined) return worker.answer(exchange)
    if (this.#isClosing) return exchange.fail(new PythonError('The Python processes have been ended'))
    this.#waiting.add(exchange)
    exchange.onClosed = () => this.#waiting.delete(exchange)
  }

  onRoom(): void {
    for (const exchange of this.#waiting) {
      const worker = this.#leastBusy()
      if (worker === undefined) return
      this.#waiting.delete(exchange)
      worker.answer(exchange)
    }
  }

  onDeath(worker: PythonWorker, { how, begun, others }: Death): void {
    const what = `The Python process ${worker.pid} ${how}`
    this.#remove(worker)
    this.#waiting = new Set([...others.filter(({ isClosed }) => !isClosed), ...this.#waiting])
    for (const exchange of others) exchange.onClosed = () => this.#waiting.delete(exchange)
    begun?.breakOff(new PythonError(what))
    if (this.#isClosing) return this.#failWaiting()
    const { REQUEST_METHOD, PATH_INFO } = begun?.environ ?? {}
    const during = begun === undefined ? '' : ` while it answered ${REQUEST_METHOD} ${PATH_INFO}`
    console.error(`${what}${during}. Another one takes its place.`)
    this.#failures = begun === undefined ? this.#failures + 1 : 0
    void this.#replace()
  }

  /** Never rejects. Nothing is left when it resolves. */
  async close(): Promise<void> {
    this.#isClosing = true
    await Promise.all(this.#workers.map((worker) => worker.close()))
    this.#failWaiting()
  }

  async #startOne(): Promise<void> {
    const worker = new PythonWorker(this.#launch, this)
    this.#workers.push(worker)
    try {
      await worker.start()
    } catch (error) {
      this.#remove(worker)
      throw error
    }
    this.onRoom()
  }

  async #replace(): Promise<void> {
    const wait = this.#failures === 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), LONGEST_PAUSE)
    await pause(wait, undefined, { ref: false })
    if (this.#isClosing) return
    try {
      await this.#startOne()
    } catch (error) {
      if (this.#isClosing) return
      this.#failures++
      console.error(error instanceof Error ? error.message : error)
      if (this.#workers.length === 0) this.#failWaiting()
      void this.#replace()
    }
  }

  #failWaiting(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const exchange of waiting) exchange.breakOff(new PythonError('There is no Python process to answer'))
  }

  /** Of those that have room, the one with the fewest requests. */
  #leastBusy(): PythonWorker | undefined {
    let least: PythonWorker | undefined
    for (const worker of this.#workers) {
      if (worker.hasRoom && (least === undefined || worker.load < least.load)) least = worker
    }
    return least
  }

  #remove(worker: PythonWorker): void {
    const at = this.#workers.indexOf(worker)
    if (at !== -1) this.#workers.splice(at, 1)
  }
}
