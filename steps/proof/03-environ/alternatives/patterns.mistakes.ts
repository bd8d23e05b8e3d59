// Mistakes made where patterns take a head apart and a Map gathers its values.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const environ = '03-environ/environ.ts'
const fields = '03-environ/fields.ts'
const target = '03-environ/target.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'port-without-quotes',
    misconception: 'What is a number stays one.',
    repeats: 'port-as-a-number',
    edit: {
      file: environ,
      find: 'SERVER_PORT: `${ends.serverPort}`',
      replace: 'SERVER_PORT: ends.serverPort as never',
    },
    test: 'builds every key that PEP 3333 requires',
  },
  {
    name: 'map-of-single-values',
    misconception: 'A Map has one value for a key.',
    repeats: 'last-repeat-wins',
    edit: {
      file: environ,
      find: 'values.set(key, [...(values.get(key) ?? []), value])',
      replace: 'values.set(key, [value])',
    },
    test: 'joins repeated fields in their order, Cookie with a semicolon',
  },
  {
    name: 'one-replaced',
    misconception: '`replace` does for all what it does for one.',
    repeats: 'one-dash-replaced',
    edit: { file: environ, find: "key.split('-').join('_')", replace: "key.replace('-', '_')" },
    test: 'turns header fields into HTTP_ variables, with two exceptions',
  },
  {
    name: 'path-as-sent',
    misconception: 'An application decodes what it needs decoded.',
    edit: { file: environ, find: 'percentDecode(target.path)', replace: 'target.path' },
    test: 'decodes the path, and only the path, into bytes',
  },
  {
    name: 'script-at-the-root',
    misconception: 'The application lies at the root, and the root is called /.',
    edit: { file: environ, find: "SCRIPT_NAME: ''", replace: "SCRIPT_NAME: '/'" },
    test: 'builds every key that PEP 3333 requires',
  },
  {
    name: 'uri-of-its-parts',
    misconception: 'A target that was taken apart can be put together again.',
    repeats: 'uri-put-together-again',
    edit: {
      file: environ,
      find: 'REQUEST_URI: request.target',
      replace: 'REQUEST_URI: `${percentDecode(target.path)}${target.query && `?${target.query}`}`',
    },
    test: 'adds the keys that users expect',
  },
  {
    name: 'white-space-wanted',
    misconception: 'Behind a colon stands white space.',
    repeats: 'colon-and-space',
    edit: { file: fields, find: '+):[\\t ]*(?<value>', replace: '+):[\\t ]+(?<value>' },
    test: 'splits a field line at its first colon',
  },
  {
    name: 'same-to-the-letter',
    misconception: 'Two names are the same when they are equal.',
    repeats: 'names-compared-as-sent',
    edit: {
      file: fields,
      find: "name.localeCompare(wanted, 'en', { sensitivity: 'accent' }) === 0",
      replace: 'name === wanted',
    },
    test: 'builds every key that PEP 3333 requires',
  },
  {
    name: 'escapes-are-utf8',
    misconception: 'Bytes become text by toString.',
    repeats: 'decoded-as-utf8',
    edit: {
      file: target,
      find: "Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1')",
      replace: "Buffer.from(escapes.replaceAll('%', ''), 'hex').toString()",
    },
    test: 'decodes the path, and only the path, into bytes',
  },
  {
    name: 'query-without-its-mark',
    misconception: 'A target ends with its path, or goes on with a query of at least one character.',
    edit: {
      file: target,
      find: 'origin: /^(?<path>\\/[^?#]*)(?:\\?(?<query>[^#]*))?$/',
      replace: 'origin: /^(?<path>\\/[^?#]*)(?:\\?(?<query>[^#]+))?$/',
    },
    test: 'adds the keys that users expect',
  },
]
