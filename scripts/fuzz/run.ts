// Tries the properties, and tells what it found.
import * as fc from 'fast-check'
import { PROPERTIES } from './properties.ts'
import type { Parts } from './read.ts'

export interface Found {
  property: string
  /** Runs again from here find it again. */
  seed: number
  /** The smallest input that shows it, as text. */
  example: string
  reason: string
}

/** Tries each property on `runs` inputs made from `seed`. Gives what does not hold. */
export async function tryAll(parts: Parts, seed: number, runs: number): Promise<Found[]> {
  const found: Found[] = []
  for (const [name, make] of Object.entries(PROPERTIES)) {
    const tried = await fc.check(make(parts), { seed, numRuns: runs })
    if (!tried.failed) continue
    const error = tried.errorInstance
    if (error instanceof Error && error.name === 'Todo') throw error
    const reason = error instanceof Error ? error.message : String(error)
    found.push({ property: name, seed, example: shown(tried.counterexample), reason })
  }
  return found
}

/** Bytes as text in which every one of them can be seen. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('latin1'))
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return JSON.stringify(value)
}
