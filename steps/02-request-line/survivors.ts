// Mutants of step 2 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/kit/survivor.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const sentence = /^(['`]).*\.(\\n)?\1$/

const all =
  'Nothing differs: the pattern gives all of its parts or none, so that one check stands for the three.'

export const survivors: Survivor[] = [
  { file: '02-request-line/byte-reader.ts', original: sentence, why: wording },
  { file: '02-request-line/conversation.ts', original: sentence, why: wording },
  { file: '02-request-line/request-line.ts', original: sentence, why: wording },
  { file: '02-request-line/attend.ts', original: '`${error.message}\\n`', why: wording },
  { file: '02-request-line/request-line.ts', line: 'REQUEST_LINE.exec', original: '[]', why: all },
  {
    file: '02-request-line/request-line.ts',
    line: 'if (method === undefined',
    original: /undefined$/,
    why: all,
  },
]
