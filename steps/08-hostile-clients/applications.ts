// The applications that this suite runs on the server under test. What one prints, its test may read.

import { setTimeout as after } from 'node:timers/promises'
import type { Application, Body, Header, StartResponse } from '#wsgi'

const bytes = (text: string) => Buffer.from(text)
const plain = (): Header[] => [['Content-Type', 'text/plain; charset=utf-8']]

function page(startResponse: StartResponse, text: string): Body {
  startResponse('200 OK', plain())
  return [bytes(text)]
}

/** Reads the body to its end and tells how many bytes it had. */
export const reads: Application = async (environ, startResponse) => {
  let size = 0
  for (;;) {
    const piece = await environ['wsgi.input'].read(65_536)
    size += piece.length
    if (piece.length === 0) return page(startResponse, `${size} bytes`)
  }
}

/** Reads nothing. */
export const ignores: Application = (_environ, startResponse) => page(startResponse, 'Not read.')

/** ms: more than the limits that the test of this application sets. */
const LONG = 200

/** At /late it thinks before it reads, for longer than a client may take for anything. */
export const takesItsTime: Application = async (environ, startResponse) => {
  if (environ.PATH_INFO === '/late') await after(LONG)
  return page(startResponse, `At last: ${String(await environ['wsgi.input'].read())}`)
}

/** Bytes: more than the sockets between server and client can hold. */
const MUCH = 24 * 1_048_576
/** Bytes: enough to be sent in several pieces. */
export const SOME = 8 * 1_048_576

/** How large the chunks are in which a great deal comes. */
const CHUNKS: Record<string, number> = { '/chunks': 16_384, '/in-three': SOME }

/** Pours out a great deal: in one chunk, or in several (see CHUNKS). At /some it is less, at /little a single byte. */
export const pours: Application = (environ, startResponse) => {
  if (environ.PATH_INFO === '/little') return page(startResponse, 'x')
  if (environ.PATH_INFO === '/some') return page(startResponse, 'x'.repeat(SOME))
  startResponse('200 OK', plain())
  const chunk = Buffer.alloc(CHUNKS[environ.PATH_INFO] ?? MUCH, 'x')
  return Object.assign(pour(chunk), { close: () => console.log(`${environ.PATH_INFO} was let go`) })
}

function* pour(chunk: Uint8Array): Generator<Uint8Array> {
  for (let left = MUCH; left > 0; left -= chunk.length) yield chunk
}

/** What `writes` has to say, in this order: a letter for each, and how often. The first has to be sent in pieces. */
export const LETTERS: [letter: string, size: number][] = [
  ['a', 6_000_000],
  ['b', 5],
  ['c', 200_000],
  ['d', 1],
]

/** Gives write() its text, and awaits nothing: PEP 3333 has no promises. */
export const writes: Application = (_environ, startResponse) => {
  const write = startResponse('200 OK', plain())
  for (const [letter, size] of LETTERS) void write(Buffer.alloc(size, letter))
  return [bytes('e')]
}

let goOn = () => {}
let count = 0

/** Counts its requests and tells the number. At /wait it waits until somebody asks for /go. */
export const counts: Application = async (environ, startResponse) => {
  const path = environ.PATH_INFO
  if (path === '/wait') {
    count = 0
    console.log('waiting')
    await new Promise<void>((resolve) => (goOn = resolve))
  }
  if (path === '/go') goOn()
  return page(startResponse, String(++count))
}

/** Tells how many timers there are. */
export const timers: Application = async (environ, startResponse) => {
  await environ['wsgi.input'].read()
  const found = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout')
  return page(startResponse, String(found.length))
}

/** Tells whom the request came from, and over what. */
export const tellsWhom: Application = (environ, startResponse) =>
  page(startResponse, `${String(environ['REMOTE_ADDR'])} ${environ['wsgi.url_scheme']}`)
