// Mistakes made where iterators are written by hand and a Request is built up by steps.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '05-framework-apps/fetch-style.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'host-it-listens-on',
    misconception: 'SERVER_NAME and SERVER_PORT are the host.',
    repeats: 'host-of-the-server',
    edit: {
      file,
      find: 'URL.canParse(`http://${named}`) ? named : `${environ.SERVER_NAME}:${environ.SERVER_PORT}`',
      replace: "named === '' ? 'localhost' : `${environ.SERVER_NAME}:${environ.SERVER_PORT}`",
    },
    test: 'makes a Request of an environ',
  },
  {
    name: 'target-from-its-parts',
    misconception: 'The path is in PATH_INFO, the query in QUERY_STRING.',
    repeats: 'target-of-path-info',
    edit: {
      file,
      find: 'targetBelow(environ)',
      replace: "environ.PATH_INFO + (environ.QUERY_STRING && '?' + environ.QUERY_STRING)",
    },
    test: 'makes a Request of an environ',
  },
  {
    name: 'an-underscore-replaced',
    misconception: 'A name has one underscore, where its dash was.',
    repeats: 'one-underscore',
    edit: { file, find: ".split('_').join('-')", replace: ".replace('_', '-')" },
    test: 'makes a Request of an environ',
  },
  {
    name: 'headers-by-get',
    misconception: 'Each name in a Headers has a value, which get gives.',
    repeats: 'cookies-in-an-object',
    edit: {
      file,
      find: `  response.headers.forEach((value, name) => {
    if (!HOP_BY_HOP.has(name)) headers.push([name, value])
  })
`,
      replace: `  for (const name of new Set(response.headers.keys()))
    if (!HOP_BY_HOP.has(name)) headers.push([name, response.headers.get(name) ?? ''])
`,
    },
    test: 'keeps two cookies apart',
  },
  {
    name: 'reason-by-number',
    misconception: 'Each number has its reason in STATUS_CODES, and for others there is a stopgap.',
    repeats: 'usual-reason-always',
    edit: { file, find: '[response.statusText, STATUS_CODES', replace: '[STATUS_CODES' },
    test: 'runs an application written with Hono',
  },
  {
    name: 'announced-by-length',
    misconception: 'Content-Length announces a body.',
    repeats: 'body-by-length-only',
    edit: {
      file,
      find: "'CONTENT_LENGTH' in environ || 'HTTP_TRANSFER_ENCODING' in environ",
      replace: "'CONTENT_LENGTH' in environ",
    },
    test: 'hands the body of a request on',
  },
  {
    name: 'cancelled-at-any-time',
    misconception: 'A reader can be cancelled, whatever has become of its stream.',
    repeats: 'cancel-of-a-broken-stream',
    edit: {
      file,
      find: 'return this.isOver ? undefined : this.reader.cancel()',
      replace: 'return this.reader.cancel()',
    },
    test: 'outlives a handler that fails',
  },
  {
    name: 'request-without-its-signal',
    misconception: 'A Request is its method, its URL, its headers and its body.',
    repeats: 'no-signal',
    edit: {
      file,
      find: "  const signal = environ['wsgi_workshop.signal']\n  if (signal !== undefined) init.signal = signal\n",
      replace: '',
    },
    test: 'tells a handler that its client has gone',
  },
  {
    name: 'duplex-left-out',
    misconception: 'A body that is a stream is all that a Request has to be told.',
    edit: { file, find: "    init.duplex = 'half'\n", replace: '' },
    test: 'hands the body of a request on',
  },
  {
    name: 'handler-not-awaited',
    misconception: 'A handler gives a Response.',
    edit: {
      file,
      find: 'sendResponse(await handler(request), startResponse)',
      replace: 'sendResponse(handler(request) as Response, startResponse)',
    },
    test: 'runs an application written with Hono',
  },
  {
    name: 'chunks-of-text',
    misconception: 'A body is read as the text that it is.',
    edit: {
      file,
      find: '      const { done, value } = await this.reader.read()\n      if (!done) return { done: false, value }\n',
      replace:
        '      const { done, value } = await this.reader.read()\n      if (!done) return { done: false, value: new TextDecoder().decode(value) as never }\n',
    },
    test: 'runs an application written with Hono',
  },
  {
    name: 'url-without-a-scheme',
    misconception: 'A Request is made of the target.',
    edit: {
      file,
      find: "['http://', host, target === '*' ? '/' : target].join('')",
      replace: 'target',
    },
    test: 'makes a Request of an environ',
  },
]
