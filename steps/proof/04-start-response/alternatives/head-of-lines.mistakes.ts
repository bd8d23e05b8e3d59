// Mistakes made where a head is a list of lines, and a response in one of three states.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const head = '04-start-response/head.ts'
const response = '04-start-response/response.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'one-end-for-all-lines',
    misconception: 'Joined lines and one more end behind them are a head.',
    edit: { file: head, find: "pair.join(': ')), '', '']", replace: "pair.join(': ')), '']" },
    test: 'writes a head down',
  },
  {
    name: 'known-by-its-spelling',
    misconception: 'A name is there when it is in the list.',
    repeats: 'second-length',
    orRightly: {
      name: 'second-date',
      because: 'The first that is written twice is the Date, and the hint asks what a name is compared with.',
    },
    edit: {
      file: head,
      find: 'known.toLowerCase() === name.toLowerCase()',
      replace: 'known.toLowerCase() === name',
    },
    test: 'adds Date and Server where the application has none',
  },
  {
    name: 'owed-whatever-is-there',
    misconception: 'A server owes each answer its date and its name.',
    repeats: 'second-date',
    edit: {
      file: head,
      find: 'headers.concat(owed.filter(([name]) => !hasHeader(headers, name)))',
      replace: 'headers.concat(owed)',
    },
    test: 'adds Date and Server where the application has none',
  },
  {
    name: 'no-line-end-in-a-line',
    misconception: 'Only CRLF ends a line, and only that could end one too early.',
    repeats: 'pair-of-crlf-refused',
    edit: {
      file: head,
      find: `  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0xff || code === 0x7f || (code < 0x20 && code !== 9)) return false
  }
  return true
`,
      replace: '  return !text.includes(CRLF)\n',
    },
    test: 'lets nothing be injected into the head',
  },
  {
    name: 'set-of-small-letters',
    misconception: 'A Set finds what is in it.',
    repeats: 'hop-by-hop-as-written',
    edit: { file: head, find: 'HOP_BY_HOP.has(small)', replace: 'HOP_BY_HOP.has(name)' },
    test: 'keeps hop-by-hop headers to itself',
  },
  {
    name: 'head-is-called-started',
    misconception: 'To start a response is to send its head.',
    repeats: 'head-at-once',
    edit: {
      file: response,
      find: '    this.begun = { status, headers: [...headers] }\n    return this.write.bind(this)\n',
      replace:
        '    this.begun = { status, headers: [...headers] }\n    void this.sendHead()\n    return this.write.bind(this)\n',
    },
    test: 'sends the head with the first bytes, and not before',
  },
  {
    name: 'called-when-all-is-well',
    misconception: 'What was thrown out has not taken place.',
    repeats: 'refused-start-uncounted',
    edit: [
      { file: response, find: '    this.hasBeenCalled = true\n', replace: '' },
      {
        file: response,
        find: '    this.begun = { status, headers: [...headers] }\n',
        replace: '    this.begun = { status, headers: [...headers] }\n    this.hasBeenCalled = true\n',
      },
    ],
    test: 'takes a second start_response only with an error',
  },
  {
    name: 'too-late-to-matter',
    misconception: 'Once the head is out, an error can change nothing, and is passed over.',
    repeats: 'error-after-the-head-swallowed',
    edit: {
      file: response,
      find: '    if (hasError && this.wasHeadSent) throw excInfo\n',
      replace: '    if (hasError && this.wasHeadSent) return this.write.bind(this)\n',
    },
    test: 'throws back the error of a start_response that comes too late',
  },
  {
    name: 'head-belongs-to-a-chunk',
    misconception: 'By the time of finish the head has gone out with a chunk.',
    repeats: 'no-chunk-no-head',
    edit: {
      file: response,
      find: '    const written = this.sendHead()\n    return this.framing.end',
      replace: '    const written = undefined\n    return this.framing.end',
    },
    test: 'sends the head with the first bytes, and not before',
  },
  {
    name: 'reset-of-half',
    misconception: 'What is to be forgotten is the head that was to be sent.',
    orRightly: {
      name: 'fault-after-a-start',
      because: 'The call of the application does still count, and its hint asks what `reset` does.',
    },
    edit: {
      file: response,
      find: '    this.begun = null\n    this.hasBeenCalled = false\n    return true\n',
      replace: '    this.begun = null\n    return true\n',
    },
    test: 'answers 500 when the application throws, and tells only the terminal why',
  },
]
