// A small site, in Express.

import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'

export const app = express()

// As NODE_ENV=production does: no stack goes out with a 500.
app.set('env', 'production')

app.get('/hello', (req, res) => {
  res.type('text').send('Hello world from Express!\n')
})

app.post('/form', express.urlencoded(), (req, res) => {
  res.type('text').send(`${req.body.name} lives in ${req.body.city}.\n`)
})

app.post('/upload', async (req, res) => {
  const digest = createHash('sha256')
  for await (const piece of req) digest.update(piece)
  res.type('text').send(`${digest.digest('hex')}\n`)
})

app.get('/cookies', (req, res) => {
  res.cookie('fruit', 'apple')
  res.cookie('colour', 'green')
  res.type('text').send('Two cookies.\n')
})

app.get('/stream', async (req, res) => {
  res.type('text')
  for (const number of ['one', 'two', 'three']) {
    res.write(`${number}\n`)
    await pause(50)
  }
  res.end()
})

app.get('/redirect', (req, res) => {
  res.redirect('/hello')
})

app.get('/fail', () => {
  throw new Error('This handler fails on purpose.')
})

app.get('/path/*rest', (req, res) => {
  res.type('text').send(`${req.params.rest.join('/')}\n`)
})

app.get('/query', (req, res) => {
  const names = [req.query.name ?? []].flat()
  res.type('text').send(names.map((name) => `${name}\n`).join(''))
})
