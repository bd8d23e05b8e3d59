// A small site, in Fastify.

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'

export const app = Fastify()

app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  },
)

// An upload is handed to its handler as the stream that it is.
app.addContentTypeParser('application/octet-stream', (request, payload, done) => {
  done(null, payload)
})

app.get('/hello', (request, reply) => {
  reply.type('text/plain').send('Hello world from Fastify!\n')
})

app.post<{ Body: { name: string; city: string } }>('/form', (request, reply) => {
  const { name, city } = request.body
  reply.type('text/plain').send(`${name} lives in ${city}.\n`)
})

app.post<{ Body: Readable }>('/upload', async (request, reply) => {
  const digest = createHash('sha256')
  for await (const piece of request.body) digest.update(piece)
  return reply.type('text/plain').send(`${digest.digest('hex')}\n`)
})

app.get('/cookies', (request, reply) => {
  reply.header('Set-Cookie', 'fruit=apple; Path=/').header('Set-Cookie', 'colour=green; Path=/')
  reply.type('text/plain').send('Two cookies.\n')
})

app.get('/stream', (request, reply) => {
  reply.type('text/plain').send(Readable.from(count()))
})

async function* count() {
  for (const number of ['one', 'two', 'three']) {
    yield `${number}\n`
    await pause(50)
  }
}

app.get('/redirect', (request, reply) => {
  reply.redirect('/hello')
})

app.get('/fail', () => {
  throw new Error('This handler fails on purpose.')
})

app.get<{ Params: { '*': string } }>('/path/*', (request, reply) => {
  reply.type('text/plain').send(`${request.params['*']}\n`)
})

app.get<{ Querystring: { name?: string | string[] } }>('/query', (request, reply) => {
  const names = [request.query.name ?? []].flat()
  reply.type('text/plain').send(names.map((name) => `${name}\n`).join(''))
})
