// Nothing hangs. An endless loop freezes a test process so thoroughly that vitest never learns which test it was.
// Each process therefore leaves a pulse in a file (steps/kit/vitest-setup.ts); the watchdog, in the process of the
// command, reads them, and ends a process whose event loop has stopped turning.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Pulse } from '#given/kit/vitest-setup.ts'
import type { Forks } from './forks.ts'
import { DIED, FROZEN, type PlainError } from './results.ts'
import { Refusal } from '../words.ts'

const POLL_MS = 500
/** No turn of the event loop for this long: longer than any computation in a test, even on a slow machine. */
const FROZEN_AFTER_MS = 8_000
/** The event loop turns, but the suite's imports never end: a top-level `await` for what never comes. */
const LOADED_WITHIN_MS = 12_000

/** For this long no test process lives, and vitest waits all the same: for nothing that could come. */
const STUCK_AFTER_MS = 5_000

/** The engine is of no use any more. */
export class Stuck extends Refusal {
  constructor() {
    super('The test engine stopped answering. Run this again: it starts afresh.')
  }
}

/** A test process that did not live to its end. */
export interface Casualty {
  pid: number
  /** The path of the suite that it ran. */
  suite: string
  pulse: Pulse
  cause: 'frozen' | 'never loaded' | 'died'
}

export class Watchdog {
  /** Where the test processes leave their pulse. */
  readonly folder = mkdtempSync(join(tmpdir(), 'wsgi-workshop-'))
  readonly #forks: Forks
  /** Since when something is the same, counted in polls, so that a laptop may sleep in between. */
  readonly #unchanged = new Map<string, { value: string; polls: number }>()
  #casualties: Casualty[] = []
  #timer: NodeJS.Timeout | undefined
  #idlePolls = 0
  #giveUp = (_why: Stuck) => {}

  constructor(forks: Forks) {
    this.#forks = forks
    forks.onDeath = (pid, suite) => this.#record(pid, suite, 'died')
  }

  /** Rejects with Stuck when the run is to be given up. */
  start(): Promise<never> {
    this.#idlePolls = 0
    this.#casualties = []
    this.#unchanged.clear()
    for (const file of readdirSync(this.folder)) rmSync(join(this.folder, file), { force: true })
    this.#timer = setInterval(() => this.#poll(), POLL_MS)
    return new Promise((_resolve, reject) => (this.#giveUp = reject))
  }

  /** The processes that have fallen since `start`. */
  stop(): Casualty[] {
    clearInterval(this.#timer)
    return this.#casualties
  }

  close(): void {
    clearInterval(this.#timer)
    rmSync(this.folder, { recursive: true, force: true })
  }

  #poll(): void {
    this.#idlePolls = this.#forks.isIdle ? this.#idlePolls + 1 : 0
    if (this.#idlePolls * POLL_MS >= STUCK_AFTER_MS) this.#giveUp(new Stuck())
    for (const file of readdirSync(this.folder)) {
      const pid = Number(basename(file, '.json'))
      const suite = this.#forks.suiteOf(pid)
      if (suite === undefined) continue
      const cause = this.#diagnose(pid)
      if (!cause) continue
      this.#record(pid, suite, cause)
      this.#forks.kill(pid)
    }
  }

  #diagnose(pid: number): 'frozen' | 'never loaded' | undefined {
    const text = this.#read(pid)
    const { phase, module } = parse(text)
    const still = this.#unchangedFor(`${pid} pulse`, text)
    const atOnePlace = this.#unchangedFor(`${pid} place`, `${phase} ${module}`)
    if (still >= FROZEN_AFTER_MS) return 'frozen'
    return phase === 'loading' && atOnePlace >= LOADED_WITHIN_MS ? 'never loaded' : undefined
  }

  /** In ms. */
  #unchangedFor(what: string, value: string): number {
    const before = this.#unchanged.get(what)
    const polls = before?.value === value ? before.polls + 1 : 0
    this.#unchanged.set(what, { value, polls })
    return polls * POLL_MS
  }

  #record(pid: number, suite: string, cause: Casualty['cause']): void {
    if (this.#casualties.some((casualty) => casualty.pid === pid)) return
    this.#casualties.push({ pid, suite, cause, pulse: parse(this.#read(pid)) })
  }

  #read(pid: number): string {
    try {
      return readFileSync(join(this.folder, `${pid}.json`), 'utf8')
    } catch {
      return ''
    }
  }
}

/** A pulse caught half-written counts as one that says nothing. */
function parse(text: string): Pulse {
  const nothing: Pulse = { phase: 'loading', module: '', level: '', test: '', beat: 0 }
  try {
    return { ...nothing, ...JSON.parse(text) }
  } catch {
    return nothing
  }
}

/** What a learner is told about it. */
export function casualtyError({ cause, pulse }: Casualty): PlainError {
  const isNamed = pulse.phase === 'loading' && pulse.module !== ''
  const what = (other: string) => (isNamed ? `${pulse.module}, while it was being imported,` : other)
  const message = {
    frozen:
      `${what('Your code')} did not come back within ${FROZEN_AFTER_MS / 1000} s, so it was stopped.\n` +
      'The likely cause is a loop that never ends: a `while` whose condition never becomes false,\n' +
      'or one that waits for bytes without an `await`, so that none can arrive.',
    'never loaded':
      `${what('It')} did not finish within ${LOADED_WITHIN_MS / 1000} s, so it was stopped.\n` +
      'The likely cause is an `await` outside of any function, for something that never comes.',
    died:
      `${what('The process that ran your code')} ended all at once.\n` +
      'The likely cause is that memory ran out: something grows without bound.',
  }[cause]
  return { name: cause === 'died' ? DIED : FROZEN, message, stack: '' }
}
