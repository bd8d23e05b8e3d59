// Mistakes made where each way to end a body is an object of its own.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '07-keep-alive/framing.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'nothing-to-finish',
    misconception: 'A body that has been sent in pieces is finished when there are no more.',
    repeats: 'no-last-chunk',
    edit: { file, find: "finish: () => '0\\r\\n\\r\\n'", replace: "finish: () => ''" },
    test: 'lets the client see where a body of unknown length ends',
  },
  {
    name: 'statuses-without-a-body',
    misconception: 'Whether there is a body is a matter of the status.',
    repeats: 'page-for-head',
    edit: { file, find: "method === 'HEAD' || status === 204", replace: 'status === 204' },
    test: 'sends no body with HEAD, 204 and 304',
  },
  {
    name: 'names-as-they-are',
    misconception: 'A Map of headers finds them by name.',
    repeats: 'length-in-one-spelling',
    edit: [
      { file, find: '[name.toLowerCase(), value]', replace: '[name, value]' },
      { file, find: "lengths.get('content-length')", replace: "lengths.get('Content-Length')" },
    ],
    test: 'sends chunks or a length, never both',
  },
  {
    name: 'close-somewhere-in-it',
    misconception: 'A Connection with `close` in it says close.',
    repeats: 'close-inside-a-word',
    edit: {
      file,
      find: "      return !options.has('close')\n",
      replace: "      return !field.toLowerCase().includes('close')\n",
    },
    test: 'reads Connection as a list',
  },
  {
    name: 'keep-alive-is-enough',
    misconception: 'Who says keep-alive wants to stay.',
    repeats: 'keep-alive-beats-close',
    edit: {
      file,
      find: "return options.has('keep-alive') && !options.has('close')",
      replace: "return options.has('keep-alive')",
    },
    test: 'keeps a connection of HTTP/1.0 only when asked to',
  },
  {
    name: 'complaint-thrown',
    misconception: 'To complain is to throw.',
    repeats: 'too-long-is-an-error',
    edit: { file, find: '        complain()\n', replace: '        throw bodyTooLong()\n' },
    test: 'cuts a body at the length that was promised',
  },
  {
    name: 'promise-not-looked-at-again',
    misconception: 'At the end nothing is left to be done for a body with a length.',
    repeats: 'too-short-passes',
    edit: {
      file,
      find: '      if (sent < length) throw bodyTooShort(length - sent)\n',
      replace: '',
    },
    test: 'cuts the connection when a body is too short',
  },
  {
    name: 'close-without-saying-so',
    misconception: 'Only a connection that stays has to be spoken of.',
    repeats: 'ends-without-a-word',
    edit: {
      file,
      find: "this.persists ? connection[this.request.version] : 'Close'",
      replace: 'this.persists ? connection[this.request.version] : undefined',
    },
    test: 'answers request after request on one connection',
  },
  {
    name: 'size-with-0x',
    misconception: 'A hexadecimal number begins with 0x.',
    edit: { file, find: '`0${chunk.byteLength', replace: '`0x${chunk.byteLength' },
    test: 'lets the client see where a body of unknown length ends',
  },
  {
    name: 'size-and-a-line-feed',
    misconception: 'Behind a size stands a line feed.',
    edit: { file, find: '.toUpperCase()}\\r\\n`', replace: '.toUpperCase()}\\n`' },
    test: 'lets the client see where a body of unknown length ends',
  },
  {
    name: 'page-without-an-end',
    misconception: 'Whether a connection ends depends on the client alone.',
    repeats: 'no-length-and-no-end',
    edit: {
      file,
      find: 'if (this.way.endsConnection || !this.mayPersist()) this.persists = false',
      replace: 'if (!this.mayPersist()) this.persists = false',
    },
    test: 'sends no chunks to HTTP/1.0',
  },
]
