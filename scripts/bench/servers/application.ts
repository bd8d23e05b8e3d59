// What the reference runs while `npm run bench` measures it: the pages of peer.mjs.
import type { Application, Environ } from '#wsgi'

const hello = Buffer.from('Hello, world!')
const pages: Record<string, Buffer> = {
  '/10k': Buffer.alloc(10_240, 'x'),
  '/1m': Buffer.alloc(1_048_576, 'x'),
}

export const app: Application = (environ, startResponse) => {
  const body = environ.REQUEST_METHOD === 'POST' ? count(environ) : [pages[environ.PATH_INFO] ?? hello]
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  return body
}

/** The body is held whole, as an application that parses it would. */
async function count(environ: Environ): Promise<Uint8Array[]> {
  const { length } = await environ['wsgi.input'].read()
  return [Buffer.from(`${length} bytes`)]
}
