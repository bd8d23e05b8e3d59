// What every application in apps/ answers: the requests, and the least that must come back. How the rest looks (other
// headers, the page of a 404) is each framework's own, and must not depend on the server.

import { createHash } from 'node:crypto'
import type { Header } from '#wsgi'

export interface Site {
  /** Of its module, as in `flaskapp:app`. */
  name: string
  /** The module, in apps/. */
  file: string
  /** What `Hello world from X!` has for an X. */
  greeting: string
  style: 'WSGI' | 'Fetch' | 'Node' | 'Python'
  /** Its framework comes from the tree whose server runs it. */
  isOwn?: true
}

export const sites: Site[] = [
  { name: 'wsgiapp', file: 'wsgiapp.ts', greeting: 'WSGI', style: 'WSGI' },
  { name: 'ownapp', file: 'ownapp.ts', greeting: 'our own framework', style: 'WSGI', isOwn: true },
  { name: 'honoapp', file: 'honoapp.ts', greeting: 'Hono', style: 'Fetch' },
  { name: 'expressapp', file: 'expressapp.js', greeting: 'Express', style: 'Node' },
  { name: 'koaapp', file: 'koaapp.js', greeting: 'Koa', style: 'Node' },
  { name: 'fastifyapp', file: 'fastifyapp.ts', greeting: 'Fastify', style: 'Node' },
  { name: 'flaskapp', file: 'flaskapp.py', greeting: 'Flask', style: 'Python' },
  { name: 'pyramidapp', file: 'pyramidapp.py', greeting: 'Pyramid', style: 'Python' },
  { name: 'djangoapp', file: 'djangoapp.py', greeting: 'Django', style: 'Python' },
]

/** The least that must come back. */
export interface Facts {
  /** Absent where frameworks differ. */
  status?: number
  /** By name, in any case; each pattern fits one header of that name, in this order. */
  headers?: Record<string, RegExp[]>
  body?: string
}

export interface Route {
  name: string
  /** The first step whose server can answer it. */
  needs?: 6
  method: 'GET' | 'HEAD' | 'POST'
  /** In origin-form; each code unit is one byte. */
  target: string
  /** Besides Host, Connection and Content-Length. */
  headers?: Header[]
  body?: Buffer
  /** The application pauses between the pieces of its body, so that the first arrives before the last is made. */
  streams?: { first: string; last: string }
  facts: (site: Site) => Facts
}

const TEXT = { 'Content-Type': [/^text\/plain/] }
/** Bytes that repeat only after a prime number of them, so that no piece that is lost or moved goes unnoticed. */
const upload = Buffer.alloc(5_000_000, Buffer.from(Array.from({ length: 251 }, (_, index) => index)))

export const routes: Route[] = [
  get('hello', '/hello', ({ greeting }) => page(`Hello world from ${greeting}!\n`)),
  // Whether bytes follow the head is for the suite of step 7 to ask.
  { ...get('head', '/hello', () => ({ status: 200, headers: TEXT })), method: 'HEAD' },
  get('query', '/query?name=Ada&name=Grace+Hopper', () => page('Ada\nGrace Hopper\n')),
  get('%2F', '/path/a%2Fb', () => page('a/b\n')),
  // Not UTF-8: some frameworks refuse it, others show what they can.
  get('%E9', '/path/%E9', () => ({})),
  get('é', '/path/caf%C3%A9', () => page('café\n')),
  // The same unescaped, which no URI may have: some servers refuse it, others pass it on.
  get('raw é', '/path/caf\xc3\xa9', () => ({})),
  get('cookies', '/cookies', () => ({
    status: 200,
    headers: { 'Set-Cookie': [/^fruit=apple(?:;|$)/, /^colour=green(?:;|$)/] },
  })),
  {
    ...get('stream', '/stream', () => page('one\ntwo\nthree\n')),
    streams: { first: 'one\n', last: 'three\n' },
  },
  get('redirect', '/redirect', () => ({
    status: 302,
    headers: { Location: [/^(?:http:\/\/127\.0\.0\.1:8888)?\/hello$/] },
  })),
  get('404', '/nowhere', () => ({ status: 404 })),
  get('500', '/fail', () => ({ status: 500 })),
  {
    name: 'form',
    needs: 6,
    method: 'POST',
    target: '/form',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: Buffer.from('name=Ada+Lovelace&city=Z%C3%BCrich'),
    facts: () => page('Ada Lovelace lives in Zürich.\n'),
  },
  {
    name: 'upload',
    needs: 6,
    method: 'POST',
    target: '/upload',
    headers: [['Content-Type', 'application/octet-stream']],
    body: upload,
    facts: () => page(`${createHash('sha256').update(upload).digest('hex')}\n`),
  },
]

function get(name: string, target: string, facts: Route['facts']): Route {
  return { name, method: 'GET', target, facts }
}

function page(body: string): Facts {
  return { status: 200, headers: TEXT, body }
}

/** The request as it goes over the wire, its body apart. The same Host for every server: pages may name it. */
export function headOf({ method, target, headers = [], body }: Route): string {
  const fields = [['Host', '127.0.0.1:8888'], ['Connection', 'close'], ...headers]
  if (body !== undefined) fields.push(['Content-Length', String(body.length)])
  return [`${method} ${target} HTTP/1.1`, ...fields.map((field) => field.join(': ')), '', ''].join('\r\n')
}

/** In a sentence, what an answer lacks of the facts; undefined when it lacks nothing. */
export function lacking(
  { status, headers, body }: { status: number; headers: Header[]; body: Buffer },
  facts: Facts,
): string | undefined {
  if (facts.status !== undefined && status !== facts.status)
    return `The status should be ${facts.status}; it is ${status}.`
  for (const [name, patterns] of Object.entries(facts.headers ?? {})) {
    const fields = headers.filter(([known]) => known.toLowerCase() === name.toLowerCase())
    // White space around a value is no part of it (RFC 9110, section 5.5), and Django does put some there.
    const values = fields.map(([, value]) => value.trim())
    const fits = patterns.length === values.length && patterns.every((p, at) => p.test(values[at] ?? ''))
    if (!fits) return `The header ${name} should be like ${patterns.join(' and ')}; ${inWords(values)} came.`
  }
  if (facts.body !== undefined && !body.equals(Buffer.from(facts.body)))
    return `The body should be ${JSON.stringify(facts.body)}.`
  return undefined
}

function inWords(values: string[]): string {
  return values.map((value) => JSON.stringify(value)).join(' and ') || 'none'
}
