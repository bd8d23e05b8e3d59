// Made-up workers, for a supervisor to look after: they begin and end when the test says so, and no process is behind
// them.

import { Failure } from '#given/kit/failure/failure.ts'
import { PATIENCE } from '#given/kit/wire/patience.ts'

export class MadeUpWorker {
  /** What the supervisor has told it, in order. */
  readonly told: ('stop' | 'kill')[] = []
  readonly ready: Promise<void>
  readonly exited: Promise<void>
  /** Now it listens. */
  listens = () => {}
  #fails: (error: Error) => void = () => {}
  #exits = () => {}
  #news: () => void

  constructor(news: () => void) {
    this.#news = news
    this.ready = new Promise((resolve, reject) => {
      this.listens = resolve
      this.#fails = reject
    })
    // As with real ones: whoever awaits it hears of it; nobody has to.
    this.ready.catch(() => {})
    this.exited = new Promise((resolve) => (this.#exits = resolve))
  }

  stop = () => this.#hears('stop')
  kill = () => this.#hears('kill')

  /** Now it is no more. One that never listened fails with `error`. */
  ends(error = new Error('A worker ended before it could serve.')): void {
    // Where it was made up is of no use to somebody who reads that it could not be replaced.
    error.stack = String(error)
    this.#fails(error)
    this.#exits()
  }

  #hears(word: 'stop' | 'kill'): void {
    this.told.push(word)
    this.#news()
  }
}

/** All workers that a supervisor has forked. */
export class MadeUpWorkers {
  readonly workers: MadeUpWorker[] = []
  /** When each was forked, in ms. */
  readonly times: number[] = []
  #wake = () => {}

  fork = (): MadeUpWorker => {
    const worker = new MadeUpWorker(() => this.#wake())
    this.workers.push(worker)
    this.times.push(performance.now())
    this.#wake()
    return worker
  }

  /** The worker that was forked as number `number`, from 1. Fails if that has not happened after 1 s. */
  async worker(number: number, why: string): Promise<MadeUpWorker> {
    const worker = await this.#until(() => this.workers[number - 1])
    if (worker !== undefined) return worker
    const came = this.workers.length === 1 ? '1 worker was' : `${this.workers.length} workers were`
    throw new Failure(`${why}\nAfter 1 s ${came} forked in all; ${number} were expected.`)
  }

  /** Makes workers listen, each as soon as it is forked, until there are so many. */
  async listen(count: number): Promise<void> {
    for (let number = 1; number <= count; number++)
      (await this.worker(number, `new Supervisor(fork, ${count}).start()`)).listens()
  }

  /** Fails unless a worker is told this within 1 s. */
  async isTold(worker: MadeUpWorker, word: 'stop' | 'kill', why: string): Promise<void> {
    if (await this.#until(() => worker.told.includes(word) || undefined)) return
    const number = this.workers.indexOf(worker) + 1
    const what = { stop: 'told to stop', kill: 'killed' }[word]
    throw new Failure(`${why}\nWorker ${number} should have been ${what}, and was not within 1 s.`)
  }

  async #until<T>(find: () => T | undefined): Promise<T | undefined> {
    for (const deadline = Date.now() + PATIENCE; ;) {
      const found = find()
      const left = deadline - Date.now()
      if (found !== undefined || left <= 0) return found
      const news = new Promise<void>((resolve) => (this.#wake = resolve))
      await inTime(news, left)
    }
  }
}

/** What a call gave, and whether it has settled. `call` is what a reader would type: `start()`. */
export class Call {
  readonly #call: string
  readonly #promise: Promise<unknown>
  #isOver = false

  constructor(call: string, promise: Promise<unknown>) {
    this.#call = call
    this.#promise = promise
    const end = () => (this.#isOver = true)
    promise.then(end, end)
  }

  /** What it was rejected with; undefined if it was not. Fails when it has not settled after 1 s. */
  async settles(why: string): Promise<unknown> {
    let error: unknown
    const caught = this.#promise.catch((reason: unknown) => (error = reason))
    await inTime(caught, PATIENCE)
    if (!this.#isOver) throw new Failure(`${this.#call} had not settled after 1 s.\n${why}`)
    return error
  }

  /** Fails unless it fulfils within 1 s. */
  async succeeds(why: string): Promise<void> {
    const error = await this.settles(why)
    if (error !== undefined) throw error
  }

  /** Fails if it has settled already. */
  async isPending(why: string): Promise<void> {
    await turns()
    if (this.#isOver) throw new Failure(`${this.#call} settled too early.\n${why}`)
  }
}

/** Settles once everything has happened that needs no timer. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Awaits a promise, for `ms` at the most. */
async function inTime(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([promise, late])
  clearTimeout(timer)
}
