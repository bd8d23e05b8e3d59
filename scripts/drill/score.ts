// The drill that is open, and how many were answered rightly, in .workshop/drill.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'
import type { Drill } from './drill.ts'

interface Kept {
  open?: Drill
  right: number
  answered: number
}

const folder = join(root, '.workshop')
const file = join(folder, 'drill.json')

export function openDrill(): Drill | undefined {
  return load().open
}

export function keepDrill(open: Drill): void {
  save({ ...load(), open })
}

/** Counts the answer. No drill is open after it. */
export function countAnswer(isRight: boolean): void {
  const { right, answered } = load()
  save({ right: right + (isRight ? 1 : 0), answered: answered + 1 })
}

export function scoreInWords(): string {
  const { right, answered } = load()
  return answered === 0 ? 'Your first drill.' : `Your score: ${right} of ${answered}.`
}

/** A file that is not there, or that somebody has broken, is one with nothing in it. */
function load(): Kept {
  try {
    const { open, right, answered }: Partial<Kept> = JSON.parse(readFileSync(file, 'utf8'))
    return { ...(open?.suspects && { open }), right: Number(right) || 0, answered: Number(answered) || 0 }
  } catch {
    return { right: 0, answered: 0 }
  }
}

function save(kept: Kept): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(kept)}\n`)
}
