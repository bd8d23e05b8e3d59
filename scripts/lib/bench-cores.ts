// Which cores of this machine the load and the servers run on, where the system lets us say so (taskset, on Linux).
import { spawnSync } from 'node:child_process'
import { allowedCores, treeOf } from './bench-proc.ts'
import { versionOf } from './programs.ts'

/** `apart`: where the load is not. `anywhere`: as the system likes. `one core`: all its processes share a single one. */
export type Place = 'apart' | 'anywhere' | 'one core'

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

  /** Moves a process, with all its threads and all that descend from it. */
  put(root: number, place: Place): void {
    const cores = this.#coresFor(place)
    if (!this.canPlace || (this.#placed.get(root) ?? String(this.#all)) === cores) return
    for (const pid of treeOf(root)) spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)])
    this.#placed.set(root, cores)
  }

  /** What was done, in a sentence. */
  describe(): string {
    if (!this.canPlace)
      return 'Load and servers share all cores: this system has no taskset to part them with.'
    const [load, servers] = [this.#all.at(-1), this.#coresFor('apart')]
    const apart = `The load runs on core ${load}, the servers on ${servers.includes(',') ? 'cores' : 'core'} ${servers}`
    if (this.#hasPlenty) return `${apart} (taskset).`
    return `${apart} (taskset). What is several processes by itself is let run anywhere, and so is its load.`
  }

  /** Whether the load can have a core to itself even beside a server of several processes. */
  get #hasPlenty(): boolean {
    return this.#all.length > 2
  }

  #coresFor(place: Place): string {
    if (place === 'one core') return String(this.#all[0])
    if (place === 'anywhere' && !this.#hasPlenty) return String(this.#all)
    return String(this.#all.slice(0, -1))
  }
}
