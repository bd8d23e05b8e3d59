// The drill that is open, and how many were answered rightly, in .workshop/drill.json.
import { keep, recall } from '../lib/workshop-folder.ts'
import type { Drill } from './drill.ts'

interface Kept {
  open?: Drill
  right: number
  answered: number
}

const MEMORY = 'drill.json'

export function openDrill(): Drill | undefined {
  return load().open
}

export function keepDrill(open: Drill): void {
  keep(MEMORY, { ...load(), open })
}

/** Counts the answer. No drill is open after it. */
export function countAnswer(isRight: boolean): void {
  const { right, answered } = load()
  keep(MEMORY, { right: right + (isRight ? 1 : 0), answered: answered + 1 })
}

export function scoreInWords(): string {
  const { right, answered } = load()
  return answered === 0 ? 'Your first drill.' : `Your score: ${right} of ${answered}.`
}

/** A file that is not there, or that somebody has broken, is one with nothing in it. */
function load(): Kept {
  const { open, right, answered } = recall<Kept>(MEMORY)
  return { ...(open?.suspects && { open }), right: Number(right) || 0, answered: Number(answered) || 0 }
}
