// Requests and what must be made of them, as tables.

import type { HandRequest } from '#given/kit/application/call.ts'

export interface RequestCase {
  from: HandRequest
  url: string
  /** What to think of, in a sentence. */
  why: string
}

const HERE = 'http://127.0.0.1:8888'

/** The URL that a Request has. */
export const urls: RequestCase[] = [
  { from: { target: '/hello?x=1&x=2' }, url: `${HERE}/hello?x=1&x=2`, why: 'The target has path and query.' },
  {
    from: { target: '/a%2Fb%3Fc%25' },
    url: `${HERE}/a%2Fb%3Fc%25`,
    why: 'PATH_INFO is decoded, and no longer tells these from a slash, a question mark and a per cent sign.',
  },
  {
    from: { target: '//example.org/x' },
    url: `${HERE}//example.org/x`,
    why: 'The path begins with two slashes. Given to `new URL` alone, it would name another host.',
  },
  {
    from: { target: '/', headers: [['Host', 'localhost:9999']] },
    url: 'http://localhost:9999/',
    why: 'The host is the one that the client named.',
  },
  {
    from: { target: '/', headers: [['Host', '']] },
    url: `${HERE}/`,
    why: 'The client sent an empty Host, and a URL wants one: the server has a name.',
  },
  {
    from: { method: 'OPTIONS', target: '*' },
    url: `${HERE}/`,
    why: 'The client asks about the server as a whole, and a URL has a path.',
  },
  { from: { target: '/a*' }, url: `${HERE}/a*`, why: 'A star in a path is a character like any other.' },
]

/** Methods, and the status of a page where a Request can be made with them. */
export const requestMethods: [method: string, status: string][] = [
  ['TRACE', '501'],
  ['track', '501'],
  ['CONNECT', '501'],
  ['TRACER', '200'],
  ['RETRACE', '200'],
]

/** Patterns and paths: what `matchPath` gives for them. */
export const plainPaths: [pattern: string, path: string, expected: object | null][] = [
  ['/hello', '/hello', {}],
  ['/hello', '/hell', null],
  ['/hello', '/hello/you', null],
  ['/hello', '/hello/', null],
  ['/hello', '/Hello', null],
  ['/', '/', {}],
  ['/', '/hello', null],
  ['/a.c', '/abc', null],
]

export const namedPaths: [pattern: string, path: string, expected: object | null][] = [
  ['/notes/:id', '/notes/42', { id: '42' }],
  ['/notes/:id', '/notes/', null],
  ['/notes/:id', '/notes', null],
  ['/notes/:id', '/notes/42/', null],
  ['/notes/:id', '/notes/42/edit', null],
  ['/notes/:id', '/pages/42', null],
  ['/notes/:id/edit', '/notes/42/edit', { id: '42' }],
  ['/:year/:month', '/2026/11', { year: '2026', month: '11' }],
  ['/notes/:id', '/notes/constructor', { id: 'constructor' }],
  ['/notes/:id', '/notes/a b:c é', { id: 'a b:c é' }],
  ['/v1.0/:id', '/v1x0/42', null],
]

/** What `mount` answers for a path, with applications at /shop, /shop/eu and the root: whose turn it is, and with what. */
export const mounted: [path: string, name: string, script: string, rest: string][] = [
  ['/shop/cart', 'shop', '/shop', '/cart'],
  ['/shop', 'shop', '/shop', ''],
  ['/shop/', 'shop', '/shop', '/'],
  ['/shop/shop/', 'shop', '/shop', '/shop/'],
  ['/shopping', 'root', '', '/shopping'],
  ['/shop/eu/cart', 'eu', '/shop/eu', '/cart'],
  ['/shop/europe', 'shop', '/shop', '/europe'],
  ['/', 'root', '', '/'],
  ['/sh', 'root', '', '/sh'],
]
