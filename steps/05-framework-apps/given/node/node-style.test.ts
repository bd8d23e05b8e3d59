// The bridge for what is written for `(req, res)`: what goes through it either way. How things end is next door.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { callApplication, environFor, type HandRequest } from '#given/kit/application/call.ts'
import type { Environ } from '#wsgi'
import { nodeApplication } from '../../node/node-style.ts'
import { pending, turns } from '../waiting.ts'

/** What `listener` answers, through the bridge. */
function ask(listener: RequestListener, request: HandRequest, more: Partial<Environ> = {}) {
  const environ = Object.assign(environFor(request), more)
  return callApplication(nodeApplication(createServer(listener)), environ)
}

/** The request as a listener sees it. */
async function seen(request: HandRequest, more?: Partial<Environ>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    ask((req, res) => res.end(void resolve(req)), request, more).catch(reject)
  })
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A body in these pieces, each given once the one before has been asked for. */
async function* inPieces(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece)
}

test('the method and the target arrive as they were sent', async () => {
  const { method, url } = await seen({ method: 'PUT', target: '/a%2Fb%E9//c?x=%20&x=1+2?#' })
  expect([method, url]).toEqual(['PUT', '/a%2Fb%E9//c?x=%20&x=1+2?#'])
})

test('a byte that no URI may have arrives encoded, since node:http would refuse it', async () => {
  expect((await seen({ target: '/caf\xc3\xa9?\xe9=1' })).url).toBe('/caf%C3%A9?%E9=1')
})

test('the part of the path that SCRIPT_NAME has taken is not there any more', async () => {
  const { url } = await seen({ target: '/shop/a%2Fb?c=d' }, { SCRIPT_NAME: '/shop', PATH_INFO: '/a/b' })
  expect(url).toBe('/a%2Fb?c=d')
})

test('a target that is no path arrives, too', async () => {
  expect((await seen({ method: 'OPTIONS', target: '*' })).url).toBe('*')
})

test('the headers arrive, rebuilt from the environ', async () => {
  const { headers } = await seen({
    target: '/',
    headers: [
      ['User-Agent', 'curl'],
      ['Cookie', 'a=1; b=2'],
      ['Content-Type', 'text/plain'],
      ['X-Name', 'caf\xe9'],
    ],
  })
  const { connection, ...rest } = headers
  expect(connection).toBe('close')
  expect(rest).toEqual({
    host: '127.0.0.1:8888',
    'user-agent': 'curl',
    cookie: 'a=1; b=2',
    'content-type': 'text/plain',
    'x-name': 'caf\xe9',
  })
})

test('headers of the connection to the client do not arrive', async () => {
  const { headers } = await seen({
    target: '/',
    headers: [
      ['Connection', 'keep-alive, Upgrade'],
      ['Upgrade', 'websocket'],
      ['Keep-Alive', 'timeout=5'],
      ['TE', 'trailers'],
      ['Expect', '100-continue'],
    ],
  })
  expect(Object.keys(headers).toSorted()).toEqual(['connection', 'host'])
})

test('a client of HTTP/1.0, which names no host, has the host of the server', async () => {
  const environ = environFor({ target: '/' })
  delete environ['HTTP_HOST']
  const { headers } = await new Promise<IncomingMessage>((resolve) => {
    const server = createServer((req, res) => res.end(void resolve(req)))
    void callApplication(nodeApplication(server), environ)
  })
  expect(headers.host).toBe('127.0.0.1:8888')
})

test('a head as long as the server lets it be arrives', async () => {
  const { headers } = await ask(
    (req, res) => res.setHeader('X-Length', String(req.headers['x-long']?.length)).end(),
    { target: '/', headers: [['X-Long', 'x'.repeat(8000)]] },
  )
  expect(headers).toContainEqual(['X-Length', '8000'])
})

test('the address is that of the client, and https is known by its socket', async () => {
  const plain = await seen({ target: '/' }, { REMOTE_ADDR: '::1', REMOTE_PORT: '4711' })
  expect(plain.socket).toMatchObject({ remoteAddress: '::1', remotePort: 4711, remoteFamily: 'IPv6' })
  expect('encrypted' in plain.socket).toBe(false)
  const safe = await seen({ target: '/' }, { 'wsgi.url_scheme': 'https' })
  expect(safe.socket).toMatchObject({ encrypted: true, remoteFamily: 'IPv4' })
})

test('what is called on a socket can be called', async () => {
  const answer = await ask(
    (req, res) => {
      req.socket.setTimeout(0).setNoDelay(true).setKeepAlive(true).ref().unref()
      req.setTimeout(1)
      res.setTimeout(1, () => res.destroy())
      res.end('fine')
    },
    { target: '/' },
  )
  expect(String(answer.body)).toBe('fine')
})

test('the status and the headers come out, each as often as it was set, and nothing of the inner connection', async () => {
  const answer = await ask(
    (req, res) => {
      res.statusMessage = 'Fair Enough'
      res.setHeader('X-Mixed-Case', 'caf\xe9')
      res.setHeader('Set-Cookie', ['fruit=apple', 'colour=green'])
      res.setHeader('Keep-Alive', 'timeout=5')
      res.write('chunked')
      res.end()
    },
    { target: '/' },
  )
  expect(answer.status).toBe('200 Fair Enough')
  const [date, ...others] = answer.headers.toReversed()
  expect(date?.[0]).toBe('Date')
  expect(others.toReversed()).toEqual([
    ['X-Mixed-Case', 'caf\xe9'],
    ['Set-Cookie', 'fruit=apple'],
    ['Set-Cookie', 'colour=green'],
  ])
})

test.each([
  [410, '410 Gone'],
  [299, '299 Unknown'],
])('the empty reason of a %i is filled in, since WSGI wants one', async (code, status) => {
  const answer = await ask((req, res) => res.writeHead(code, '').end(), { target: '/' })
  expect(answer.status).toBe(status)
})

test('a head of 100 KB comes out', async () => {
  const cookies = Array.from({ length: 100 }, (_, index) => `c${index}=${'x'.repeat(1000)}`)
  const answer = await ask((req, res) => res.setHeader('Set-Cookie', cookies).end(), { target: '/' })
  expect(answer.headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value)).toEqual(cookies)
})

test.each([
  ['HEAD', 200, '5'],
  ['GET', 204, undefined],
  ['GET', 304, '5'],
] as const)('%s with status %i has no body', async (method, status, length) => {
  const listener: RequestListener = (req, res) => {
    if (length !== undefined) res.setHeader('Content-Length', length)
    res.writeHead(status).end(method === 'HEAD' ? 'hello' : '')
  }
  const answer = await ask(listener, { method, target: '/' })
  expect(answer.status).toMatch(new RegExp(`^${status} `))
  expect(answer.headers.find(([name]) => name === 'Content-Length')?.[1]).toBe(length)
  expect(answer.body).toHaveLength(0)
})

test('a body of known length arrives', async () => {
  const body = Buffer.alloc(300_000, 'abcdefg')
  const { headers } = await seen({ method: 'POST', target: '/', body })
  expect(headers['content-length']).toBe('300000')
  const answer = await ask(async (req, res) => res.end(await bodyOf(req)), {
    method: 'POST',
    target: '/',
    body,
  })
  expect(answer.body.equals(body)).toBe(true)
})

test('a chunked body arrives', async () => {
  const answer = await ask(
    async (req, res) => res.end(`${req.headers['transfer-encoding']} ${String(await bodyOf(req))}`),
    { method: 'POST', target: '/', body: inPieces('a', 'bc', 'd') },
  )
  expect(String(answer.body)).toBe('chunked abcd')
})

test('without Content-Length and Transfer-Encoding, wsgi.input is not touched', async () => {
  const environ = environFor({ method: 'POST', target: '/' })
  environ['wsgi.input'].read = () => Promise.reject(new Error('touched'))
  const server = createServer(async (req, res) => res.end(`${(await bodyOf(req)).length}`))
  const answer = await callApplication(nodeApplication(server), environ)
  expect(String(answer.body)).toBe('0')
})

test('no more of wsgi.input is read than belongs to the body', async () => {
  const environ = environFor({ method: 'POST', target: '/', body: Buffer.from('body and more') })
  environ.CONTENT_LENGTH = '4'
  const server = createServer(async (req, res) => res.end(await bodyOf(req)))
  const answer = await callApplication(nodeApplication(server), environ)
  expect(String(answer.body)).toBe('body')
  expect(String(await environ['wsgi.input'].read())).toBe(' and more')
})

test('a chunk is passed on before the next one is made', async () => {
  const res = pending<ServerResponse>()
  const server = createServer((_, response) => res.resolve(response))
  const body = await nodeApplication(server)(environFor({ target: '/' }), () => async () => {})
  const chunks = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : undefined
  const first = chunks?.next()
  ;(await res.promise).write('one')
  expect(String((await first)?.value)).toBe('one')
  const second = chunks?.next()
  ;(await res.promise).end('two')
  expect(String((await second)?.value)).toBe('two')
  expect(await chunks?.next()).toMatchObject({ done: true })
})

test('the head does not wait for the first chunk', async () => {
  const started = pending<string>()
  const server = createServer((req, res) => res.flushHeaders())
  const body = await nodeApplication(server)(environFor({ target: '/' }), (status) => {
    started.resolve(status)
    return async () => {}
  })
  if (Symbol.asyncIterator in body)
    void body[Symbol.asyncIterator]()
      .next()
      .catch(() => {})
  expect(await started.promise).toBe('200 OK')
  await body.close?.()
})

test('an application that does not read its body is not sent much of it', async () => {
  const environ = environFor({ method: 'POST', target: '/', body: Buffer.alloc(0) })
  environ.CONTENT_LENGTH = String(10_000_000_000)
  let taken = 0
  environ['wsgi.input'].read = async (size = 0) => {
    taken += size
    return Buffer.alloc(size)
  }
  const server = createServer(async (req, res) => {
    await turns(100)
    res.end('enough')
  })
  const answer = await callApplication(nodeApplication(server), environ)
  expect(String(answer.body)).toBe('enough')
  expect(taken).toBeLessThan(1_000_000)
})

test('an application whose response is not read has to wait', async () => {
  let written = 0
  const server = createServer(async (req, res) => {
    const closed = once(res, 'close')
    while (!res.destroyed) {
      written += 65_536
      const room = new Promise((resolve) => res.once('drain', resolve))
      if (!res.write(Buffer.alloc(65_536))) await Promise.race([room, closed])
    }
  })
  const body = await nodeApplication(server)(environFor({ target: '/' }), () => async () => {})
  const chunks = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : undefined
  let read = 0
  for (let at = 0; at < 100; at++) read += (await chunks?.next())?.value.length ?? 0
  await turns(100)
  expect(read).toBeGreaterThan(100 * 10_000)
  expect(written - read).toBeLessThan(1_000_000)
  await body.close?.()
})

test('a buffer may be used again once its write is done', async () => {
  const answer = await ask(
    (req, res) => {
      const buffer = Buffer.from('aaaa')
      res.write(buffer, () => {
        buffer.fill('b')
        res.end(buffer)
      })
    },
    { target: '/' },
  )
  expect(String(answer.body)).toBe('aaaabbbb')
})
