// The applications that this suite runs on the server under test. What one prints, its test may read.

import { existsSync } from 'node:fs'
import { inspect } from 'node:util'
import type { Application, Body, Environ, Header, StartResponse, Write } from '#wsgi'
import { AGAIN, CHANGED, faults, heads } from './cases.ts'

const bytes = (text: string) => Buffer.from(text)
const plain = (): Header[] => [['Content-Type', 'text/plain; charset=utf-8']]
/** ms after which `computes` has its next chunk, whatever happens. */
const BUSY = 5000
const aTurn = () => new Promise((resolve) => setImmediate(resolve))

let goOn = () => {}
/** Settles when another request asks for /go, which `gated` adds to an application. */
const untilGo = () => new Promise<void>((resolve) => (goOn = resolve))

function gated(application: Application): Application {
  return (environ, startResponse) => {
    if (environ.PATH_INFO !== '/go') return application(environ, startResponse)
    goOn()
    startResponse('200 OK', plain())
    return [bytes('went')]
  }
}

/** Says what it was asked for; knows no page /missing. */
export const greets: Application = (environ, startResponse) => {
  if (environ.PATH_INFO === '/missing') {
    startResponse('404 Not Found', plain())
    return [bytes('No such page.')]
  }
  startResponse('200 OK', [...plain(), ['X-Asked', String(environ.PATH_INFO)]])
  return [bytes('Hello '), bytes('wörld, 1 €')]
}

/** Gives a chunk, and is busy with the next one until the file that the query names is there. */
export const computes: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  return computed(decodeURIComponent(environ.QUERY_STRING))
}

function* computed(file: string): Generator<Uint8Array> {
  yield bytes('first, ')
  for (const end = Date.now() + BUSY; !existsSync(file) && Date.now() < end;);
  yield bytes('second')
}

/** Begins a page and then throws: nothing of that page has been sent by then, so it can still become a 500. */
export const changesItsMind: Application = (_environ, startResponse) => {
  startResponse('200 OK', plain())
  throw new Error('on second thoughts, no')
}

/** The same in a generator, whose first chunk is empty. */
export const yieldsNothingAndThrows: Application = function* (_environ, startResponse) {
  startResponse('200 OK', plain())
  yield bytes('')
  throw new Error('on second thoughts, no')
}

export const returnsAnEmptyList: Application = (_environ, startResponse) => {
  startResponse('200 OK', [['X-Empty', 'yes']])
  return []
}

/** A generator runs only when its first chunk is asked for: start_response comes after the application has returned. */
export const startsLate: Application = function* (_environ, startResponse) {
  startResponse('202 Accepted', plain())
  yield bytes('late')
}

/** Sends its own Date and Server from /own. */
export const dates: Application = (environ, startResponse) => {
  const own: Header[] = [
    ['date', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['SERVER', 'abacus/1'],
  ]
  startResponse('200 OK', environ.PATH_INFO === '/own' ? own : [])
  return [bytes('.')]
}

/** Throws when asked for /fails, and is well otherwise. */
export const fails: Application = (environ, startResponse) => {
  startResponse('200 OK', [['X-Page', 'fine']])
  if (environ.PATH_INFO === '/fails') throw new Error('the pump is dry')
  return [bytes('fine')]
}

/**
 * Prints when its body is asked for a chunk, and when it is closed. /breaks throws where a chunk is due, and /long has
 * more of them than a client takes that does not read.
 */
export const closes: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  return new Closable(environ.PATH_INFO)
}

/** Chunks of 64 KB: 16 MB, more than the sockets between server and client can hold. */
const LONG = 256
const large = Buffer.alloc(65_536, 'x')

class Closable {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  *[Symbol.iterator](): Generator<Uint8Array> {
    console.log(`gave a chunk of ${this.#path}`)
    if (this.#path === '/breaks') throw new Error('the file is damaged')
    if (this.#path !== '/long') return yield bytes('whole')
    for (let chunk = 0; chunk < LONG; chunk++) yield large
  }

  close(): void {
    console.log(`closed ${this.#path}`)
  }
}

/** Its body breaks off after the first bytes, when somebody asks for /go. */
export const breaksOff = gated((_environ, startResponse) => {
  startResponse('200 OK', plain())
  return Object.assign(throwsAfterwards(), { close: () => console.log('closed after the fault') })
})

async function* throwsAfterwards(): AsyncGenerator<Uint8Array> {
  yield bytes('The first half, and')
  await untilGo()
  throw new Error('the file is damaged')
}

/** Its close() throws, or at /rejects gives a promise that is rejected. */
export const failsToClose: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  const close = () => {
    const error = new Error('the lid is stuck')
    if (environ.PATH_INFO === '/rejects') return Promise.reject(error)
    throw error
  }
  return Object.assign(chunks('who', 'le'), { close })
}

/** Promises its body. */
export const promises: Application = async (environ, startResponse) => {
  await aTurn()
  startResponse('200 OK', plain())
  return [bytes(`promised at ${environ.PATH_INFO}`)]
}

/** Promises its chunks. */
export const promisesChunks: Application = async function* (_environ, startResponse) {
  await aTurn()
  startResponse('200 OK', plain())
  for (const chunk of ['one, ', 'two, ', 'three']) {
    yield bytes(chunk)
    await aTurn()
  }
}

/** Rejects what it promises: its body, with an Error or with nothing at all, or its first chunk. */
export const rejects: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  if (environ.PATH_INFO === '/body') return Promise.reject(new Error('the well is dry'))
  // oxlint-disable-next-line prefer-promise-reject-errors
  if (environ.PATH_INFO === '/nothing') return Promise.reject()
  if (environ.PATH_INFO === '/chunk') return rejectedChunk()
  return [bytes('fine')]
}

// oxlint-disable-next-line require-yield
async function* rejectedChunk(): AsyncGenerator<Uint8Array> {
  await aTurn()
  throw new Error('the well is dry')
}

/** One list for all responses, as an application may well have it. */
const shared: Header[] = [['X-Shared', 'yes']]

export const measures: Application = (environ, startResponse) => {
  const path = environ.PATH_INFO
  const own: Header[] = [['content-length', path === '/own' ? '5' : '12']]
  const status = { '/204': '204 No Content', '/304': '304 Not Modified' }[path] ?? '200 OK'
  startResponse(status, path.startsWith('/own') ? own : shared)
  if (path === '/euro') return [bytes('1 '), bytes('€')]
  if (path === '/generator') return chunks('un', 'til')
  if (path === '/large') return [large]
  if (path === '/own') return [bytes('fünf')]
  if (path === '/own-of-12') return [bytes('zwölf Bytes')]
  return []
}

function* chunks(...texts: string[]): Generator<Uint8Array> {
  for (const text of texts) yield bytes(text)
}

/** Begins its response with the head of that number in cases.ts. */
export const begins = (environ: Environ, startResponse: (...words: unknown[]) => unknown): Body => {
  const { status, headers, how } = heads[Number(environ.PATH_INFO.slice(1))] ?? heads[0]
  const list = headers.map((header) => [...header])
  if (how === AGAIN) startResponse('200 OK', [], undefined)
  startResponse(status, list, how === AGAIN ? new Error('an excuse') : undefined)
  if (how === CHANGED) list.push(['X-Later', 'a\r\nInjected: yes'])
  return [bytes('a page')]
}

/** Gives a header of the name that it is asked for. */
export const hops: Application = (environ, startResponse) => {
  startResponse('200 OK', [[environ.PATH_INFO.slice(1), 'from the application']])
  return [bytes('a page')]
}

/** Breaks the rule of that name in cases.ts. */
export const breaksRules = (environ: Environ, startResponse: (...words: unknown[]) => unknown): unknown =>
  faults[environ.PATH_INFO.slice(1)]?.application(startResponse)

/** Calls start_response twice, in the ways that its paths name. */
export const startsTwice = gated((environ, startResponse) => {
  const second: [string, Header[]] = ['503 Service Unavailable', [['X-Second', 'yes']]]
  if (environ.PATH_INFO === '/too-late') return startsTooLate(startResponse)
  try {
    startResponse('200 OK', [['X-First', environ.PATH_INFO === '/refused-first' ? 'a\r\nb' : 'yes']])
  } catch {
    // What it would like to say instead follows.
  }
  if (environ.PATH_INFO === '/with-an-error') startResponse(...second, new Error('the reason'))
  else if (environ.PATH_INFO === '/with-null') startResponse(...second, null)
  else startResponse(...second)
  return [bytes('a page')]
})

async function* startsTooLate(startResponse: StartResponse): AsyncGenerator<Uint8Array> {
  startResponse('200 OK', plain())
  yield bytes('The first half, and')
  await untilGo()
  const error = new Error('the reason')
  try {
    startResponse('500 Internal Server Error', [], error)
  } catch (thrown) {
    console.log(thrown === error ? 'start_response threw the error it was given' : 'it threw another error')
    throw thrown
  }
}

/** /writes and /yields send a part and wait for /go. */
export const waitsInBetween = gated(async (environ, startResponse) => {
  const write = startResponse('200 OK', plain())
  const go = untilGo()
  if (environ.PATH_INFO === '/yields') return yieldsAround(go)
  write(bytes('one ')).catch(console.error)
  void write(bytes('two '))
  await go
  return [bytes('three')]
})

async function* yieldsAround(go: Promise<void>): AsyncGenerator<Uint8Array> {
  yield bytes('one ')
  await go
  yield bytes('two')
}

let kept: Write = async () => {}

/** Keeps the write() of /keep, and calls it at /late, when that response is over. */
export const writesLate: Application = (environ, startResponse) => {
  const write = startResponse('200 OK', plain())
  if (environ.PATH_INFO === '/keep') kept = write
  else void kept(bytes('too late'))
  return [bytes('fine')]
}

/** Gives empty chunks before, between and after the others, and changes its mind after the first. */
export const yieldsEmptyChunks: Application = function* (_environ, startResponse) {
  yield bytes('')
  startResponse('200 OK', plain())
  yield bytes('')
  startResponse('203 Non-Authoritative Information', plain(), new Error('changed its mind'))
  for (const chunk of ['', 'a', '', '', 'b', '']) yield bytes(chunk)
}

const MOST = 4000
let asked = 0

/** Has a body of 250 MB, and tells at /asked how many chunks of 64 KB of it were asked for. */
export const pours: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  if (environ.PATH_INFO === '/asked') return [bytes(String(asked))]
  asked = 0
  return pour()
}

function* pour(): Generator<Uint8Array> {
  try {
    for (; asked < MOST; asked++) yield large
  } finally {
    console.log('the generator was let go')
  }
}

/** Waits for ever: after its first chunk, or at /silent before it has even begun its response. Ends well at /ends. */
export const waitsForEver: Application = (environ, startResponse) => {
  const signal = environ['wsgi_workshop.signal']
  signal?.addEventListener('abort', () => console.log(`aborted ${environ.PATH_INFO}`))
  if (environ.PATH_INFO === '/ends') {
    startResponse('200 OK', plain())
    return [bytes('fine')]
  }
  const body = waits(environ.PATH_INFO, startResponse)
  const end = body.return.bind(body)
  body.return = (value) => {
    console.log(`told ${environ.PATH_INFO} to return`)
    return end(value)
  }
  return Object.assign(body, { close: () => console.log(`closed ${environ.PATH_INFO}`) })
}

async function* waits(path: string, startResponse: StartResponse): AsyncGenerator<Uint8Array> {
  if (path !== '/silent') {
    startResponse('200 OK', plain())
    yield bytes('first')
  }
  console.log(`${path} waits`)
  await new Promise(() => {})
}

/**
 * Has a body that waits for ever. When it is told to return, that fails: at /throws it throws, at /rejects it gives a promise
 * that is rejected. At /cannot it has no `return` at all, which an iterator need not have. Is well at /.
 */
export const failsToReturn: Application = ({ PATH_INFO: path }, startResponse) => {
  startResponse('200 OK', plain())
  if (path === '/') return [bytes('fine')]
  const next = () => {
    console.log(`${path} waits`)
    return new Promise<never>(() => {})
  }
  const end = () => {
    const error = new Error(`the drawer of ${path} is stuck`)
    if (path === '/rejects') return Promise.reject(error)
    throw error
  }
  const iterator = path === '/cannot' ? { next } : { next, return: end }
  return { [Symbol.asyncIterator]: () => iterator, close: () => console.log(`closed ${path}`) }
}

const odd: Record<string, () => unknown> = {
  '/nothing': () => null,
  '/text': () => 'a text',
  '/looked-at': () => ({
    [inspect.custom]: () => {
      throw new Error('not to be looked at')
    },
  }),
  '/proxy': () =>
    new Proxy(new Error('in a proxy'), {
      getPrototypeOf: () => {
        throw new Error('not to be asked')
      },
    }),
  '/percent%c': () => new Error('the reason is told'),
}

/** Throws what no application should; is well at other paths. */
export const throwsOddThings: Application = (environ, startResponse) => {
  const make = odd[environ.PATH_INFO]
  if (make) throw make()
  startResponse('200 OK', plain())
  return [bytes('fine')]
}

/** Bytes of a block, and blocks of a body: more than the sockets between server and client can hold. */
export const BLOCK = 4096
export const BLOCKS = 3000

/** Numbers its blocks, which it writes into one buffer, one over the other. Tells at /asked how many were asked for. */
export const reusesItsBuffer: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  if (environ.PATH_INFO === '/asked') return [bytes(String(asked))]
  asked = 0
  return numberBlocks(Buffer.alloc(BLOCK))
}

function* numberBlocks(buffer: Buffer): Generator<Uint8Array> {
  for (; asked < BLOCKS; asked++) {
    buffer.writeUInt32BE(asked)
    yield buffer
  }
}
