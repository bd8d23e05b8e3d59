// Mutants of step 8 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const DEADLINES = '08-hostile-clients/deadlines.ts'
const SERVER = '08-hostile-clients/server.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const queued = 'Nothing differs but the time: a write that nothing keeps back goes through the queue, too.'
const turns = 'Nothing differs but the time: the server takes a turn where none is due.'
const nobody = 'Nothing differs: no address reads like that.'

export const survivors: Survivor[] = [
  { file: DEADLINES, original: /^`The \$\{part\}/, why: wording },
  { file: DEADLINES, original: "'head'", line: 'isBegun ?', why: wording },
  { file: SERVER, original: '[]', line: 'trusted = []', why: nobody },
  {
    file: DEADLINES,
    original: "'idle'",
    line: "#phase: 'idle'",
    why: 'Nothing differs: the phase is set before anything is read.',
  },
  { file: DEADLINES, original: /^this\.#waiting > 0/, mutated: 'true', why: queued },
  { file: DEADLINES, original: 'this.#waiting > 0', mutated: 'this.#waiting >= 0', why: queued },
  { file: DEADLINES, original: 'bytes.length > PIECE', mutated: 'bytes.length >= PIECE', why: queued },
  { file: DEADLINES, original: /this\.#waiting--$/, why: queued },
  {
    file: DEADLINES,
    original: 'at < bytes.length',
    mutated: 'at <= bytes.length',
    why: 'Nothing differs: at most a piece without bytes is written at the end.',
  },
  {
    file: DEADLINES,
    original: 'rest !== undefined',
    mutated: 'true',
    why: 'Nothing differs: where there is nothing to wait for, the alarm is set and cleared at once.',
  },
  {
    file: DEADLINES,
    original: 'this.#reading.elapsed >= ms',
    mutated: 'this.#reading.elapsed > ms',
    why: 'Nothing differs: no silence is as long as the lull to the fraction of a ms.',
  },
  { file: SERVER, original: /performance\.now\(\)/, line: 'isAhead && performance.now()', why: turns },
]
