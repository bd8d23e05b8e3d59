// Mistakes made where patterns become expressions, and a mounted path is walked up.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const framework = '05-framework-apps/framework.ts'
const mount = '05-framework-apps/mount.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'expression-of-any-length',
    misconception: 'What is not a slash is a segment.',
    repeats: 'empty-parameter',
    edit: { file: framework, find: "'([^/]+)'", replace: "'([^/]*)'" },
    test: 'hands on what stands in the path for a :name',
  },
  {
    name: 'expression-without-an-end',
    misconception: 'An expression that begins with ^ is tied to its path.',
    repeats: 'prefix-fits',
    edit: {
      file: framework,
      find: "new RegExp(`^${parts.join('/')}$`)",
      replace: "new RegExp(`^${parts.join('/')}`)",
    },
    test: 'finds the handler of a path, and answers 404 where there is none',
  },
  {
    name: 'set-again',
    misconception: 'A Map is told its values by set.',
    repeats: 'last-route-wins',
    edit: {
      file: framework,
      find: '    if (!place.handlers.has(method)) place.handlers.set(method, handler)\n',
      replace: '    place.handlers.set(method, handler)\n',
    },
    test: 'hands on what stands in the path for a :name',
  },
  {
    name: 'handler-by-its-method',
    misconception: 'The method of a request finds its handler.',
    repeats: 'head-without-a-handler',
    edit: {
      file: framework,
      find: "place.handlers.get(isHead ? 'GET' : environ.REQUEST_METHOD)",
      replace: 'place.handlers.get(environ.REQUEST_METHOD)',
    },
    test: 'answers HEAD as it answers GET, without the body',
  },
  {
    name: 'headers-of-the-reply',
    misconception: 'The headers to send are those of the reply, and what they lack.',
    repeats: 'type-into-the-reply',
    edit: {
      file: framework,
      find: 'Array.from(reply.headers ?? [])',
      replace: 'reply.headers ?? []',
    },
    test: 'leaves a reply as its handler gave it',
  },
  {
    name: 'path-in-latin1',
    misconception: 'PATH_INFO is the path.',
    edit: {
      file: framework,
      find: "Buffer.from(environ.PATH_INFO, 'latin1').toString()",
      replace: 'environ.PATH_INFO',
    },
    test: 'hands on what stands in the path for a :name',
  },
  {
    name: 'reply-not-awaited',
    misconception: 'A handler gives its reply.',
    edit: {
      file: framework,
      find: 'answer(await handler(requestOf(environ, path, params)), isHead, startResponse)',
      replace: 'answer(handler(requestOf(environ, path, params)) as Reply, isHead, startResponse)',
    },
    test: 'finds the handler of a path, and answers 404 where there is none',
  },
  {
    name: 'status-of-three-digits',
    misconception: 'A status is its number; the words behind it are for people.',
    edit: { file: framework, find: "status: '404 Not Found'", replace: "status: '404'" },
    test: 'finds the handler of a path, and answers 404 where there is none',
  },
  {
    name: 'shortened-by-letters',
    misconception: 'A path is shortened until it is one of the prefixes.',
    repeats: 'shopping-in-the-shop',
    edit: {
      file: mount,
      find: "prefix.includes('/')) prefix = prefix.slice(0, prefix.lastIndexOf('/'))",
      replace: "prefix !== '') prefix = prefix.slice(0, -1)",
    },
    test: 'runs several applications side by side',
  },
  {
    name: 'script-below-nothing',
    misconception: 'Where an application is mounted is said by its prefix.',
    repeats: 'script-name-set',
    edit: { file: mount, find: 'SCRIPT_NAME: above + prefix', replace: 'SCRIPT_NAME: prefix' },
    test: 'tells an application where it is mounted',
  },
  {
    name: 'slash-for-nothing',
    misconception: 'When nothing of the path is left, it is the root.',
    repeats: 'no-empty-path',
    edit: {
      file: mount,
      find: 'path.substring(prefix.length) })',
      replace: "path.substring(prefix.length) || '/' })",
    },
    test: 'runs several applications side by side',
  },
]
