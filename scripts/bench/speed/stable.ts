// Servers that run, until their group is over: a section may ask those that the one before it has started.
import type { Contestant } from '../servers/contestants.ts'
import type { Running } from '../servers/run.ts'

export class Stable {
  readonly #running = new Map<Contestant, Promise<Running>>()

  start(contestant: Contestant): Promise<Running> {
    const started = this.#running.get(contestant) ?? contestant.start()
    this.#running.set(contestant, started)
    return started
  }

  async end(): Promise<void> {
    const all = await Promise.allSettled(this.#running.values())
    this.#running.clear()
    await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.end() : undefined)))
  }
}
