// What the commands remember from one time to the next: JSON in .workshop/. Nothing needs it: without it they say less.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './catalogue.ts'
import { read } from './read.ts'

const folder = join(root, '.workshop')

/** What was kept under this name, if it is an object: a memory that cannot be read is as good as none. */
export function recall(name: string): object {
  try {
    const kept: unknown = JSON.parse(read(join(folder, name)) ?? '{}')
    return kept instanceof Object ? kept : {}
  } catch {
    return {}
  }
}

/** False when it cannot be kept: no permission, or a full disk. */
export function keep(name: string, value: object): boolean {
  // Written aside and renamed, so that two commands at once never leave half a file.
  const aside = join(folder, `${name}.${process.pid}`)
  try {
    mkdirSync(dirname(aside), { recursive: true })
    writeFileSync(aside, `${JSON.stringify(value, undefined, 2)}\n`)
    renameSync(aside, join(folder, name))
    return true
  } catch {
    return false
  }
}
