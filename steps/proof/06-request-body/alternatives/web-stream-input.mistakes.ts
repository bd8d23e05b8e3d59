// Mistakes made where a body is a Web stream, and its pieces wait in a list.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '06-request-body/input.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'a-piece-is-an-answer',
    misconception: 'One piece is an answer to one read.',
    repeats: 'read-gives-what-is-at-hand',
    edit: {
      file,
      find: '(piece, left) => ({ count: left, isEnough: piece.length >= left })',
      replace: '(_, left) => ({ count: left, isEnough: left < Infinity })',
    },
    test: 'reads as many bytes as it is asked for',
  },
  {
    name: 'enough-when-more-than-enough',
    misconception: 'There is enough when a piece has more than is left to read.',
    repeats: 'waits-for-a-byte-too-many',
    edit: [
      { file, find: 'while (left > 0 && (this', replace: 'while (left >= 0 && (this' },
      {
        file,
        find: '({ count: left, isEnough: piece.length >= left })',
        replace: '({ count: left, isEnough: piece.length > left })',
      },
    ],
    test: 'reads as many bytes as it is asked for',
  },
  {
    name: 'end-of-piece-end-of-line',
    misconception: 'A piece without a line feed is the rest of the line.',
    repeats: 'line-ends-where-a-piece-ends',
    edit: {
      file,
      find: '{ count: left, isEnough: piece.length >= left } : { count: end + 1, isEnough: true }',
      replace: '{ count: left, isEnough: true } : { count: end + 1, isEnough: true }',
    },
    test: 'reads line by line',
  },
  {
    name: 'so-many-lines',
    misconception: '`readlines(3)` gives three lines.',
    repeats: 'hint-is-a-count',
    edit: { file, find: 'while (bytes < wanted)', replace: 'while (lines.length < wanted)' },
    test: 'reads as a file of Python does',
  },
  {
    name: 'pieces-joined-as-words',
    misconception: 'To join pieces there is join.',
    repeats: 'body-as-text',
    edit: { file, find: 'Buffer.concat(taken)', replace: "Buffer.from(taken.join(''))" },
    test: 'reads as many bytes as it is asked for',
  },
  {
    name: 'asked-for-when-built',
    misconception: 'Whoever makes an input wants the body.',
    repeats: 'asks-at-once',
    edit: { file, find: '    this.ask = ask\n', replace: '    void ask?.()\n' },
    test: 'asks for a body when the application reads it',
  },
  {
    name: 'drained-dry',
    misconception: 'What is drained is dry in the end.',
    repeats: 'drain-to-the-end',
    edit: {
      file,
      find: '!this.isLost && !this.hasEnded && bytes <= limit) {',
      replace: '!this.isLost && !this.hasEnded) {',
    },
    test: 'drains what was left unread, up to a limit',
  },
  {
    name: 'drained-from-nought',
    misconception: 'Pieces that wait have been paid for.',
    repeats: 'drain-counts-what-comes',
    edit: {
      file,
      find: 'let bytes = this.waiting.reduce((sum, piece) => sum + piece.length, 0)',
      replace: 'let bytes = 0',
    },
    test: 'drains what was left unread, up to a limit',
  },
  {
    name: 'iterated-by-pieces',
    misconception: 'To iterate over a stream gives its pieces.',
    edit: { file, find: 'const next = () => this.readline()', replace: 'const next = () => this.read(4096)' },
    test: 'reads line by line',
  },
  {
    name: 'rest-of-a-piece-dropped',
    misconception: 'A piece that was taken from the list has been read.',
    edit: {
      file,
      find: '      if (piece.length > count) this.waiting.unshift(piece.subarray(count))\n',
      replace: '',
    },
    test: 'reads as many bytes as it is asked for',
  },
  {
    name: 'end-told-by-an-error',
    misconception: 'A stream that is over cannot be read, and reading it is an error.',
    edit: {
      file,
      find: '      return !done\n',
      replace: "      if (done) throw new Error('There is no more of that body.')\n      return true\n",
    },
    test: 'reads as many bytes as it is asked for',
  },
]
