// Mistakes made in a reader that takes byte after byte from a queue, and in a request-line that is split.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const reader = '02-request-line/byte-reader.ts'
const requestLine = '02-request-line/request-line.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'cr-where-there-is-one',
    misconception: 'Byte 10 ends a line, and a 13 before it is left out.',
    repeats: 'bare-lf-taken',
    edit: {
      file: reader,
      find: `      if (byte === 10 && this.codes.at(-1) !== 13) throw new HttpError(400, 'That LF has no CR.')
      if (byte === 10) return String.fromCharCode(...this.codes.splice(0).slice(0, -1))
`,
      replace: `      if (byte === 10) return String.fromCharCode(...this.codes.splice(0).filter((code) => code !== 13))
`,
    },
    test: 'refuses a malformed request-line',
  },
  {
    name: 'ends-at-its-cr',
    misconception: 'The 13 ends the line; the byte behind it does not matter any more.',
    edit: {
      file: reader,
      find: `      if (byte === 10 && this.codes.at(-1) !== 13) throw new HttpError(400, 'That LF has no CR.')
      if (byte === 10) return String.fromCharCode(...this.codes.splice(0).slice(0, -1))
`,
      replace: `      if (byte === 13) return String.fromCharCode(...this.codes.splice(0))
`,
    },
    test: 'answers every request with a page',
  },
  {
    name: 'no-byte-no-more-line',
    misconception: 'Where the bytes end, the line does.',
    repeats: 'half-line-as-line',
    edit: {
      file: reader,
      find: "throw new HttpError(400, 'That is no whole line.')",
      replace: 'return String.fromCharCode(...this.codes)',
    },
    test: 'outlives clients that leave before or during their request',
  },
  {
    name: 'always-414',
    misconception: 'For what is too long there is a status, 414.',
    repeats: 'one-status-for-all-lines',
    edit: {
      file: reader,
      find: "throw new HttpError(overLimit, 'That line",
      replace: "throw new HttpError(414, 'That line",
    },
    test: 'answers an endless line with 414 or 431',
  },
  {
    name: 'queue-emptied',
    misconception: 'With the end of a line, its bytes are done with, so the queue begins anew.',
    repeats: 'rest-of-chunk-dropped',
    edit: {
      file: reader,
      find: `      if (byte === 10) return String`,
      replace: `      if (byte === 10) this.queue = []
      if (byte === 10) return String`,
    },
    test: 'answers every request with a page',
  },
  {
    name: 'words-by-white-space',
    misconception: 'A line is taken into words where there is white space.',
    repeats: 'white-space-forgiven',
    edit: { file: requestLine, find: "line.split(' ')", replace: 'line.trim().split(/\\s+/)' },
    test: 'refuses a malformed request-line',
  },
  {
    name: 'methods-are-letters',
    misconception: 'A method is a word of letters.',
    edit: {
      file: requestLine,
      find: "  return text !== '' && [...text].every((mark) => TOKEN_MARKS.includes(mark) || /[0-9A-Za-z]/.test(mark))\n",
      replace: "  return text !== '' && [...text].every((mark) => /[A-Za-z]/.test(mark))\n",
    },
    test: 'takes a request-line apart',
  },
  {
    name: 'next-without-a-count',
    misconception: 'An empty line is passed over by asking for the next.',
    repeats: 'empty-lines-without-end',
    edit: {
      file: requestLine,
      find: `    if (line === '' && left === 0) throw new HttpError(400, 'Nothing but empty lines.')
    if (line === '') return next(left - 1)
`,
      replace: `    if (line === '') return next(left)
`,
    },
    test: 'passes over a few empty lines before the request-line',
  },
  {
    name: 'one-version-alone',
    misconception: 'A server of HTTP/1.1 serves HTTP/1.1.',
    edit: { file: requestLine, find: "version.charAt(5) !== '1'", replace: "version !== 'HTTP/1.1'" },
    test: 'takes a request-line apart',
  },
]
