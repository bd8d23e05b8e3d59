// What this machine is, and what it lets a process have.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../../lib/catalogue.ts'

/** In lines, with the versions of these packages. */
export function describeMachine(packages: string[]): string[] {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  const versions = packages.map((name) => `${name} ${versionOf(name)}`)
  return [
    `${availableParallelism()} cores of ${model}, ${memory} GB, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, ${versions.join(', ')}`,
    // Whatever else the machine had to do is in the numbers too.
    `load before we began ${loadavg()[0]?.toFixed(1)}`,
  ]
}

function versionOf(name: string): string {
  const file = join(root, 'node_modules', name, 'package.json')
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'))
  return version
}

/** `wanted` connections, or as many as this system lets a process have; `note` is told when these are fewer. */
export function affordable(wanted: number, note: (sentence: string) => void): number {
  const files = mostFiles()
  // A process needs some beside its connections.
  if (files - 200 >= wanted) return wanted
  note(`This system lets a process have ${files} files open (ulimit -n), and each connection is one.`)
  return files - 200
}

/** Windows sets no limit. */
function mostFiles(): number {
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })
  return Number.parseInt(stdout, 10) || Infinity
}
