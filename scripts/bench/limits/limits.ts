// npm run bench limits: what the finished server holds out, beside the bars that were set.
import { setTimeout as after } from 'node:timers/promises'
import { join } from 'node:path'
import { gigabyte, singleBytes } from './bytes.ts'
import { halfOpen, idle } from './held.ts'
import type { Target } from './server.ts'
import { signals } from './signals.ts'
import { soak } from './soak.ts'
import { describeMachine } from '../machine/describe.ts'
import { COLUMNS, isKept, LOOK, rowOf, type Measured } from '../report/measured.ts'
import { LAST, subjectFor } from '../servers/subject.ts'
import { theStep } from '../../lib/catalogue.ts'
import { keepFigures } from '../../lib/figures.ts'
import { faint } from '../../lib/ink.ts'
import { drawRow } from '../../lib/table.ts'

const measurements: Record<string, (target: Target) => Promise<Measured[]>> = {
  'half-open': halfOpen,
  gigabyte,
  'single-bytes': singleBytes,
  signals,
  idle,
  soak,
}
export const MEASUREMENTS = Object.keys(measurements)

const WIDTHS = [62, 9, 8, 7, 7]
/** ms that a measurement may take. */
const LONGEST = 120_000

/** Those that `words` name; none means all. Gives the exit code. */
export async function benchLimits(words: string[], isMine: boolean): Promise<number> {
  const names = MEASUREMENTS.filter((name) => words.includes(name))
  console.log(`${describeMachine(['vitest', 'vite', 'tsx', 'typescript']).join('\n')}\n`)
  const { tree } = subjectFor(isMine, 'npm run bench limits')
  const step = theStep(LAST)
  const whose = isMine ? 'your server' : 'the solution'
  console.log(`Measuring ${whose} of step ${LAST}.\n`)
  const base = { step, server: join(tree, step.folder, 'server.ts'), isSolution: !isMine }
  const rows: Measured[] = []
  const notes = new Set<string>()
  console.log(faint(drawRow(COLUMNS, WIDTHS, LOOK)))
  for (const name of names.length === 0 ? MEASUREMENTS : names) {
    const found = await measure(name, { ...base, note: (sentence) => void notes.add(sentence) })
    for (const row of found) console.log(drawRow(rowOf(row), WIDTHS, LOOK, 1))
    rows.push(...found)
  }
  for (const note of notes) console.log(`\n${note}`)
  const title = `The limits of ${whose} of step ${LAST}, measured`
  const command = `npm run bench limits${isMine ? ' mine' : ''}`
  if (names.length === 0) keepFigures('limits', { title, command, columns: COLUMNS, rows: rows.map(rowOf) })
  return rows.every(isKept) ? 0 : 1
}

/** Ends whatever a measurement has started. */
async function measure(name: string, target: Omit<Target, 'over'>): Promise<Measured[]> {
  const over = new AbortController()
  const { signal } = over
  try {
    const late = after(LONGEST, undefined, { signal }).then(() => {
      throw new Error(`not over after ${LONGEST / 1000} s`)
    })
    return await Promise.race([measurements[name]?.({ ...target, over: signal }) ?? [], late])
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : [String(error)]
    return [{ what: `${name}: ${reason}`, value: '-' }]
  } finally {
    over.abort()
  }
}
