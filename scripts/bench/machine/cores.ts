// Which cores of this machine the load and the servers run on, where the system lets us say so (taskset, on Linux).
import { spawnSync } from 'node:child_process'
import { allowedCores, treeOf } from './proc.ts'
import { versionOf } from '../../lib/programs.ts'

/**
 * `apart`: where the load is not. `anywhere`: as the system likes. `one core`: all its processes share a single one.
 * `busiest apart`: its busiest process, the one that runs the application, has a core to itself; the others share what is
 * left with the load.
 */
export type Place = 'apart' | 'anywhere' | 'one core' | 'busiest apart'

export class Cores {
  /** None where no process can be placed. */
  readonly #all: number[]
  /** Whether the load can have a core to itself even beside a server of several processes. */
  readonly #hasPlenty: boolean

  private constructor(all: number[]) {
    this.#all = all
    this.#hasPlenty = all.length > 2
  }

  static async find(): Promise<Cores> {
    const all = allowedCores()
    const canPlace = all.length > 1 && (await versionOf('taskset')) !== undefined
    return new Cores(canPlace ? all : [])
  }

  get canPlace(): boolean {
    return this.#all.length > 0
  }

  /** What stands before the command of the load. */
  loadPrefix(place: Place): string[] {
    const isFree = place === 'anywhere' && !this.#hasPlenty
    return this.canPlace && !isFree ? ['taskset', '-c', String(this.#all.at(-1))] : []
  }

  /** Moves a process, with all its threads and all that descend from it; `busiest` is one of them, if it is known. */
  put(root: number, place: Place, busiest?: number): void {
    if (!this.canPlace) return
    for (const pid of treeOf(root)) {
      const cores = this.#coresFor(place, busiest === undefined ? undefined : pid === busiest)
      spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)])
    }
  }

  /** What was done, in a sentence. */
  describe(): string {
    if (!this.canPlace)
      return 'Load and servers share all cores: this system has no taskset to part them with.'
    const servers = `${this.#hasPlenty ? 'cores' : 'core'} ${this.#coresFor('apart')}`
    const where = `The load runs on core ${this.#all.at(-1)}, the servers on ${servers} (taskset).`
    return this.#hasPlenty
      ? where
      : `${where} What is several processes by itself is not parted from the load.`
  }

  #coresFor(place: Place, isBusiest?: boolean): string {
    if (place === 'one core' || (place === 'busiest apart' && isBusiest)) return String(this.#all[0])
    const servers = place === 'apart' || this.#hasPlenty ? this.#all.slice(0, -1) : this.#all
    return String(place === 'busiest apart' && isBusiest === false ? servers.slice(1) : servers)
  }
}
