// A correct step 9 in another style: one map tells for each worker what it is doing, and how often in a row one ended
// early is counted instead of a delay.

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

const usual: Pace = { early: 5000, backOff: 100, longest: 10_000 }

type State = 'serving' | 'leaving'

export class Supervisor {
  private readonly states = new Map<Worker, State>()
  private readonly ends = new Map<Worker, Promise<void>>()
  private earlyEnds = 0
  private isOver = false
  private readonly fork: () => Worker
  private readonly count: number
  private readonly pace: Pace

  constructor(fork: () => Worker, count: number, pace = usual) {
    this.fork = fork
    this.count = count
    this.pace = pace
  }

  async start(): Promise<void> {
    const begun = []
    while (begun.length < this.count) begun.push(this.add())
    const failed = await this.firstFailure(begun)
    if (failed === undefined) return
    await this.stop(0)
    throw failed.error
  }

  private firstFailure(begun: Promise<void>[]): Promise<{ error: unknown } | undefined> {
    return new Promise((resolve) => {
      for (const one of begun) one.catch((error: unknown) => resolve({ error }))
      void Promise.allSettled(begun).then(() => resolve(undefined))
    })
  }

  private add(): Promise<void> {
    const worker = this.fork()
    const deadline = performance.now() + this.pace.early
    this.states.set(worker, 'serving')
    void worker.exited.then(() => {
      const state = this.states.get(worker)
      this.states.delete(worker)
      if (state === 'serving') this.lost(performance.now() < deadline)
    })
    return worker.ready
  }

  private lost(isEarly: boolean): void {
    const { backOff, longest } = this.pace
    const wait = isEarly ? Math.min(backOff * 2 ** this.earlyEnds, longest) : 0
    this.earlyEnds = isEarly ? this.earlyEnds + 1 : 0
    setTimeout(() => {
      if (this.isOver || this.those('serving').length >= this.count) return
      this.add().catch((error: unknown) => report('No worker took the place of another', error))
    }, wait)
  }

  private those(wanted: State): Worker[] {
    return [...this.states].filter(([, state]) => state === wanted).map(([worker]) => worker)
  }

  private dismiss(worker: Worker, grace: number): Promise<void> {
    this.states.set(worker, 'leaving')
    const timer = setTimeout(() => worker.kill(), grace)
    const end = worker.exited.then(() => clearTimeout(timer))
    this.ends.set(worker, end)
    worker.stop()
    return end.then(() => void this.ends.delete(worker))
  }

  async stop(grace: number): Promise<void> {
    this.isOver = true
    for (const worker of this.states.keys()) void this.dismiss(worker, grace)
    await Promise.all(this.ends.values())
  }

  async reload(grace: number): Promise<void> {
    for (const worker of this.those('serving')) {
      const hasEnded = !this.states.has(worker)
      if (this.isOver || (hasEnded && this.those('serving').length >= this.count)) continue
      await this.add()
      if (this.states.has(worker)) void this.dismiss(worker, grace)
    }
  }
}
