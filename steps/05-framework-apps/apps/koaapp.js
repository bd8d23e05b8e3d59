// A small site, in Koa with its router.

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import Router from '@koa/router'
import Koa from 'koa'

export const app = new Koa()
const router = new Router()

router.get('/hello', (ctx) => {
  ctx.body = 'Hello world from Koa!\n'
})

router.post('/form', async (ctx) => {
  const form = new URLSearchParams(await text(ctx.req))
  ctx.body = `${form.get('name')} lives in ${form.get('city')}.\n`
})

router.post('/upload', async (ctx) => {
  const digest = createHash('sha256')
  for await (const piece of ctx.req) digest.update(piece)
  ctx.body = `${digest.digest('hex')}\n`
})

router.get('/cookies', (ctx) => {
  ctx.cookies.set('fruit', 'apple')
  ctx.cookies.set('colour', 'green')
  ctx.body = 'Two cookies.\n'
})

router.get('/stream', (ctx) => {
  ctx.type = 'text'
  ctx.body = Readable.from(count())
})

async function* count() {
  for (const number of ['one', 'two', 'three']) {
    yield `${number}\n`
    await pause(50)
  }
}

router.get('/redirect', (ctx) => {
  ctx.redirect('/hello')
})

router.get('/fail', () => {
  throw new Error('This handler fails on purpose.')
})

router.get('/path/*rest', (ctx) => {
  ctx.body = `${ctx.params.rest}\n`
})

router.get('/query', (ctx) => {
  const names = [ctx.query.name ?? []].flat()
  ctx.type = 'text'
  ctx.body = names.map((name) => `${name}\n`).join('')
})

app.use(router.routes()).use(router.allowedMethods())
