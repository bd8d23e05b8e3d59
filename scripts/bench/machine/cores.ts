// Which cores of this machine the load and the servers run on, where the system lets us say so (taskset, on Linux).
import { spawnSync } from 'node:child_process'
import { allowedCores, treeOf } from './proc.ts'
import { versionOf } from '../../lib/machine/programs.ts'

/**
 * `apart`: where the load is not. `anywhere`: as the system likes. `one core`: all its processes share a single one.
 * `busiest apart`: its busiest process, the one that runs the application, has a core to itself; the others share what is
 * left with the load.
 */
export type Place = 'apart' | 'anywhere' | 'one core' | 'busiest apart'

export type Cores = ReturnType<typeof coresOf>

export async function findCores(): Promise<Cores> {
  const all = allowedCores()
  const canPlace = all.length > 1 && (await versionOf('taskset')) !== undefined
  return coresOf(canPlace ? all : [])
}

/** `all`: none where no process can be placed. */
function coresOf(all: number[]) {
  const canPlace = all.length > 0
  /** Whether the load can have a core to itself even beside a server of several processes. */
  const hasPlenty = all.length > 2
  const coresFor = (place: Place, isBusiest?: boolean): string => {
    if (place === 'one core' || (place === 'busiest apart' && isBusiest)) return String(all[0])
    const servers = place === 'apart' || hasPlenty ? all.slice(0, -1) : all
    return String(place === 'busiest apart' && isBusiest === false ? servers.slice(1) : servers)
  }
  return {
    canPlace,

    /** What stands before the command of the load. */
    loadPrefix(place: Place): string[] {
      const isFree = place === 'anywhere' && !hasPlenty
      return canPlace && !isFree ? ['taskset', '-c', String(all.at(-1))] : []
    },

    /** Moves a process, with all its threads and all that descend from it; `busiest` is one of them, if it is known. */
    put(root: number, place: Place, busiest?: number): void {
      if (!canPlace) return
      for (const pid of treeOf(root)) {
        const cores = coresFor(place, busiest === undefined ? undefined : pid === busiest)
        spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)])
      }
    },

    /** What was done, in a sentence. */
    describe(): string {
      if (!canPlace) return 'Load and servers share all cores: this system has no taskset to part them with.'
      const servers = `${hasPlenty ? 'cores' : 'core'} ${coresFor('apart')}`
      const where = `The load runs on core ${all.at(-1)}, the servers on ${servers} (taskset).`
      return hasPlenty ? where : `${where} What is several processes by itself is not parted from the load.`
    },
  }
}
