// What the staying view of `npm run step` puts on the terminal: a screen with the keys below it, and remarks after.
import { faint } from '../lib/ink.ts'
import type { Level } from '../lib/suites/results.ts'

const CLEAR = '\x1b[H\x1b[2J'
/** In ms: a run that takes longer than this is announced, so that the screen does not seem dead. */
const ANNOUNCED_AFTER = 700

export class Screen {
  level: Level
  #announcement: NodeJS.Timeout | undefined

  constructor(level: Level) {
    this.level = level
  }

  /** Shows these lines and nothing else. */
  show(lines: string[], keys: 'with keys' | 'without keys' = 'with keys'): void {
    this.hush()
    const below = keys === 'with keys' ? ['', this.#keys()] : []
    process.stdout.write(`${CLEAR}${[...lines, ...below].join('\n')}\n`)
  }

  /** Says something below what is shown. */
  add(text: string): void {
    process.stdout.write(`\n${text === '' ? '' : `${text}\n\n`}${this.#keys()}\n`)
  }

  announceRun(): void {
    this.hush()
    this.#announcement = setTimeout(() => process.stdout.write(faint('running again …\n')), ANNOUNCED_AFTER)
  }

  hush(): void {
    clearTimeout(this.#announcement)
  }

  #keys(): string {
    const all = this.level === 'core' ? 'a all, strict too' : 'a core only'
    return faint(`h hint · d diff · s serve · ${all} · l lesson · n next · q quit`)
  }
}
