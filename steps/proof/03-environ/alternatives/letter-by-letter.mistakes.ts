// Mistakes made in small machines that read targets and field lines a character at a time.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const fields = '03-environ/fields.ts'
const host = '03-environ/host.ts'
const target = '03-environ/target.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'colon-in-any-state',
    misconception: 'A colon is the mark between name and value, wherever it comes.',
    repeats: 'split-at-every-colon',
    edit: {
      file: fields,
      find: `    if (state === 'name') {
      if (mark === ':') state = 'before'
      else name += tokenMark(mark)
      continue
    }
`,
      replace: `    if (mark === ':') {
      state = 'before'
      continue
    }
    if (state === 'name') {
      name += tokenMark(mark)
      continue
    }
`,
    },
    test: 'splits a field line at its first colon',
  },
  {
    name: 'spaces-passed-over',
    misconception: 'White space says nothing in a header.',
    edit: {
      file: fields,
      find: "    if (state === 'before' && isSpace) continue\n",
      replace: '    if (isSpace) continue\n',
    },
    test: 'splits a field line at its first colon',
  },
  {
    name: 'seven-bits',
    misconception: 'A header is ASCII.',
    edit: { file: fields, find: 'code > 0x20 && code !== 0x7f', replace: 'code > 0x20 && code < 0x7f' },
    test: 'passes bytes outside ASCII through, one code unit each',
  },
  {
    name: 'bytes-of-the-last-line',
    misconception: 'The bytes of a line are held against what a head may have.',
    repeats: 'bytes-not-added-up',
    edit: { file: fields, find: 'this.#bytes += line.length', replace: 'this.#bytes = line.length' },
    test: 'answers 431 to more header lines or bytes than its limits allow',
  },
  {
    name: 'no-host-no-service',
    misconception: 'Without a Host nobody knows whom the client wants.',
    repeats: 'host-wanted-of-1.0',
    edit: { file: host, find: "if (!field && request.version !== 'HTTP/1.0')", replace: 'if (!field)' },
    test: 'wants a single valid Host from every HTTP/1.1 client',
  },
  {
    name: 'field-before-target',
    misconception: 'The Host says the host.',
    repeats: 'host-before-the-spread',
    edit: { file: host, find: 'named.at(-1)', replace: 'named.at(0)' },
    test: 'takes the host from an absolute-form target',
  },
  {
    name: 'each-question-mark-a-switch',
    misconception: 'A question mark is no part of a path, and none of a query.',
    repeats: 'split-at-every-question-mark',
    edit: {
      file: target,
      find: `    if (isQuery) query += mark
    else if (mark === '?') isQuery = true
`,
      replace: `    if (mark === '?') isQuery = true
    else if (isQuery) query += mark
`,
    },
    test: 'splits path and query at the first question mark',
  },
  {
    name: 'digits-in-small-letters',
    misconception: 'The digits are those of DIGITS.',
    edit: { file: target, find: 'DIGITS.indexOf(mark.toLowerCase())', replace: 'DIGITS.indexOf(mark)' },
    test: 'decodes the path, and only the path, into bytes',
  },
  {
    name: 'digits-are-digits',
    misconception: 'Behind a percent sign stand the two digits of its escape.',
    repeats: 'any-two-are-an-escape',
    edit: {
      file: target,
      find: 'high === -1 || low === -1 ? -1 : high * 16 + low',
      replace: 'Math.max(0, high) * 16 + Math.max(0, low)',
    },
    test: 'leaves a % that is no escape as it is',
  },
  {
    name: 'path-as-found',
    misconception: 'What lies between the authority and the query is the path.',
    repeats: 'absolute-form-without-a-path',
    edit: { file: target, find: "this.#until('?') || '/'", replace: "this.#until('?')" },
    test: 'takes the host from an absolute-form target',
  },
]
