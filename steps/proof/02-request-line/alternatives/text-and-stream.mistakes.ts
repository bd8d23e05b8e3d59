// Mistakes made in a reader of text that comes through a Web stream, and in the pages and lines around it.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const reader = '02-request-line/byte-reader.ts'
const conversation = '02-request-line/conversation.ts'
const page = '02-request-line/page.ts'
const transcript = '02-request-line/transcript.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'searched-for-both',
    misconception: 'What has been searched need not be searched again.',
    repeats: 'end-within-a-chunk',
    edit: [
      {
        file: reader,
        find: "this.#text.indexOf('\\n', this.#searched)",
        replace: "this.#text.indexOf('\\r\\n', this.#searched)",
      },
      { file: reader, find: 'this.#take(end + 1)', replace: 'this.#take(end + 2)' },
    ],
    test: 'reads a line that arrives a byte at a time',
  },
  {
    name: 'text-taken-for-the-last',
    misconception: 'The text is what the stream has given.',
    edit: { file: reader, find: 'this.#text += value', replace: 'this.#text = value' },
    test: 'reads a line that arrives a byte at a time',
  },
  {
    name: 'measured-when-whole',
    misconception: 'How long a line is can be said when it is whole.',
    repeats: 'limit-at-the-end-alone',
    edit: {
      file: reader,
      find: `      if (this.#text.length > (this.#text.endsWith('\\r') ? limit + 1 : limit))
        throw new HttpError(overLimit, \`\${limit} bytes are all that is taken.\`)
`,
      replace: '',
    },
    test: 'answers an endless line with 414 or 431',
  },
  {
    name: 'answer-before-the-lines',
    misconception: 'The answer depends on the first line alone; the others can be read when it has gone out.',
    repeats: 'answered-too-soon',
    edit: [
      {
        file: conversation,
        find: "  await connection.write(page(200, `You asked for ${words.replace(/ (?=\\S+$)/, ' over ')}\\n`))\n",
        replace: '',
      },
      {
        file: conversation,
        find: '  const transcript = [words]\n',
        replace:
          "  const transcript = [words]\n  await connection.write(page(200, `You asked for ${words.replace(/ (?=\\S+$)/, ' over ')}\\n`))\n",
      },
    ],
    test: 'answers a request however it is cut',
  },
  {
    name: 'generator-that-just-ends',
    misconception: 'When there are no more lines, the generator is done.',
    repeats: 'half-head-answered',
    edit: {
      file: conversation,
      find: "if (line === null) throw new HttpError(400, 'That head has no end.')",
      replace: 'if (line === null) return',
    },
    test: 'outlives clients that leave before or during their request',
  },
  {
    name: 'request-taken-for-granted',
    misconception: 'There is a request, or there would be no connection.',
    repeats: 'leaving-not-expected',
    edit: [
      { file: conversation, find: '  if (!asked) return\n', replace: '' },
      {
        file: conversation,
        find: '[asked.method, asked.target, asked.version]',
        replace: '[asked!.method, asked!.target, asked!.version]',
      },
    ],
    test: 'outlives clients that leave before or during their request',
  },
  {
    name: 'length-without-an-encoding',
    misconception: 'Buffer.byteLength knows how a text is encoded.',
    repeats: 'length-in-utf8',
    edit: { file: page, find: "Buffer.byteLength(text, 'latin1')", replace: 'Buffer.byteLength(text)' },
    test: 'repeats bytes outside ASCII as they came',
  },
  {
    name: 'date-as-it-prints',
    misconception: 'A Date in a text is a date.',
    orRightly: {
      name: 'date-in-iso',
      because:
        'It speaks of a date in a form of its own, and asks for the function of Date that gives the form of HTTP.',
    },
    edit: { file: page, find: 'new Date().toUTCString()', replace: 'String(new Date())' },
    test: 'dates its pages, those for errors too',
  },
  {
    name: 'prefix-of-the-whole',
    misconception: 'A prefix goes in front of what is printed.',
    edit: {
      file: transcript,
      find: "lines.map((line) => prefix + visible(line)).join('\\n')",
      replace: "prefix + lines.map(visible).join('\\n')",
    },
    test: 'prints what the client sent',
  },
]
