// Mutants of step 5 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const FETCH = '05-framework-apps/fetch-style.ts'
const FRAMEWORK = '05-framework-apps/framework.ts'
const MOUNT = '05-framework-apps/mount.ts'

const wording = 'A page for people: a learner words it freely, so the suites hold its status alone.'
const collected =
  'Shows only where the collector of garbage runs while a body is sent, and then a signal is lost. No test waits for it.'
const closable = 'Nothing differs: of the bodies here only the empty list has no `close`, and needs none.'
const types = 'Nothing differs: both have as many segments, which the type checker does not know.'
const texts = 'Nothing differs: under such a key the server puts text, and the type alone allows more.'
const slash = 'Nothing differs: to a URL without a path, `Request` gives the path `/`.'

export const survivors: Survivor[] = [
  { file: FRAMEWORK, original: /^(['`]).*\.\\n\1$/, why: wording },
  { file: MOUNT, original: /Nothing is mounted here/, why: wording },
  { file: MOUNT, original: "[['Content-Type', 'text/plain; charset=utf-8']]", mutated: '[]', why: wording },
  { file: MOUNT, original: "'text/plain; charset=utf-8'", why: wording },
  { file: FETCH, original: 'Array.isArray(body)', mutated: 'true', why: collected },
  { file: FETCH, original: '{ close: () => (void request, close?.()) }', why: collected },
  { file: FETCH, original: 'Array.isArray(body)', mutated: 'false', why: closable },
  { file: FETCH, original: /^(body\.close\?\.bind|close\?\.\(\))$/, why: closable },
  {
    file: FETCH,
    original: '/^\\*$/',
    mutated: '/^\\*/',
    why: 'Nothing differs: step 3 lets no other target begin with a star.',
  },
  {
    file: FETCH,
    line: 'URL.canParse',
    original: "''",
    why: 'Nothing differs: what stands in its place makes no URL either.',
  },
  { file: FETCH, line: 'targetBelow(environ)', original: "'/'", why: slash },
  { file: FETCH, original: "typeof value === 'string'", mutated: 'true', why: texts },
  {
    file: FETCH,
    original: '/^HTTP_/',
    why: 'Nothing differs: the first HTTP_ of such a key is the one that it begins with.',
  },
  { file: FRAMEWORK, line: "wanted[index] ?? ''", original: "''", why: types },
]
