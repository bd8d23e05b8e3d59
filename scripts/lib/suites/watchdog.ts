// Nothing hangs. An endless loop freezes a test process so thoroughly that vitest never learns which test it was.
// Each process therefore leaves a pulse in a file (steps/kit/vitest-setup.ts); the watchdog, in the process of the
// command, reads them, and ends a process whose event loop has stopped turning.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Pulse } from '#given/kit/vitest-setup.ts'
import type { Forks } from './forks.ts'
import { FROZEN, type PlainError } from './results.ts'

const POLL_MS = 500
/** No turn of the event loop for this long: longer than any computation in a test, even on a slow machine. */
const FROZEN_AFTER_MS = 8_000
/** The event loop turns, but the suite's imports never end: a top-level `await` for what never comes. */
const LOADED_WITHIN_MS = 12_000

/** A test process that did not live to its end. */
export interface Casualty {
  pid: number
  /** The path of the suite that it ran. */
  suite: string
  pulse: Pulse
  cause: 'frozen' | 'never loaded' | 'died'
}

/** What is remembered of a process: its time stands still in polls, so that a laptop may sleep in between. */
interface Watched {
  text: string
  stillPolls: number
  place: string
  loadingPolls: number
}

export class Watchdog {
  /** Where the test processes leave their pulse. */
  readonly folder = mkdtempSync(join(tmpdir(), 'wsgi-workshop-'))
  readonly #forks: Forks
  readonly #watched = new Map<number, Watched>()
  #casualties: Casualty[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(forks: Forks) {
    this.#forks = forks
    forks.onDeath = (pid, suite) => this.#record(pid, suite, 'died')
  }

  start(): void {
    this.#casualties = []
    this.#watched.clear()
    for (const file of readdirSync(this.folder)) rmSync(join(this.folder, file), { force: true })
    this.#timer = setInterval(() => this.#poll(), POLL_MS)
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
    const before = this.#watched.get(pid) ?? { text: '', stillPolls: 0, place: '', loadingPolls: 0 }
    const place = `${phase} ${module}`
    const now = {
      text,
      place,
      stillPolls: text === before.text ? before.stillPolls + 1 : 0,
      loadingPolls: phase === 'loading' && place === before.place ? before.loadingPolls + 1 : 0,
    }
    this.#watched.set(pid, now)
    if (now.stillPolls * POLL_MS >= FROZEN_AFTER_MS) return 'frozen'
    return now.loadingPolls * POLL_MS >= LOADED_WITHIN_MS ? 'never loaded' : undefined
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
  const loading = pulse.phase === 'loading'
  const where = loading && pulse.module ? `${pulse.module}, while it was being imported,` : 'It'
  const seconds = FROZEN_AFTER_MS / 1000
  const message = {
    frozen:
      `${where === 'It' ? 'Your code' : where} did not come back within ${seconds} s, so it was stopped.\n` +
      'The likely cause is a loop that never ends: a `while` whose condition never becomes false,\n' +
      'or one that waits for bytes without an `await`, so that none can arrive.',
    'never loaded':
      `${where} did not finish within ${LOADED_WITHIN_MS / 1000} s, so it was stopped.\n` +
      'The likely cause is an `await` outside of any function, for something that never comes.',
    died:
      `${where === 'It' ? 'The process that ran your code' : where} ended all at once.\n` +
      'The likely cause is that memory ran out: something grows without bound.',
  }[cause]
  return { name: cause === 'died' ? 'Died' : FROZEN, message, stack: '' }
}
