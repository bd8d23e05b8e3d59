// The tables that the measuring commands have left in .workshop/figures/ (scripts/lib/figures.ts writes them).

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A table that a command has printed. */
export interface Figures {
  title: string
  /** What prints it anew: `npm run matrix`. */
  command: string
  /** When it was printed, as ISO 8601 has it. */
  at: string
  columns: string[]
  rows: string[][]
}

const folder = fileURLToPath(new URL('../../.workshop/figures/', import.meta.url))

/** The newest first. A file that cannot be read is as good as none. */
export function readFigures(): Figures[] {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return files.flatMap(readOne).toSorted((a, b) => b.at.localeCompare(a.at))
  } catch {
    return []
  }
}

function readOne(name: string): Figures[] {
  try {
    const found: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return isFigures(found) ? [found] : []
  } catch {
    return []
  }
}

function isFigures(value: unknown): value is Figures {
  if (!(value instanceof Object && 'title' in value && 'command' in value && 'at' in value)) return false
  const areTexts = [value.title, value.command, value.at].every((text) => typeof text === 'string')
  if (!areTexts || !('columns' in value && 'rows' in value)) return false
  return isRow(value.columns) && Array.isArray(value.rows) && value.rows.every(isRow)
}

function isRow(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((cell) => typeof cell === 'string')
}
