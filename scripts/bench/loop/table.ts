// What the benchmarks share: running a command as a learner would, and the table of what came of it.
import { spawn } from 'node:child_process'

export interface Row {
  what: string
  /** The median. */
  value: number
  worst?: number
  bar: number
  unit: 'ms' | 'MB'
}

/** Runs `npm …` to its end, and gives the ms it took. */
export async function runPlainly(folder: string, words: string[]): Promise<number> {
  const npm = process.env['npm_execpath']
  const command = words[0] === 'run' ? words.slice(1) : words
  // Without npm round us there is none to be found in a way that works on every system.
  const line = npm ? [npm, ...words] : ['scripts/start.mjs', ...command]
  const began = performance.now()
  const child = spawn(process.execPath, line, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.resume()
  await new Promise((resolve) => child.once('close', resolve))
  return performance.now() - began
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function printTable(rows: Row[]): void {
  const cells = rows.map(({ what, value, worst, bar, unit }) => [
    what,
    show(value, unit),
    worst === undefined ? '' : show(worst, unit),
    show(bar, unit),
    value <= bar ? 'kept' : 'MISSED',
  ])
  const lines = [['', 'median', 'worst', 'bar', ''], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const [what = '', ...numbers] of lines) {
    const rest = numbers.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))
    console.log([what.padEnd(widths[0] ?? 0), ...rest].join('  ').trimEnd())
  }
}

function show(value: number, unit: Row['unit']): string {
  return `${Math.round(value)} ${unit}`
}
