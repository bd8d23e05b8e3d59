// Mutants of step 3 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const ENVIRON = '03-environ/environ.ts'
const FIELDS = '03-environ/fields.ts'
const SERVER = '03-environ/server.ts'
const TARGET = '03-environ/target.ts'

const wording = 'A sentence for people: a learner words it freely, so the suites hold its status alone.'
const sentence = /^(['`]).*\.\1$/
const name = 'Whoever writes a server names it.'
const memory = 'Nothing differs but the memory that made-up names cost, and the time that known ones save.'
const quicker = 'Nothing differs: it only saves the comparison, or the decoding, of what cannot fit.'
const stripped = 'Nothing differs: the other condition of the loop ends it at the same place.'
const told =
  'What the terminal shows is step 2’s own test; this floor prints the same lines by the same function.'

export const survivors: Survivor[] = [
  { file: FIELDS, original: sentence, why: wording },
  { file: '03-environ/host.ts', original: sentence, why: wording },
  { file: TARGET, original: sentence, why: wording },
  { file: ENVIRON, original: "'wsgi-workshop/0.1'", why: name },
  { file: ENVIRON, original: /^(before !== undefined|known\.size < KNOWN)$/, why: memory },
  { file: FIELDS, original: 'name.length === wanted.length', mutated: 'true', why: quicker },
  { file: FIELDS, original: /^(start < end|end > start)$/, why: stripped },
  {
    file: '03-environ/host.ts',
    original: 'authority === undefined',
    mutated: 'false',
    why: 'Nothing differs: `undefined`, read as a text, looks like a host.',
  },
  { file: SERVER, line: 'tell?.(', original: /./, why: told },
  {
    file: TARGET,
    line: 'ABSOLUTE.exec',
    original: /./,
    why: 'Nothing differs: the pattern gives both groups or none.',
  },
  { file: TARGET, line: "path.includes('%')", original: /./, why: quicker },
]
