// The applications that this suite runs on the server under test. What one prints, its test may read.

import { fetchApplication } from '#server/05-framework-apps/fetch-style.ts'
import { Framework } from '#server/05-framework-apps/framework.ts'
import { mount } from '#server/05-framework-apps/mount.ts'

export { app as hello } from '#server/05-framework-apps/hello-app.ts'

/** Two at once. The first one looks like two, where somebody takes a list apart at its commas. */
export const COOKIES = ['fruit=apple; Path=/, or so', 'colour=green']

/** A small site on the learner's framework. */
const site = new Framework()
site.get('/', () => 'The front page\n')
site.get('/notes', () => ({ headers: [['X-Notes', 'two']], body: 'milk, bread\n' }))
site.post('/notes', async () => ({ status: '201 Created', body: 'noted\n' }))
site.get('/notes/latest', () => 'The latest note\n')
site.get('/notes/:id', ({ params }) => `Note ${params['id']}\n`)
site.get('/notes/latest', () => 'A note that comes too late\n')
site.post('/notes/search', () => 'nothing found\n')
site.get('/hello/:name/:mood', ({ params }) => `Hello ${params['name']}, you look ${params['mood']}\n`)
site.get('/song', () => ({ body: ['la ', 'la\n'].map((line) => Buffer.from(line)) }))
site.get('/page', () => ({ headers: [['content-type', 'text/html']], body: '<p>1 €' }))
site.get('/cookies', () => ({ headers: COOKIES.map((cookie) => ['Set-Cookie', cookie]) }))
site.post('/echo', (request) => request.text())
site.get('/throws', () => {
  throw new Error('the ink is dry')
})
site.get('/rejects', () => Promise.reject(new Error('the ink is dry')))
export const notes = site.application

const pages: Record<string, (request: Request) => Response | Promise<Response>> = {
  '/cookies': () => {
    const headers = new Headers({ 'Content-Type': 'text/plain' })
    for (const cookie of COOKIES) headers.append('Set-Cookie', cookie)
    return new Response('Two cookies.\n', { headers })
  },
  '/hops': () =>
    new Response('a page', { headers: { Connection: 'x-hop', 'Keep-Alive': 'x-hop', 'X-Page': 'yes' } }),
  '/throws': () => {
    throw new Error('the well is dry')
  },
  '/rejects': () => Promise.reject(new Error('the well is dry')),
  '/breaks': () => new Response(failing()),
  '/waits': (request) => new Response(waiting(request, 'first')),
  '/silent': (request) => new Response(waiting(request)),
  '/ends': (request) => new Response(waiting(request, 'the whole page', true)),
}

/** A handler in the style of Fetch, with a page for each thing that a server could get wrong. */
export const fetches = fetchApplication(
  (request) => pages[new URL(request.url).pathname]?.(request) ?? new Response('fine'),
)

/** The same below a path. */
export const fetchesBelow = mount({ '/below': fetches })

/** A stream that breaks off before its first chunk. */
function failing(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async () => {
      throw new Error('the well is dry')
    },
  })
}

/** A stream that has a chunk, or none, and then waits for ever. It tells when it is given up. */
function waiting(request: Request, chunk?: string, ends = false): ReadableStream<Uint8Array> {
  const { pathname, search } = new URL(request.url)
  const path = pathname + search
  request.signal.addEventListener('abort', () => console.log(`aborted ${path}`))
  return new ReadableStream({
    start: (controller) => {
      if (chunk !== undefined) controller.enqueue(Buffer.from(chunk))
      if (ends) controller.close()
      else console.log(`${path} waits`)
    },
    cancel: () => console.log(`cancelled ${path}`),
  })
}
