// Frameworks of the Node style behind the reference server, with clients that nobody here wrote.

import { execFile } from 'node:child_process'
import { once, type EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadApplication, startServer } from '#server/05-framework-apps/server.ts'
import { turns } from '../waiting.ts'

const places = [fileURLToPath(new URL('fixtures', import.meta.url))]
const endings: (() => Promise<void>)[] = []
let expressPort = 0
let koaPort = 0

beforeAll(async () => {
  expressPort = await serve('express-site:app')
  koaPort = await serve('koa-site:app')
})
afterAll(async () => {
  for (const end of endings) await end()
})
beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue()
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())

/** The port of the reference, which runs this application. */
async function serve(words: string): Promise<number> {
  const { application, close } = await loadApplication(words, { places })
  const server = await startServer({ host: '127.0.0.1', port: 0, application })
  endings.push(() => server.close(), close)
  return server.port
}

/** What a module of fixtures/ tells beside its application. */
async function fixture(name: string): Promise<{ heard: EventEmitter; file: string; made: number }> {
  return import(join(places[0] ?? '', name))
}

function curl(port: number, path: string, ...words: string[]): Promise<{ code: unknown; out: string }> {
  const url = `http://127.0.0.1:${port}${path}`
  return new Promise((resolve) => {
    execFile('curl', ['-s', '-m', '5', url, ...words], (error, out) =>
      resolve({ code: error?.code ?? 0, out }),
    )
  })
}

function fetchHead(port: number, path: string): Promise<IncomingMessage> {
  const request = get({ port, path, agent: false })
  return new Promise((resolve, reject) => request.once('response', resolve).once('error', reject))
}

test('Express sends a file, a part of it, and nothing when the client has it', async () => {
  const { file } = await fixture('express-site.js')
  const text = readFileSync(file, 'utf8')
  const whole = await curl(expressPort, '/file', '-i')
  expect(whole.out.endsWith(`\r\n\r\n${text}`)).toBe(true)
  expect((await curl(expressPort, '/file', '-r', '3-9')).out).toBe(text.slice(3, 10))
  const etag = /^ETag: (.+)\r$/m.exec(whole.out)?.[1] ?? ''
  const again = await curl(expressPort, '/file', '-i', '-H', `If-None-Match: ${etag}`)
  expect(again.out).toMatch(/^HTTP\/1\.1 304 Not Modified\r\n[^]*\r\n\r\n$/)
})

test('Express knows its client and the URL', async () => {
  const { out } = await curl(expressPort, '/who?x=1')
  expect(JSON.parse(out)).toEqual(['127.0.0.1', '127.0.0.1', 'http', '/who?x=1'])
})

test('an event stream arrives as it is made, and ends with its client', async () => {
  const { heard } = await fixture('express-site.js')
  const response = await fetchHead(expressPort, '/events')
  const [first] = await once(response, 'data')
  expect(String(first)).toBe('data: 1\n\n')
  const left = once(heard, 'left')
  response.socket.resetAndDestroy()
  expect(await left).toEqual(['/events broken off'])
})

test('a client that goes before it has an answer is told to the application', async () => {
  const { heard } = await fixture('express-site.js')
  const arrived = once(heard, 'arrived')
  const request = get({ port: expressPort, path: '/waits', agent: false }).on('error', () => {})
  await arrived
  const left = once(heard, 'left')
  request.socket?.resetAndDestroy()
  expect(await left).toEqual(['/waits broken off'])
})

test('a client that goes ends the stream that Koa sends', async () => {
  const { heard } = await fixture('koa-site.js')
  const closed = once(heard, 'closed')
  const response = await fetchHead(koaPort, '/endless')
  await once(response, 'data')
  response.destroy()
  await closed
})

test('an application that fails before its head is a 500', async () => {
  expect((await curl(expressPort, '/before', '-i')).out).toMatch(/^HTTP\/1\.1 500 [^]*Internal Server Error/)
})

test('an application that fails after its head is a connection that is cut', async () => {
  const { heard } = await fixture('express-site.js')
  const response = await fetchHead(expressPort, '/after')
  const [first] = await once(response, 'data')
  expect(String(first)).toBe('some')
  heard.emit('fail')
  await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('an application that hangs up is a 500, and one line on the terminal', async () => {
  const complaints = vi.mocked(console.error)
  expect((await curl(expressPort, '/silent', '-i')).out).toMatch(/^HTTP\/1\.1 500 /)
  const what = 'The application closed its connection before its answer was whole.'
  expect(complaints.mock.calls).toEqual([[`The application failed on GET /silent: ${what}`]])
})

test('a slow client does not fill the memory', async () => {
  const response = await fetchHead(expressPort, '/much')
  await once(response, 'readable')
  const site = await fixture('express-site.js')
  for (let before = -1; before !== site.made; await turns(50)) before = site.made
  expect(site.made).toBeLessThan(20_000_000)
  response.destroy()
})

test('many clients at once each get their own answer', async () => {
  const answers = Array.from({ length: 30 }, (_, index) => curl(koaPort, `/${index}`))
  const expected = answers.map((_, index) => `/${index} ${'x'.repeat(100_000)}`)
  expect((await Promise.all(answers)).map(({ out }) => out)).toEqual(expected)
})

test('Fastify answers, and so does HEAD', async () => {
  const port = await serve('../../../apps/fastifyapp:app')
  expect((await curl(port, '/hello')).out).toBe('Hello world from Fastify!\n')
  expect((await curl(port, '/hello', '-I')).out).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*content-length: 26\r\n/)
})
