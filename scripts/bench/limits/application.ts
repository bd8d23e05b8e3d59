// What a server runs while `npm run bench limits` measures it.
import type { Application } from '#wsgi'

/** Bytes of the page at /pours. */
export const MUCH = 2 ** 30
const CHUNK = 65_536

/** A page; at /chunks one of no length that is known; at /pours a very large one. Else the body is read, and counted. */
export const application: Application = async (environ, startResponse) => {
  const path = environ.PATH_INFO
  const length: [string, string][] = path === '/pours' ? [['Content-Length', String(MUCH)]] : []
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8'], ...length])
  if (path === '/') return [Buffer.from('Here I am.\n')]
  if (path === '/chunks') return threeChunks()
  if (path === '/pours') return pour()
  let size = 0
  for (;;) {
    const piece = await environ['wsgi.input'].read(CHUNK)
    if (piece.length === 0) return [Buffer.from(`${size} bytes\n`)]
    size += piece.length
  }
}

function* threeChunks(): Generator<Uint8Array> {
  for (const text of ['one, ', 'two, ', 'three\n']) yield Buffer.from(text)
}

/** Each chunk is a buffer of its own, as if it had been read from a file: one that waits to be sent takes up memory. */
function* pour(): Generator<Uint8Array> {
  for (let left = MUCH; left > 0; left -= CHUNK) yield Buffer.alloc(CHUNK, 'x')
}
