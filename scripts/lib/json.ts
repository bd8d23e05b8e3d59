// JSON files that commands leave in .workshop/ for another run or another command.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What the file holds, if it is as we wrote it; undefined where it is not there or broken. */
export function readJson<Kept>(file: string): Partial<Kept> | undefined {
  try {
    const kept: Partial<Kept> = JSON.parse(readFileSync(file, 'utf8'))
    return kept
  } catch {
    return undefined
  }
}

export function writeJson(file: string, kept: object, indent = 0): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(kept, null, indent)}\n`)
}
