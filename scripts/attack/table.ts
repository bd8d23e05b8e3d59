// The table of `npm run attack`, a row for each attack as soon as it is over.
import { catalogue } from './catalogue.ts'
import { counts } from './judge.ts'
import type { Report } from './run.ts'
import { drawRow, inkVerdict } from '../lib/table.ts'

interface Column {
  name: string
  width: number
  /** Words stand at the left, numbers at the right. */
  isWords?: true
  cell: (report: Report) => string
}

const NAME = Math.max(...catalogue.map(({ name }) => name.length))
const VERDICT = 'verdict'

const columns: Column[] = [
  { name: 'attack', width: NAME, isWords: true, cell: ({ attack }) => attack.name },
  { name: 'clients', width: 7, cell: ({ attack }) => String(attack.clients) },
  { name: 'sent', width: 7, cell: ({ outcomes }) => size(outcomes.reduce((sum, { sent }) => sum + sent, 0)) },
  { name: 'came back', width: 24, isWords: true, cell: cameBack },
  { name: VERDICT, width: 7, isWords: true, cell: ({ faults }) => (faults.length === 0 ? 'held' : 'FELL') },
  { name: 'took', width: 6, cell: ({ ms }) => `${(ms / 1000).toFixed(1)} s` },
  { name: 'CPU', width: 7, cell: ({ cpu }) => `${Math.round(cpu)} ms` },
  { name: 'memory', width: 7, cell: ({ memory }) => `+${size(memory)}` },
  { name: 'others wait', width: 11, cell: ({ wait }) => `${Math.round(wait)} ms` },
]

export const HEADING = columns.map(({ name }) => name)

export function rowOf(report: Report): string[] {
  return columns.map(({ cell }) => cell(report))
}

export function showRow(cells: string[]): string {
  const words = [...columns.keys()].filter((column) => columns[column]?.isWords)
  const paint = (padded: string, column: number) =>
    HEADING[column] === VERDICT && cells !== HEADING ? inkVerdict(padded) : padded
  const widths = columns.map(({ width }) => width)
  return drawRow(cells, widths, { words, paint })
}

/** `100 × 408` */
function cameBack({ attack, outcomes }: Report): string {
  return [...counts(outcomes, attack)].map(([result, count]) => `${count} × ${result}`).join(', ')
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${Math.round(bytes / 1_000_000)} MB`
}
