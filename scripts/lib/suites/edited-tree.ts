// A tree of its own whose files change from one run of suites to the next. It keeps vitest's engine for as long as the
// suites stay the same: 0.5 to 2 s for each run that stops at the first failure, where one from scratch takes twice that.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Texts } from '../trees/mistakes.ts'
import { openSuites, type RunResult, type Suites, type SuitesRequest } from './run.ts'

/** The suites of these steps; with a floor, what of them must last, on that floor. */
export type Tests = Pick<SuitesRequest, 'steps' | 'floor'>

export class EditedTree {
  /** Its absolute path. */
  readonly path: string
  readonly #texts: Texts
  #suites: Suites | undefined
  #tests: Tests | undefined
  /** The files that are not as `texts` has them. */
  #made: Texts = new Map()

  /** The tree holds `texts`. */
  constructor(path: string, texts: Texts) {
    this.path = path
    this.#texts = texts
  }

  /** Runs suites up to the first failure, or one test of them, with these files in place of the tree's own. */
  async run(tests: Tests, made: Texts, only?: string): Promise<RunResult> {
    const changed = this.#write(made)
    const suites = await this.#open(tests)
    return suites.run(changed, only)
  }

  /** Ends the run that is under way: its result is then of no use. */
  abandon(): void {
    this.#suites?.abandon()
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

  async #open(tests: Tests): Promise<Suites> {
    if (this.#suites && isDeepStrictEqual(this.#tests, tests)) return this.#suites
    await this.close()
    this.#tests = tests
    return (this.#suites = await openSuites({ tree: this.path, ...tests, level: 'all', bail: true }))
  }
}
