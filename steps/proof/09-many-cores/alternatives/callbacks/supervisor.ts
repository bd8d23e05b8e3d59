// A correct step 9 in another style: what happens to a worker is told to callbacks, and arrays take the place of sets.

import { report } from '#given/02-request-line/report.ts'

export interface Worker {
  ready: Promise<void>
  exited: Promise<void>
  stop(): void
  kill(): void
}

export interface Pace {
  early: number
  backOff: number
  longest: number
}

export class Supervisor {
  private present: Worker[] = []
  private departing: Worker[] = []
  private closing = false
  private nextWait: number
  private readonly fork: () => Worker
  private readonly size: number
  private readonly pace: Pace

  constructor(fork: () => Worker, size: number, pace: Pace = { early: 5000, backOff: 100, longest: 10_000 }) {
    this.fork = fork
    this.size = size
    this.pace = pace
    this.nextWait = pace.backOff
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      let missing = this.size
      const listens = () => --missing === 0 && resolve()
      const fails = (error: unknown) => void this.stop(0).then(() => reject(error))
      for (let number = 0; number < this.size; number++) this.launch(listens, fails)
    })
  }

  private launch(listens: () => void, fails: (error: unknown) => void): void {
    const worker = this.fork()
    const born = Date.now()
    this.present.push(worker)
    void worker.exited.then(() => this.ended(worker, Date.now() - born))
    worker.ready.then(listens, fails)
  }

  private ended(worker: Worker, age: number): void {
    this.departing = this.departing.filter((other) => other !== worker)
    if (!this.present.includes(worker)) return
    this.present = this.present.filter((other) => other !== worker)
    if (age >= this.pace.early) {
      this.nextWait = this.pace.backOff
      return this.fill()
    }
    setTimeout(() => this.fill(), this.nextWait)
    this.nextWait = Math.min(2 * this.nextWait, this.pace.longest)
  }

  private fill(): void {
    if (this.closing || this.present.length >= this.size) return
    this.launch(
      () => {},
      (error) => report('A new worker did not start', error),
    )
  }

  private retire(worker: Worker, grace: number, gone: () => void): void {
    this.present = this.present.filter((other) => other !== worker)
    if (!this.departing.includes(worker)) this.departing.push(worker)
    const killer = setTimeout(() => worker.kill(), grace)
    void worker.exited.then(() => {
      clearTimeout(killer)
      gone()
    })
    worker.stop()
  }

  stop(grace: number): Promise<void> {
    this.closing = true
    const all = this.present.concat(this.departing)
    return new Promise((resolve) => {
      let left = all.length
      if (left === 0) resolve()
      for (const worker of all) this.retire(worker, grace, () => --left === 0 && resolve())
    })
  }

  async reload(grace: number): Promise<void> {
    const old = this.present.slice()
    for (const worker of old) {
      if (this.closing || (!this.present.includes(worker) && this.present.length >= this.size)) continue
      await new Promise<void>((resolve, reject) => this.launch(resolve, reject))
      this.retire(worker, grace, () => {})
    }
  }
}
