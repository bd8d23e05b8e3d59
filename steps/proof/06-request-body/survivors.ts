// Mutants of step 6 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const BODY = '06-request-body/body.ts'
const INPUT = '06-request-body/input.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const sentence = /^(['`]).*\.\1$/
const copies = 'Nothing differs but that one part is copied where it could be given as it is.'
const all =
  'Nothing differs: the bytes up to the end of those at hand are all of them, and behind it are none.'
const empty = 'Nothing differs: a body of 0 bytes is over at the first look, as is none.'

export const survivors: Survivor[] = [
  { file: BODY, original: sentence, why: wording },
  {
    file: BODY,
    line: 'CHUNK_LINE.exec',
    original: '[]',
    why: 'Nothing differs: the digits are looked for in the second place, which is as empty.',
  },
  {
    file: BODY,
    original: 'line === null',
    mutated: 'false',
    why: 'The status is the same, 400: `null`, read as a text, is no size. Only the sentence is another.',
  },
  {
    file: INPUT,
    line: 'return this.#body === undefined',
    original: 'this.#bytes.length === 0',
    mutated: 'true',
    why: 'Nothing differs: the body is known to be over when `#fill` finds no more bytes, and then none are at hand.',
  },
  { file: INPUT, original: 'parts.length === 1', mutated: 'false', why: copies },
  { file: INPUT, original: 'size >= bytes.length', why: all },
  { file: '06-request-body/open-body.ts', original: 'length > 0', why: empty },
]
