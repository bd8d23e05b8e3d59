// A small site, in Hono.

import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { streamText } from 'hono/streaming'

export const app = new Hono()

app.get('/hello', (c) => c.text('Hello world from Hono!\n'))

app.post('/form', async (c) => {
  const form = await c.req.formData()
  return c.text(`${form.get('name')} lives in ${form.get('city')}.\n`)
})

app.post('/upload', async (c) => {
  const digest = createHash('sha256')
  for await (const piece of c.req.raw.body ?? []) digest.update(piece)
  return c.text(`${digest.digest('hex')}\n`)
})

app.get('/cookies', (c) => {
  setCookie(c, 'fruit', 'apple')
  setCookie(c, 'colour', 'green')
  return c.text('Two cookies.\n')
})

app.get('/stream', (c) =>
  streamText(c, async (stream) => {
    for (const number of ['one', 'two', 'three']) {
      await stream.writeln(number)
      await stream.sleep(50)
    }
  }),
)

app.get('/redirect', (c) => c.redirect('/hello'))

app.get('/fail', () => {
  throw new Error('This handler fails on purpose.')
})

app.get('/path/:rest{.+}', (c) => c.text(`${c.req.param('rest')}\n`))

app.get('/query', (c) => {
  const names = c.req.queries('name') ?? []
  return c.text(names.map((name) => `${name}\n`).join(''))
})
