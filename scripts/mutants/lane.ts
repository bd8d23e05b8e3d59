// A lane tries one mutant after the other: each is put to suites, both levels, which stop at the first failure. It keeps
// vitest's engine from one mutant to the next, so that one costs no more than the tests up to the one that sees it.
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Step } from '../lib/catalogue.ts'
import type { Mutant } from './make.ts'
import { firstFailure, FROZEN, openSuites, type RunResult, type Suites } from '../lib/suites/run.ts'
import { atMost } from '../lib/time.ts'

/**
 * `timeout` is a way to be killed: the suite waited in vain. `later`: the suite of a step above killed it. `invalid`: it
 * is no program, and says nothing.
 */
export type State = 'killed' | 'timeout' | 'later' | 'survived' | 'invalid'

export interface Outcome {
  state: State
  /** What killed it: a test, or a problem of the whole suite. */
  by: string
  /** How many of the trials that come after it let it live, too. */
  trials?: number
}

/** The suites that a mutant is put to; with a floor, what of them must last, on that floor. */
export interface Tests {
  steps: Step[]
  floor?: number
}

/** ms that one mutant may take in all, however many tests wait in vain before one fails. */
const LONGEST = 90_000

export const mutantsFolder = join(root, '.workshop', 'mutants')

/** A tree of its own, in which one mutant after the other lives. */
export class MutantLane {
  readonly #tests: Tests
  readonly #tree: string
  #suites: Suites | undefined
  /** The last that has been written into the tree. */
  #mutant: Mutant | undefined

  constructor(tests: Tests, lane: number) {
    this.#tests = tests
    this.#tree = join(mutantsFolder, `${process.pid}-${lane}`)
    // The markers are comments, and lines keep their numbers.
    cpSync(join(root, 'solutions'), this.#tree, { recursive: true })
  }

  /** The suites on the reference, as long as no mutant has been tried. */
  async tryNone(): Promise<RunResult> {
    return (await this.#open()).run()
  }

  async try(mutant: Mutant): Promise<Outcome> {
    const before = this.#mutant
    this.#mutant = mutant
    const changed = [
      ...(before ? [this.#write(before, before.source)] : []),
      this.#write(mutant, mutant.text),
    ]
    const suites = await this.#open()
    const run = suites.run(changed)
    const result = await atMost(LONGEST, run)
    if (result) return judge(result)
    suites.abandon()
    await run
    return { state: 'timeout', by: 'the whole suite' }
  }

  async close(): Promise<void> {
    await this.#suites?.close()
    rmSync(this.#tree, { recursive: true, force: true })
  }

  /** Gives the path. */
  #write({ file }: Mutant, text: string): string {
    const path = join(this.#tree, file)
    writeFileSync(path, text)
    return path
  }

  async #open(): Promise<Suites> {
    const request = { tree: this.#tree, ...this.#tests, level: 'all' as const, bail: true }
    return (this.#suites ??= await openSuites(request))
  }
}

function judge({ tests, problems }: RunResult): Outcome {
  const test = firstFailure(tests)
  if (test) {
    const waited = test.error?.name === FROZEN || test.error?.message.startsWith('Test timed out')
    return { state: waited ? 'timeout' : 'killed', by: `${test.level} ${test.move} ${test.name}` }
  }
  const [problem] = problems
  if (problem === undefined) return { state: 'survived', by: '' }
  const { name, message } = problem.error
  if (name === FROZEN) return { state: 'timeout', by: 'the loading of the suite' }
  const isNoProgram = /Transform failed|PARSE_ERROR|SyntaxError|ERROR: /.test(`${name} ${message}`)
  return { state: isNoProgram ? 'invalid' : 'killed', by: message.split('\n')[0] ?? '' }
}
