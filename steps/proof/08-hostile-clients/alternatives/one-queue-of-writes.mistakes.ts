// Mistakes made where one interval looks at all that is awaited, and one loop sends all that is written.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '08-hostile-clients/deadlines.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'allowance-of-each-read',
    misconception: 'A phase allows so much time for a read.',
    repeats: 'time-anew-with-every-byte',
    edit: { file, find: '    this.#left -= performance.now() - began\n', replace: '' },
    test: 'answers 408 when a head takes too long',
  },
  {
    name: 'too-late-is-over',
    misconception: 'Who is too late is given up.',
    repeats: 'slow-head-taken-for-an-end',
    edit: {
      file,
      find: `    if (this.#phase === 'idle') this.#connection.giveUp()
    else this.#connection.giveUp(new HttpError(408, 'That was too slow.'))
`,
      replace: '    this.#connection.giveUp()\n',
    },
    test: 'answers 408 when a head takes too long',
  },
  {
    name: 'bytes-over-rate',
    misconception: 'So many bytes at such a rate take bytes / rate.',
    repeats: 'rate-for-each-ms',
    edit: {
      file,
      find: 'this.#left) + (bytes.length * 1000) / transferRate',
      replace: 'this.#left) + bytes.length / transferRate',
    },
    test: 'answers 408 when a body comes too slowly',
  },
  {
    name: 'whoever-sends-earns',
    misconception: 'Bytes earn time, in whatever phase they come.',
    repeats: 'head-earns-time',
    edit: { file, find: "if (this.#phase === 'body') {", replace: "if (this.#phase !== 'idle') {" },
    test: 'answers 408 when a body comes too slowly',
  },
  {
    name: 'bound-on-the-whole',
    misconception: 'What is left is never more than transferTime.',
    repeats: 'cut-down-after-earning',
    edit: {
      file,
      find: 'this.#left = Math.min(transferTime, this.#left) + (bytes.length * 1000) / transferRate',
      replace: 'this.#left = Math.min(transferTime, this.#left + (bytes.length * 1000) / transferRate)',
    },
    test: 'sells no silence for a fast beginning',
  },
  {
    name: 'same-time-for-each-piece',
    misconception: 'Every piece has the same time.',
    repeats: 'pieces-earn-nothing',
    edit: {
      file,
      find: 'this.#timed(rest, transferTime + (piece.length * 1000) / transferRate, () => this.cut())',
      replace: 'this.#timed(rest, transferTime + 1000 / transferRate, () => this.cut())',
    },
    test: 'lets a steady client take as long as its page needs',
  },
  {
    name: 'loop-for-each-write',
    misconception: 'Each write sees to its own bytes.',
    repeats: 'pieces-overtake',
    edit: {
      file,
      find: 'if (!this.#isSending) void this.#sendAll()',
      replace: 'void this.#sendAll()',
    },
    test: 'keeps what an application writes in order',
  },
  {
    name: 'a-look-a-second',
    misconception: 'For limits of many seconds, a look a second is enough.',
    edit: { file, find: 'const LOOK = 10\n', replace: 'const LOOK = 1000\n' },
    test: 'answers 408 when a head takes too long',
  },
  {
    name: 'given-up-with-its-page',
    misconception: 'To give a client up ends its connection.',
    edit: { file, find: '() => this.cut())', replace: '() => this.#connection.giveUp())' },
    test: 'cuts off a client that takes nothing',
  },
]
