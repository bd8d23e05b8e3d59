// How much `npm ci` puts on a learner's disk, and what for.
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { glob } from 'zx'
import type { Measured } from '../report/measured.ts'
import { root } from '../../lib/catalogue.ts'

const BAR = 120
const SHOWN = 8
const MB = 1_000_000

/** What step 5 runs on the server: the bar is for the workshop's own tools. */
const FRAMEWORKS = ['express', 'fastify', 'hono', 'koa', '@koa/router']

/** Prints the largest packages and gives the sum. */
export function measureInstalled(): Measured {
  const folder = join(root, 'node_modules')
  const seen = new Set<number>()
  // A scope is a folder of packages.
  const sizes = glob
    .sync(['*', '!@*', '@*/*'], { cwd: folder, dot: true, onlyFiles: false })
    .map((name) => ({ name, size: sizeOf(join(folder, name), seen) / MB }))
    .toSorted((a, b) => b.size - a.size)
  const total = sum(sizes)
  const tools = toolPackages()
  const frameworks = sum(sizes.filter(({ name }) => !tools.has(name) && !name.startsWith('.')))
  const rest = { name: `the other ${Math.max(0, sizes.length - SHOWN)}`, size: sum(sizes.slice(SHOWN)) }
  console.log(`node_modules holds ${sizes.length} packages, ${Math.round(total)} MB:`)
  for (const { name, size } of [...sizes.slice(0, SHOWN), rest])
    console.log(`  ${size.toFixed(1).padStart(6)} MB  ${name}`)
  console.log(
    `Of these, ${frameworks.toFixed(1)} MB are the frameworks of step 5 and what they need alone.\n`,
  )
  return { what: 'node_modules without the frameworks', value: total - frameworks, bar: BAR, unit: 'MB' }
}

function sum(sizes: { size: number }[]): number {
  return sizes.reduce((total, { size }) => total + size, 0)
}

interface Locked {
  packages: Record<string, Record<string, Record<string, string> | undefined>>
}

/** The packages that are there for something else than the frameworks: all that the other dependencies need. */
function toolPackages(): Set<string> {
  const { packages }: Locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const kinds = ['devDependencies', 'dependencies', 'optionalDependencies', 'peerDependencies']
  const needsOf = (key: string) => kinds.flatMap((kind) => Object.keys(packages[key]?.[kind] ?? {}))
  const found = new Set(needsOf('').filter((name) => !FRAMEWORKS.includes(name)))
  // Grows while it is walked.
  for (const name of found) for (const needed of needsOf(`node_modules/${name}`)) found.add(needed)
  return found
}

/** In bytes. A file under two names lies on the disk once: esbuild links its program and does not copy it. */
function sizeOf(path: string, seen: Set<number>): number {
  const stat = lstatSync(path)
  if (stat.isDirectory())
    return readdirSync(path).reduce((bytes, name) => bytes + sizeOf(join(path, name), seen), 0)
  if (stat.nlink > 1 && seen.has(stat.ino)) return 0
  seen.add(stat.ino)
  return stat.size
}
