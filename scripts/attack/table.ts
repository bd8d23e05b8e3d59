// The table of `npm run attack`, a row for each attack as soon as it is over.
import { catalogue } from './catalogue.ts'
import { summary } from './judge.ts'
import type { Report } from './run.ts'
import { bold, green, red } from '../lib/ink.ts'

export const COLUMNS = [
  'attack',
  'clients',
  'sent',
  'came back',
  'verdict',
  'took',
  'CPU',
  'memory',
  'others wait',
]
const VERDICT = 4
const NAME = Math.max(...catalogue.map(({ name }) => name.length))
const WIDTHS = [NAME, 7, 7, 24, 7, 6, 7, 7, 11]
/** These are words; the other columns are numbers, and stand at the right. */
const WORDS = new Set([0, 3, VERDICT])

export function rowOf({ attack, outcomes, faults, ms, cpu, memory, wait }: Report): string[] {
  const sent = outcomes.reduce((sum, outcome) => sum + outcome.sent, 0)
  return [
    attack.name,
    String(attack.clients),
    size(sent),
    summary(outcomes, attack),
    faults.length === 0 ? 'held' : 'FELL',
    `${(ms / 1000).toFixed(1)} s`,
    `${Math.round(cpu)} ms`,
    `+${size(memory)}`,
    `${Math.round(wait)} ms`,
  ]
}

export function showRow(cells: string[]): string {
  const shown = cells.map((cell, column) => {
    const width = WIDTHS[column] ?? 0
    const padded = WORDS.has(column) ? cell.padEnd(width) : cell.padStart(width)
    if (column !== VERDICT) return padded
    return cell === 'held' ? green(padded) : cell === 'FELL' ? bold(red(padded)) : padded
  })
  return shown.join('  ').trimEnd()
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${Math.round(bytes / 1_000_000)} MB`
}
