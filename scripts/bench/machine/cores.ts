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
  readonly #all: number[]
  /** Where each process was put last. */
  readonly #placed = new Map<number, string>()

  private constructor(all: number[]) {
    this.#all = all
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

  /** What stands before a command that is to have a core, and is not asked by anybody. */
  prefixOfOne(): string[] {
    return this.canPlace ? ['taskset', '-c', String(this.#all[0])] : []
  }

  /** Moves a process, with all its threads and all that descend from it. `busiest` is the busiest of them, if it is known. */
  put(root: number, place: Place, busiest?: number): void {
    if (!this.canPlace) return
    const isParted = place === 'busiest apart' && busiest !== undefined
    const rest = isParted ? this.#besideBusiest : this.#coresFor(place)
    for (const pid of treeOf(root))
      this.#move(pid, isParted && pid === busiest ? this.#coresFor('one core') : rest)
  }

  #move(pid: number, cores: string): void {
    if ((this.#placed.get(pid) ?? String(this.#all)) === cores) return
    spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)])
    this.#placed.set(pid, cores)
  }

  /** What was done, in a sentence. */
  describe(): string {
    if (!this.canPlace)
      return 'Load and servers share all cores: this system has no taskset to part them with.'
    const [load, servers] = [this.#all.at(-1), this.#coresFor('apart')]
    const apart = `The load runs on core ${load}, the servers on ${servers.includes(',') ? 'cores' : 'core'} ${servers}`
    if (this.#hasPlenty) return `${apart} (taskset).`
    return `${apart} (taskset). What is several processes by itself is not parted from the load.`
  }

  get #besideBusiest(): string {
    return String(this.#hasPlenty ? this.#all.slice(1, -1) : this.#all.slice(1))
  }

  /** Whether the load can have a core to itself even beside a server of several processes. */
  get #hasPlenty(): boolean {
    return this.#all.length > 2
  }

  #coresFor(place: Place): string {
    if (place === 'one core') return String(this.#all[0])
    if (place !== 'apart' && !this.#hasPlenty) return String(this.#all)
    return String(this.#all.slice(0, -1))
  }
}
