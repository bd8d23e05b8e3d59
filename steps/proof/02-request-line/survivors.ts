// Mutants of step 2 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const ATTEND = '02-request-line/attend.ts'
const READER = '02-request-line/byte-reader.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const sentence = /^(['`]).*\.(\\n)?\1$/

const all =
  'Nothing differs: the pattern gives all of its parts or none, so that one check stands for the three.'

const own = 'A mistake of the server’s own, of which this floor has none; tests of later floors hold it.'
const shortcut =
  'Given for a shortcut of floor 8: tests of later floors hold it, and a property of `npm run fuzz` a part of it.'

export const survivors: Survivor[] = [
  { file: READER, original: sentence, why: wording },
  { file: '02-request-line/conversation.ts', original: sentence, why: wording },
  { file: '02-request-line/request-line.ts', original: sentence, why: wording },
  { file: ATTEND, original: '`${error.message}\\n`', why: wording },
  { file: '02-request-line/request-line.ts', line: 'REQUEST_LINE.exec', original: '[]', why: all },
  {
    file: '02-request-line/request-line.ts',
    line: 'if (method === undefined',
    original: /undefined$/,
    why: all,
  },
  { file: ATTEND, original: 'error instanceof HttpError', mutated: 'true', why: own },
  { file: ATTEND, original: /^'The server made a mistake/, why: wording },
  { file: READER, line: 'EMPTY_LINE = ', original: /./, why: shortcut },
  { file: READER, line: 'end === -1 || end', original: /./, why: shortcut },
  { file: READER, line: 'const head = ', original: "'latin1'", why: shortcut },
  { file: READER, original: 'end + EMPTY_LINE.length', why: shortcut },
]
