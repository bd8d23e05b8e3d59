// Mutants of step 8 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const AT_HAND = '08-hostile-clients/at-hand.ts'
const DEADLINES = '08-hostile-clients/deadlines.ts'
const SERVER = '08-hostile-clients/server.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const longWay = 'Nothing differs but the time: without the shortcut, the head is read the long way.'
const queued = 'Nothing differs but the time: a write that nothing keeps back goes through the queue, too.'
const turns = 'Nothing differs but the time: the server takes a turn where none is due.'
const nobody = 'Nothing differs: no header section and no address reads like that.'

export const survivors: Survivor[] = [
  { file: AT_HAND, original: /^`There are over/, why: wording },
  { file: DEADLINES, original: /^`The \$\{part\}/, why: wording },
  { file: DEADLINES, original: "'head'", line: 'isBegun ?', why: wording },
  { file: AT_HAND, original: "''", line: '#section =', why: nobody },
  { file: SERVER, original: '[]', line: 'trusted = []', why: nobody },
  {
    file: AT_HAND,
    original: '[]',
    line: '#fields: Field[] =',
    why: 'The type checker refuses it: a text is no field.',
  },
  { file: AT_HAND, original: '{ // So short that no part…', why: longWay },
  { file: AT_HAND, original: 'section === this.#section', mutated: 'false', why: longWay },
  {
    file: AT_HAND,
    original: 'lines.slice(0, fieldCount)',
    why: 'Where there is a header line too many, and it is broken as well, either status is right.',
  },
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
  { file: SERVER, original: '!isAhead', mutated: 'false', why: longWay },
  { file: SERVER, original: '{ await reader.wait()…', why: longWay },
]
