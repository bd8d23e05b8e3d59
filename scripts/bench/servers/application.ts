// What the server under test runs while it is measured: the pages of peer.mjs, and those of `npm run bench limits`.
import type { Application, Environ } from '#wsgi'

/** Bytes of the page at /pours. */
export const MUCH = 2 ** 30
const CHUNK = 65_536

const hello = Buffer.from('Hello, world!')
const chunks = ['one, ', 'two, ', 'three\n'].map((text) => Buffer.from(text))
const pages: Record<string, Buffer> = {
  '/10k': Buffer.alloc(10_240, 'x'),
  '/1m': Buffer.alloc(1_048_576, 'x'),
}

export const app: Application = (environ, startResponse) => {
  const path = environ.PATH_INFO
  const length: [string, string][] = path === '/pours' ? [['Content-Length', String(MUCH)]] : []
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8'], ...length])
  if (environ.REQUEST_METHOD === 'POST') return path === '/count' ? count(environ) : measure(environ)
  if (path === '/chunks') return chunks.values()
  return path === '/pours' ? pour() : [pages[path] ?? hello]
}

/** The body is held whole, as an application that parses it would. */
async function measure(environ: Environ): Promise<Uint8Array[]> {
  const { length } = await environ['wsgi.input'].read()
  return [Buffer.from(`${length} bytes`)]
}

/** The body is read piece by piece, as one that stores it would. */
async function count(environ: Environ): Promise<Uint8Array[]> {
  for (let size = 0; ;) {
    const piece = await environ['wsgi.input'].read(CHUNK)
    if (piece.length === 0) return [Buffer.from(`${size} bytes`)]
    size += piece.length
  }
}

/** Each chunk is a buffer of its own, as if it had been read from a file: one that waits to be sent takes up memory. */
export function* pour(): Generator<Uint8Array> {
  for (let left = MUCH; left > 0; left -= CHUNK) yield Buffer.alloc(CHUNK, 'x')
}
