// A section of `npm run bench`: several servers are asked the same.
import type { Contestant } from '../servers/contestants.ts'
import type { Place } from '../machine/cores.ts'
import type { Question } from '../load/load.ts'

export interface Section {
  id: string
  title: string
  question: Question
  /** Where the servers run. Of several places, each server has the one in which it was faster in a trial. */
  place: Place | Place[]
  /** The first one is what the others are compared with. */
  contestants: Contestant[]
  /** The module that is also called in a loop inside Python, and the interpreter for it. */
  inPython?: { python: string; module: string }
  /** What one should know to read it. */
  note?: string
}

export const IN_PYTHON = 'a loop inside Python'
export const BARE = 'a bare net loop'
/** What could be reached at best, and does no server's work. */
export const LIMITS = [IN_PYTHON, BARE]
/** Clients at a time. */
export const CONNECTIONS = 32
export const PIPELINED = 16
export const hello: Question = { path: '/hello', connections: CONNECTIONS }
