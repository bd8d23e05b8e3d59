// The table of `npm run attack`, a row for each attack as soon as it is over.
import { catalogue } from './catalogue.ts'
import { counts } from './judge.ts'
import type { Report } from './run.ts'
import { drawRow, inkVerdict } from '../lib/table.ts'

const NAME = Math.max(...catalogue.map(({ name }) => name.length))
const VERDICT = 'verdict'

const columns: [name: string, width: number, cell: (report: Report) => string][] = [
  ['attack', NAME, ({ attack }) => attack.name],
  ['clients', 7, ({ attack }) => String(attack.clients)],
  ['sent', 7, ({ outcomes }) => size(outcomes.reduce((sum, { sent }) => sum + sent, 0))],
  ['came back', 24, cameBack],
  [VERDICT, 7, ({ faults }) => (faults.length === 0 ? 'held' : 'FELL')],
  ['took', 6, ({ ms }) => `${(ms / 1000).toFixed(1)} s`],
  ['CPU', 7, ({ cpu }) => `${Math.round(cpu)} ms`],
  ['memory', 7, ({ memory }) => `+${size(memory)}`],
  ['others wait', 11, ({ wait }) => `${Math.round(wait)} ms`],
]

export const HEADING = columns.map(([name]) => name)
const WIDTHS = columns.map(([, width]) => width)
/** In a narrow window, the others stand below these. */
const STAY = ['attack', VERDICT, 'took'].map((name) => HEADING.indexOf(name))
/** They stand at the left, numbers at the right. */
const WORDS = ['attack', 'came back', VERDICT].map((name) => HEADING.indexOf(name))

export function rowOf(report: Report): string[] {
  return columns.map(([, , cell]) => cell(report))
}

export function showRow(cells: string[]): string {
  const paint = (padded: string, column: number) =>
    HEADING[column] === VERDICT && cells !== HEADING ? inkVerdict(padded) : padded
  return drawRow(cells, WIDTHS, { words: WORDS, paint, narrow: { stay: STAY, heading: HEADING } })
}

/** `100 × 408` */
function cameBack({ attack, outcomes }: Report): string {
  return [...counts(outcomes, attack)].map(([result, count]) => `${count} × ${result}`).join(', ')
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${Math.round(bytes / 1_000_000)} MB`
}
