// npm run bench limits: what the finished server holds out, beside the bars that were set.
import { setTimeout as after } from 'node:timers/promises'
import { join } from 'node:path'
import { gigabyte, singleBytes } from './bytes.ts'
import { badClients, halfOpen } from './hostile.ts'
import { idle } from './idle.ts'
import { signals } from './signals.ts'
import { soak } from './soak.ts'
import { COLUMNS, isKept, rowOf, showRow, type Measured, type Target } from './table.ts'
import { findSteps, learnersTree, treePath, type Step } from '../../lib/catalogue.ts'
import { keepFigures } from '../../lib/figures.ts'
import { faint } from '../../lib/ink.ts'
import { firstUnwritten } from '../../lib/trees/starters.ts'
import { refuseMissingFiles } from '../../lib/trees/missing-files.ts'
import { Refusal } from '../../lib/words.ts'

type Measurement = (target: Target) => Promise<Measured[]>

const measurements: Record<string, Measurement> = {
  'half-open': halfOpen,
  'bad-clients': badClients,
  gigabyte,
  'single-bytes': singleBytes,
  signals,
  idle,
  soak,
}
export const MEASUREMENTS = Object.keys(measurements)

/** The floor that all of this is about. */
const FLOOR = 9
/** ms that a measurement may take. */
const LONGEST = 120_000

/** `names`: of the measurements; none means all. Gives the exit code. */
export async function benchLimits(names: string[], isMine: boolean): Promise<number> {
  const tree = isMine ? learnersTree : treePath('solutions')
  const step = finished(tree)
  refuseMissingFiles(tree, step)
  const whose = isMine ? 'your server' : 'the solution'
  console.log(`Measuring ${whose} of step ${step.number}.\n`)
  const base = { step, server: join(tree, step.folder, 'server.ts'), isSolution: !isMine }
  const rows: Measured[] = []
  const notes = new Set<string>()
  console.log(faint(showRow(COLUMNS)))
  for (const name of names.length === 0 ? MEASUREMENTS : names) {
    const found = await measure(name, { ...base, note: (sentence) => void notes.add(sentence) })
    for (const row of found) console.log(showRow(rowOf(row)))
    rows.push(...found)
  }
  for (const note of notes) console.log(`\n${note}`)
  const title = `The limits of ${whose} of step ${step.number}, measured`
  const command = `npm run bench limits${isMine ? ' mine' : ''}`
  if (names.length === 0) keepFigures('limits', { title, command, columns: COLUMNS, rows: rows.map(rowOf) })
  return rows.every(isKept) ? 0 : 1
}

function finished(tree: string): Step {
  const step = findSteps().find(({ number }) => number === FLOOR)
  const unwritten = firstUnwritten(tree)
  if (step !== undefined && unwritten === undefined) return step
  throw new Refusal(
    `Limits are measured of a finished server, and in yours step ${unwritten?.number ?? FLOOR} is still to be ` +
      `written: npm run step ${unwritten?.number ?? FLOOR}. Or see those of the solution: npm run bench limits`,
  )
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
