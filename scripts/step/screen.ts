// What the staying view of `npm run step` puts on the terminal: a screen with the keys below it, and remarks after.
import { faint } from '../lib/ink.ts'
import { keepTogether, windowRows, wrap } from '../lib/layout.ts'
import type { Level } from '../lib/suites/results.ts'
import type { Block } from './blocks.ts'
import { fit } from './fit.ts'

const CLEAR = '\x1b[H\x1b[2J'
/** In ms: a run that takes longer than this is announced, so that the screen does not seem dead. */
const ANNOUNCED_AFTER = 700

export class Screen {
  level: Level
  #announcement: NodeJS.Timeout | undefined

  constructor(level: Level) {
    this.level = level
  }

  /** Shows these blocks and nothing else, as far as the window holds them. */
  show(blocks: Block[], keys: 'with keys' | 'without keys' = 'with keys'): void {
    this.hush()
    const below = keys === 'with keys' ? ['', this.#keys()] : []
    // The line behind the last one is taken by the cursor.
    const rows = windowRows() - below.join('\n').split('\n').length - 1
    process.stdout.write(`${CLEAR}${[...fit(blocks, rows), ...below].join('\n')}\n`)
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
    const keys = ['h hint', 'd diff', 's serve', all, 'l lesson', 'n next', 'q quit']
    return wrap(faint(keys.map(keepTogether).join(' · '))).join('\n')
  }
}
