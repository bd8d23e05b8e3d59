// What the staying view of `npm run step` shows: each verdict with the keys below it, and remarks after. A terminal that
// knows no codes, and a reader who wants none (`plain`), get one text below the other.
import { stripVTControlCharacters } from 'node:util'
import { shown } from '../lib/catalogue.ts'
import { faint } from '../lib/ink.ts'
import { keepTogether, windowRows, wrap } from '../lib/layout.ts'
import type { Level } from '../lib/suites/results.ts'
import type { Block } from './blocks.ts'
import { fit } from './fit.ts'
import { isDumb } from './terminal.ts'
import type { Attempt } from './trial.ts'
import type { Verdict } from './verdict.ts'

const CLEAR = '\x1b[H\x1b[2J'
const SEPARATOR = '---\n'
const PLAIN = 'Save a file, or press Enter, and this runs again. q quits.'
/** In ms: a run that takes longer than this is announced, so that the screen does not seem dead. */
const ANNOUNCED_AFTER = 700

export class Screen {
  level: Level
  /** Undefined until there is one for the step as it is shown. */
  verdict: Verdict | undefined
  readonly isPlain: boolean
  /** Nothing is taken back: what is shown stays above what follows. */
  readonly #isLinear: boolean
  /** Said above the first verdict. */
  #greeting: string[] = []
  /** The files that led to the verdict to come. */
  readonly #changed = new Set<string>()
  #announcement: NodeJS.Timeout | undefined

  constructor(level: Level, isPlain = false) {
    this.level = level
    this.isPlain = isPlain
    this.#isLinear = isPlain || isDumb
  }

  begin(title: string, greeting: string[]): void {
    this.verdict = undefined
    this.#greeting = this.#isLinear ? [] : greeting
    const help = this.isPlain ? [PLAIN] : []
    this.#show([{ lines: [...greeting, title, '', ...help, faint('running …')] }], [])
  }

  /** The note on types follows a verdict, as long as nothing else is shown. */
  present({ verdict, annotated }: Attempt, isCurrent: () => boolean): void {
    this.#paint(verdict)
    void annotated.then((full) => {
      if (full.note.length === 0 || this.verdict !== verdict || !isCurrent()) return
      if (this.#isLinear) this.say(full.note.join('\n'))
      else this.#paint(full)
    })
  }

  /** Says something below what is shown, and the keys below that. */
  add(text: string): void {
    this.say(['', ...(text === '' ? [] : [text, '']), ...this.#keys()].join('\n'))
  }

  say(text: string): void {
    process.stdout.write(`${this.#isLinear ? stripVTControlCharacters(text) : text}\n`)
  }

  announceRun(changed: string[]): void {
    for (const file of changed) this.#changed.add(shown(file))
    this.hush()
    this.#announcement = setTimeout(() => this.say(faint('running again …')), ANNOUNCED_AFTER)
  }

  hush(): void {
    clearTimeout(this.#announcement)
  }

  #paint(verdict: Verdict): void {
    this.verdict = verdict
    const causes =
      this.#isLinear && this.#changed.size > 0 ? [`Changed: ${[...this.#changed].join(', ')}\n`] : []
    this.#changed.clear()
    this.#show([{ lines: [...this.#greeting, ...causes] }, ...verdict.blocks], ['', ...this.#keys()])
    this.#greeting = []
  }

  /** As much of the blocks as the window holds, and what stands below them. */
  #show(blocks: Block[], below: string[]): void {
    this.hush()
    // The line behind the last one is taken by the cursor.
    const rows = this.#isLinear ? Infinity : windowRows() - below.length - 1
    this.say((this.#isLinear ? SEPARATOR : CLEAR) + [...fit(blocks, rows), ...below].join('\n'))
  }

  #keys(): string[] {
    const all = this.level === 'core' ? 'a strict' : 'a core'
    const keys = ['Enter again', 'h hint', 'd diff', 's serve', all, 'l lesson', 'n next', 'q quit']
    return this.isPlain ? [] : wrap(faint(keys.map(keepTogether).join(' · ')))
  }
}
