// Mistakes made in a table of states that reads chunks, and in lengths that are taken apart by their characters.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '06-request-body/body.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'ten-fingers',
    misconception: 'A number in a head is written in tens.',
    repeats: 'size-in-decimal',
    edit: {
      file,
      find: 'size * 16 + Number.parseInt(digit, 16)',
      replace: 'size * 10 + Number.parseInt(digit, 16)',
    },
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'size-follows-bytes',
    misconception: 'When the bytes are there, the next size comes.',
    repeats: 'line-end-behind-a-chunk-left',
    edit: {
      file,
      find: "if (this.missing === 0) this.state = 'line end'",
      replace: "if (this.missing === 0) this.state = 'size'",
    },
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'last-line-read',
    misconception: 'Behind the last size there is one empty line.',
    repeats: 'one-line-after-the-last-size',
    edit: {
      file,
      find: '        await readFields(this.reader, this.limits)\n',
      replace: '        await this.readLine(this.limits.chunkLine)\n',
    },
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'over-at-nought',
    misconception: 'A size of 0 ends the body.',
    edit: {
      file,
      find: "this.state = this.missing === 0 ? 'trailers' : 'bytes'",
      replace: "this.state = this.missing === 0 ? 'over' : 'bytes'",
    },
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'coding-as-sent',
    misconception: 'There is one coding, and it is called chunked.',
    repeats: 'chunked-in-small-letters',
    edit: [
      { file, find: '`${String(coding)}`.toUpperCase()', replace: 'String(coding)' },
      { file, find: "name !== 'CHUNKED'", replace: "name !== 'chunked'" },
    ],
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'what-number-takes',
    misconception: '`Number` knows what a number is.',
    repeats: 'length-as-node-counts',
    edit: {
      file,
      find: "text !== '' && [...text].every((digit) => digit >= '0' && digit <= '9')",
      replace: 'Number.isInteger(Number(text))',
    },
    test: 'takes a Content-Length of digits alone',
  },
  {
    name: 'helpings-of-one-size',
    misconception: 'A read gives no more than there is of the body.',
    repeats: 'reads-past-the-length',
    edit: { file, find: 'reader.read(Math.min(missing, 10_000))', replace: 'reader.read(10_000)' },
    test: 'ends a body where Content-Length says',
  },
  {
    name: 'pieces-run-out',
    misconception: 'When there are no more pieces, the body is complete.',
    repeats: 'half-a-body',
    edit: {
      file,
      find: "if (piece === null) throw malformed('That body is not whole.')",
      replace: 'if (piece === null) return',
    },
    test: 'answers 400 to a body that breaks off',
  },
  {
    name: 'each-chunk-within-bounds',
    misconception: 'A chunk that is too large is turned away.',
    repeats: 'limit-for-each-chunk',
    edit: {
      file,
      find: 'if (this.total > this.limits.body)',
      replace: 'if (this.missing > this.limits.body)',
    },
    test: 'answers 413 to a body over its limit',
  },
  {
    name: 'size-and-nothing-else',
    misconception: 'On the line of a size there is a size.',
    edit: { file, find: "const semicolon = line.indexOf(';')", replace: 'const semicolon = -1' },
    test: 'reads a body that comes in chunks',
  },
  {
    name: 'hexadecimal-in-small-letters',
    misconception: 'Hexadecimal digits are what toString(16) gives.',
    edit: { file, find: "'0123456789abcdefABCDEF'", replace: "'0123456789abcdef'" },
    test: 'reads a body that comes in chunks',
  },
]
