// A small site, in a framework of one's own: the one of step 5.

import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Framework, type Handler } from '#server/05-framework-apps/framework.ts'
import type { Application } from '#wsgi'

const site = new Framework()

site.get('/hello', () => 'Hello world from our own framework!\n')

site.post('/form', async (request) => {
  const form = new URLSearchParams(await request.text())
  return `${form.get('name')} lives in ${form.get('city')}.\n`
})

site.post('/upload', async ({ environ: { 'wsgi.input': input } }) => {
  const digest = createHash('sha256')
  for (let piece = await input.read(65_536); piece.length > 0; piece = await input.read(65_536))
    digest.update(piece)
  return `${digest.digest('hex')}\n`
})

site.get('/cookies', () => ({
  headers: [
    ['Set-Cookie', 'fruit=apple'],
    ['Set-Cookie', 'colour=green'],
  ],
  body: 'Two cookies.\n',
}))

site.get('/stream', () => ({ body: count() }))

async function* count() {
  for (const number of ['one\n', 'two\n', 'three\n']) {
    yield Buffer.from(number)
    await pause(50)
  }
}

site.get('/redirect', ({ environ: { SCRIPT_NAME: here } }) => ({
  status: '302 Found',
  headers: [['Location', `${here}/hello`]],
}))

site.get('/fail', () => {
  throw new Error('This handler fails on purpose.')
})

// The framework matches decoded paths, so that one with a `%2F` has a segment more.
const path: Handler = (request) => `${request.path.slice('/path/'.length)}\n`
site.get('/path/:rest', path)
site.get('/path/:first/:second', path)

site.get('/query', (request) => {
  const names = request.query.getAll('name')
  return names.map((name) => `${name}\n`).join('')
})

/** The framework leaves what a handler throws to the server; this site has a page for it (PEP 3333, "Error Handling"). */
export const app: Application = async (environ, startResponse) => {
  try {
    return await site.application(environ, startResponse)
  } catch (error) {
    console.error(error)
    startResponse('500 Internal Server Error', [['Content-Type', 'text/plain']], error)
    return [Buffer.from('Something went wrong.\n')]
  }
}
