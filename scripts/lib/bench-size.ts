// How much `npm ci` puts on a learner's disk, and what for.
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './bench-table.ts'
import { root } from './catalogue.ts'

const BAR = 120
const SHOWN = 8
const MB = 1_000_000

/** Prints the largest packages and gives the sum. */
export function measureInstalled(): Row {
  const folder = join(root, 'node_modules')
  const seen = new Set<number>()
  const sizes = packagesIn(folder)
    .map((name) => ({ name, size: sizeOf(join(folder, name), seen) / MB }))
    .toSorted((a, b) => b.size - a.size)
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  console.log(`node_modules holds ${sizes.length} packages, ${Math.round(total)} MB:`)
  for (const { name, size } of sizes.slice(0, SHOWN))
    console.log(`  ${size.toFixed(1).padStart(6)} MB  ${name}`)
  const rest = sizes.slice(SHOWN).reduce((sum, { size }) => sum + size, 0)
  console.log(`  ${rest.toFixed(1).padStart(6)} MB  the other ${Math.max(0, sizes.length - SHOWN)}\n`)
  return { what: 'node_modules', value: total, bar: BAR, unit: 'MB' }
}

/** A scope is a folder of packages. */
function packagesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    return name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name]
  })
}

/** In bytes. A file under two names lies on the disk once: esbuild links its program and does not copy it. */
function sizeOf(path: string, seen: Set<number>): number {
  const stat = lstatSync(path)
  if (stat.isDirectory())
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name), seen), 0)
  if (stat.nlink > 1 && seen.has(stat.ino)) return 0
  seen.add(stat.ino)
  return stat.size
}
