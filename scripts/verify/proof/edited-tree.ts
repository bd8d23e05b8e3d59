// A tree of its own whose files change from one run of a suite to the next. It keeps vitest's engine for as long as the
// step stays the same: 0.5 to 2 s for each run that stops at the first failure, where one from scratch takes twice that.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from '../../lib/catalogue.ts'
import type { Texts } from '../../lib/trees/mistakes.ts'
import { openSuites, type RunResult, type Suites } from '../../lib/suites/run.ts'

export class EditedTree {
  /** Its absolute path. */
  readonly path: string
  readonly #texts: Texts
  #suites: Suites | undefined
  #step = 0
  /** The files that are not as `texts` has them. */
  #made: Texts = new Map()

  /** The tree holds `texts`. */
  constructor(path: string, texts: Texts) {
    this.path = path
    this.#texts = texts
  }

  /** Runs the step's suite up to the first failure, or one test of it, with these files in place of the tree's own. */
  async run(step: Step, made: Texts, only?: string): Promise<RunResult> {
    const changed = this.#write(made)
    const suites = await this.#open(step)
    return suites.run(changed, only)
  }

  async close(): Promise<void> {
    await this.#suites?.close()
    this.#suites = undefined
  }

  /** Gives the paths of the files that differ from before. */
  #write(made: Texts): string[] {
    const before = this.#made
    this.#made = made
    const textOf = (name: string, own: Texts) => own.get(name) ?? this.#texts.get(name)
    const names = [...new Set([...before.keys(), ...made.keys()])]
    const changed = names.filter((name) => textOf(name, before) !== textOf(name, made))
    return changed.map((name) => {
      const path = join(this.path, name)
      const text = textOf(name, made)
      if (text === undefined) rmSync(path)
      else writeFileSync(path, text)
      return path
    })
  }

  async #open(step: Step): Promise<Suites> {
    if (this.#suites && this.#step === step.number) return this.#suites
    await this.close()
    this.#step = step.number
    return (this.#suites = await openSuites({ tree: this.path, steps: [step], level: 'all', bail: true }))
  }
}
