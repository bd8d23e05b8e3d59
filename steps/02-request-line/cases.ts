// What the suite of step 2 sends, and the small tools with which it reads.

import { Failure } from '#given/kit/failure/failure.ts'

/** A request that every floor answers with a page. */
export const GOOD = request('GET /hello HTTP/1.1')

/** A whole request that begins with this line. */
export function request(line: string): string {
  return `${line}\r\nHost: 127.0.0.1\r\n\r\n`
}

// RFC 9112, section 3: request-line = method SP request-target SP HTTP-version
export const NO_REQUEST_LINES = [
  ' GET / HTTP/1.1',
  'GET  / HTTP/1.1',
  'GET /  HTTP/1.1',
  'GET / HTTP/1.1 ',
  'GET  HTTP/1.1',
  ' / HTTP/1.1',
  'GET\t/\tHTTP/1.1',
  'GET / http/1.1',
  'GET / HTTPS/1.1',
  'GET / XHTTP/1.1',
  'GET / HTTP/11',
  'GET / HTTP/1.',
  'GET / HTTP/1.10',
  'GET / HTTP/01.1',
  'GET / HTTP/1.1.1',
  'GET / HTTP/1.1\r',
  'GET / HTTP/1.1\xa0',
  '\xa0GET / HTTP/1.1',
  'G(T / HTTP/1.1',
  'GET: / HTTP/1.1',
  'G\xc9T / HTTP/1.1',
  'GET /a\tb HTTP/1.1',
  'GET /a\rb HTTP/1.1',
  'GET /\0 HTTP/1.1',
  'GET /\x1b[2J HTTP/1.1',
  'GET /\x7f HTTP/1.1',
]

/** How far clients got that broke off. */
export const BREAK_OFFS = ['', '\r\n', 'GET /hel', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost: a\r\n']

/** Texts, and what the terminal shows of them with `> ` before each line. */
export const PRINTED: [text: string, printed: string][] = [
  ['HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\n', '> HTTP/1.1 200 OK\n> X-A: 1\n> \n'],
  ['one line\nand another\n', '> one line\n> and another\n'],
  ['no end', '> no end\n'],
  ['', '> \n'],
]

/** How often a reader may ask for more after it has heard that no more will come. */
const PATIENCE = 10

/** A `more` for a ByteReader: it gives these pieces, one a call, and then null. */
export function inPieces(pieces: string[]): () => Promise<Uint8Array | null> {
  const left = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  let nulls = 0
  return async () => {
    const piece = left.shift()
    if (piece !== undefined) return piece
    nulls++
    if (nulls <= PATIENCE) return null
    throw new Failure(`more() gave null, for "no more will come", and was called ${PATIENCE} times again.`)
  }
}

/** A text whole, a character at a time, and cut in two at each place. */
export function everyCut(text: string): string[][] {
  const inTwo = Array.from(text, (_, at) => [text.slice(0, at), text.slice(at)]).slice(1)
  return [[text], [...text], ...inTwo]
}

/** What a promise came to, as a function that gives or throws it. */
export function outcomeOf<T>(promise: Promise<T>): Promise<() => T> {
  return promise.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )
}

/** The same for a test to compare: what was given, or what an HttpError says. Other errors go on: they tell their line. */
export function resultOf<T>(outcome: () => T): T | string {
  try {
    return outcome()
  } catch (error) {
    if (error instanceof Error && 'status' in error) return `${error.name}: ${error.message}`
    throw error
  }
}

/** Beginnings of requests that are certain to be wrong, and the status of each. */
export const CERTAIN: [string, number][] = [
  ['garbage\r\n', 400],
  ['GET /\r\n', 400],
  ['GET / HTTP/2.0\r\nno header line\r\n', 505],
  ['\n', 400],
  ['GET / HTTP/1.1\n', 400],
  ['GET / HTTP/1.1\r\nHost: 127.0.0.1\n', 400],
  [`GET /${'a'.repeat(9000)}`, 414],
  [`GET / HTTP/1.1\r\nX: ${'a'.repeat(9000)}`, 431],
]
