// The applications that this suite runs on the server under test. What one prints, its test may read.

import type { Application, Body, Environ, Header, StartResponse, Write } from '#wsgi'

const bytes = (text: string) => Buffer.from(text)
const plain = (...more: Header[]): Header[] => [['Content-Type', 'text/plain; charset=utf-8'], ...more]

/** A list, and its length beside it. */
function page(startResponse: StartResponse, text: string): Body {
  const body = bytes(text)
  startResponse('200 OK', plain(['Content-Length', String(body.length)]))
  return [body]
}

function* chunks(...texts: string[]): Generator<Uint8Array> {
  for (const text of texts) yield bytes(text)
}

let goOn = () => {}
/** Settles when another request asks for /go, which `gated` adds to an application. */
const untilGo = () => new Promise<void>((resolve) => (goOn = resolve))

function gated(application: Application): Application {
  return (environ, startResponse) => {
    if (environ.PATH_INFO !== '/go') return application(environ, startResponse)
    goOn()
    return page(startResponse, 'went')
  }
}

/** Says what it was asked for, and how many bytes that is. */
export const tellsItsLength: Application = (environ, startResponse) => {
  console.log(`asked for ${environ.PATH_INFO}`)
  return page(startResponse, `This is ${environ.PATH_INFO}.`)
}

/** Its header is `content-length` at /small, `CONTENT-LENGTH` at /large. */
export const spellsItsOwnWay: Application = (environ, startResponse) => {
  const name = environ.PATH_INFO === '/small' ? 'content-length' : 'CONTENT-LENGTH'
  startResponse('200 OK', plain([name, '6']))
  return chunks('a ', 'page')
}

/** What `streams` gives at these paths, chunk by chunk. */
export const STREAMED: Record<string, string[]> = {
  '/hello': ['Hello ', 'from a ', 'generator'],
  '/euro': ['1 €'],
  '/ten': ['x'.repeat(10)],
  '/large': ['y'.repeat(26), 'z'.repeat(300)],
  '/nothing': [],
  '/pauses': ['', 'a', '', 'b', ''],
}

/** What is remarkable about those that are to come in chunks. */
export const STREAMED_WHY: Record<string, string> = {
  '/hello': 'Three chunks, and a last one of no bytes.',
  '/euro': 'The application gave one chunk, `1 €`: three characters, and five bytes.',
  '/ten': 'The application gave one chunk of ten bytes, whose size is `a`.',
  '/large': 'The application gave a chunk of 26 bytes, and one of 300.',
  '/nothing': 'The application gave no chunk at all: there is only the last one.',
}

/** Gives its body chunk by chunk and tells nobody its length. */
export const streams: Application = (environ, startResponse) => {
  startResponse('200 OK', plain())
  return chunks(...(STREAMED[environ.PATH_INFO] ?? ['a page']))
}

const WITHOUT_A_BODY: Record<string, string> = {
  '/no-content': '204 No Content',
  '/not-modified': '304 Not Modified',
  '/204': '204 Nothing',
  '/304': '304 As Before',
}

/** Gives a body whatever it is asked for. Four paths have a status without one, two of them by reasons of their own. */
export const alwaysGivesABody: Application = (environ, startResponse) => {
  const path = environ.PATH_INFO
  const status = WITHOUT_A_BODY[path] ?? '200 OK'
  startResponse(status, plain(...(path === '/page' ? [['Content-Length', '6'] satisfies Header] : [])))
  return chunks('a ', 'page')
}

/** Gives its page to GET alone. It knows the length of that; at /unmeasured it does not, and HEAD gets an empty chunk. */
export const givesNothingToHead: Application = (environ, startResponse) => {
  if (environ.PATH_INFO === '/unmeasured') {
    startResponse('200 OK', plain())
    return [bytes(environ.REQUEST_METHOD === 'HEAD' ? '' : 'a page')]
  }
  startResponse(environ.PATH_INFO === '/304' ? '304 Not Modified' : '200 OK', plain(['Content-Length', '6']))
  return environ.REQUEST_METHOD === 'HEAD' || environ.PATH_INFO === '/304' ? [] : [bytes('a page')]
}

/** /slow waits until another request asks for /go. */
export const waits = gated(async (environ, startResponse) => {
  if (environ.PATH_INFO === '/slow') await untilGo()
  return page(startResponse, `This is ${environ.PATH_INFO}.`)
})

/** Its page is a list, and tells when that is closed. */
export const closesItsList: Application = (environ, startResponse) => {
  const path = environ.PATH_INFO
  console.log(`asked for ${path}`)
  return Object.assign(page(startResponse, `This is ${path}.`), {
    close: () => console.log(`closed ${path}`),
  })
}

/** Says back the body it is sent; at /some only three bytes of it. /fails throws before it reads. */
export const echoes: Application = (environ, startResponse) => {
  if (environ.PATH_INFO === '/fails') throw new Error('the pump is dry')
  return echo(environ, startResponse)
}

/** At /unread it reads nothing, and /begun begins to answer before it reads. */
async function echo(environ: Environ, startResponse: StartResponse): Promise<Body> {
  const { PATH_INFO: path, 'wsgi.input': input } = environ
  if (path === '/begun') return beginsToAnswer(environ, startResponse)
  if (path === '/some') return page(startResponse, `It begins with ${String(await input.read(3))}`)
  if (path === '/unread') return page(startResponse, 'Not read.')
  return page(startResponse, `${path}: ${String(await input.read())}`)
}

async function* beginsToAnswer(environ: Environ, startResponse: StartResponse): AsyncGenerator<Uint8Array> {
  startResponse('200 OK', plain())
  yield bytes('The body: ')
  yield await environ['wsgi.input'].read()
}

/** Reads its body and makes the best of it when that cannot be had. */
export const copes: Application = async (environ, startResponse) => {
  console.log(`asked for ${environ.PATH_INFO}`)
  try {
    await environ['wsgi.input'].read()
    return page(startResponse, 'The body is whole.')
  } catch {
    return page(startResponse, 'The body is broken.')
  }
}

/** What `miscounts` gives at these paths, chunk by chunk, where it promises 5 bytes. */
export const TOO_LONG: Record<string, string[]> = {
  '/at-once': ['hello, this is too much'],
  '/in-a-list': ['hel', 'lo, this', ' is', ' too much'],
  '/by-and-by': ['hel', 'lo, this', ' is', ' too much'],
  '/one-more': ['hello', '!'],
  // The last one is longer than all that came beyond the promise before it.
  '/more-and-more': ['hello', ' and ', 'this is too much'],
  '/written': ['hello, this is too much'],
}

/** 16 MB: more than the sockets between server and client can hold. */
const HUGE = Buffer.alloc(16_777_216, 'x')

/** Its bodies have another length than it says. /short ends when somebody asks for /go, /short-and-large by itself. */
export const miscounts = gated((environ, startResponse) => {
  const path = environ.PATH_INFO
  if (path === '/right') return page(startResponse, 'right')
  if (path === '/short-and-large') {
    startResponse('200 OK', plain(['Content-Length', String(HUGE.length + 1)]))
    return [HUGE]
  }
  const write = startResponse('200 OK', plain(['Content-Length', path === '/short' ? '50' : '5']))
  if (path === '/short') return short()
  const texts = TOO_LONG[path] ?? []
  if (path === '/at-once' || path === '/in-a-list') return texts.map(bytes)
  return path === '/written' ? writes(write, texts) : chunks(...texts)
})

async function writes(write: Write, texts: string[]): Promise<Body> {
  for (const text of texts) await write(bytes(text))
  return []
}

async function* short(): AsyncGenerator<Uint8Array> {
  yield bytes('hello')
  await untilGo()
}

/** Its body, of no length that anybody knows, breaks off after the first half when somebody asks for /go. */
export const breaksOff = gated((environ, startResponse) => {
  console.log(`asked for ${environ.PATH_INFO}`)
  startResponse('200 OK', plain())
  return Object.assign(fails(), { close: () => console.log(`closed ${environ.PATH_INFO}`) })
})

async function* fails(): AsyncGenerator<Uint8Array> {
  yield bytes('The first half, and')
  await untilGo()
  throw new Error('the file is damaged')
}

const LARGE = Buffer.alloc(65_536, 'x')
let asked = 0

/** Answers with 64 KB each time, and tells at /asked how often it was asked. */
export const answersAtLength: Application = (environ: Environ, startResponse) => {
  if (environ.PATH_INFO === '/asked') return page(startResponse, String(asked))
  asked++
  startResponse('200 OK', plain(['Content-Length', String(LARGE.length)]))
  return [LARGE]
}
