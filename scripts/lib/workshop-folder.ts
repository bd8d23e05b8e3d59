// What the commands remember from one time to the next: JSON in .workshop/. Nothing needs it: without it they say less.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './catalogue.ts'
import { read } from './read.ts'

const folder = join(root, '.workshop')

/** What was kept under this name, a path in .workshop/, as far as it is there: a memory that is broken is as good as none. */
export function recall<Kept extends object>(name: string): Partial<Kept> {
  try {
    const kept: Partial<Kept> | null = JSON.parse(read(join(folder, name)) ?? '{}')
    return kept instanceof Object ? kept : {}
  } catch {
    return {}
  }
}

/** False when it cannot be kept: no permission, or a full disk. */
export function keep(name: string, value: object): boolean {
  const file = join(folder, name)
  // Written aside and renamed, so that two commands at once never leave half a file.
  const aside = `${file}.${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(aside, `${JSON.stringify(value, undefined, 2)}\n`)
    renameSync(aside, file)
    return true
  } catch {
    return false
  }
}
