// The bridge for what is written for `(req, res)`: how requests end, in order and otherwise.

import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { callApplication, environFor, type HandRequest } from '#given/kit/application/call.ts'
import type { Environ } from '#wsgi'
import { nodeApplication } from '../../node/node-style.ts'
import { pending, turns } from '../waiting.ts'

/** Runs it as a server does whose client may go: `leave` does what runApplication does then. */
async function drive(server: Server, request: HandRequest | Environ) {
  const environ =
    'target' in request ? environFor({ ...request, target: String(request['target']) }) : request
  const body = await nodeApplication(server)(environ, () => async () => {})
  if (!(Symbol.asyncIterator in body)) throw new Error('The body should be asynchronous.')
  const chunks = body[Symbol.asyncIterator]()
  return {
    next: () => chunks.next(),
    leave: async () => {
      void chunks.return?.().catch(() => {})
      await body.close?.()
    },
  }
}

/** What became of a request, in the eyes of its listener. */
function watched(listener: RequestListener) {
  const log: string[] = []
  const closed = pending<void>()
  const server = createServer((req, res) => {
    req.on('aborted', () => log.push('request aborted'))
    req.on('error', () => {})
    res.on('finish', () => log.push('response finished'))
    res.on('close', () => {
      log.push('response closed')
      closed.resolve()
    })
    listener(req, res)
  })
  return { server, log, closed: closed.promise }
}

/** A request whose body has five bytes, of which each `read` gives another piece. */
function uploadOf(...pieces: (Buffer | Promise<Buffer>)[]): Environ {
  const environ = environFor({ method: 'POST', target: '/', body: Buffer.alloc(5) })
  environ['wsgi.input'].read = async () => pieces.shift() ?? Buffer.alloc(0)
  return environ
}

const failure = async (server: Server, request: HandRequest) => {
  const error: unknown = await callApplication(nodeApplication(server), environFor(request)).catch((e) => e)
  return error instanceof Error ? error : new Error(`no error, but ${inspect(error)}`)
}

test.each([0, 1, 65_536, 1_000_000])('a response of %i bytes ends in order', async (length) => {
  const { server, log, closed } = watched((req, res) => res.end(Buffer.alloc(length)))
  const { body } = await callApplication(nodeApplication(server), environFor({ target: '/' }))
  await closed
  expect([body.length, log]).toEqual([length, ['response finished', 'response closed']])
})

test('an application may answer without reading the body', async () => {
  const { server, log, closed } = watched((req, res) => res.writeHead(413).end('too much'))
  const answer = await callApplication(
    nodeApplication(server),
    environFor({ method: 'POST', target: '/', body: Buffer.alloc(3_000_000) }),
  )
  await closed
  expect([answer.status, String(answer.body)]).toEqual(['413 Payload Too Large', 'too much'])
  expect(log).toEqual(['response finished', 'response closed'])
})

test('a client that goes before the answer is an aborted request', async () => {
  const arrived = pending<void>()
  const { server, log, closed } = watched(() => arrived.resolve())
  const run = await drive(server, { target: '/' })
  const first = run.next().catch(() => 'rejected')
  await arrived.promise
  await run.leave()
  await closed
  expect(log).toEqual(['request aborted', 'response closed'])
  expect(await first).toBe('rejected')
})

test('a client that goes in the middle of the body ends what makes it', async () => {
  const { server, log, closed } = watched((req, res) => res.write('one'))
  const run = await drive(server, { target: '/' })
  await run.next()
  const second = run.next().catch(() => 'rejected')
  await run.leave()
  await closed
  expect(log).toEqual(['request aborted', 'response closed'])
  expect(await second).toBe('rejected')
})

test('a client that goes while the application has to wait ends the waiting', async () => {
  const { server, log, closed } = watched((req, res) => {
    while (res.write(Buffer.alloc(65_536)));
  })
  const run = await drive(server, { target: '/' })
  await run.next()
  await run.leave()
  await closed
  expect(log).toEqual(['request aborted', 'response closed'])
})

test('a client that goes during an upload aborts it', async () => {
  const arrived = pending<void>()
  const { server, log, closed } = watched((req) => req.once('data', () => arrived.resolve()))
  const run = await drive(server, uploadOf(Buffer.from('a'), new Promise(() => {})))
  run.next().catch(() => {})
  await arrived.promise
  await run.leave()
  await closed
  expect(log).toEqual(['request aborted', 'response closed'])
})

test('a body that nobody iterates is closed without a trace', async () => {
  const { server, log } = watched((req, res) => res.end())
  const run = await drive(server, { target: '/' })
  await run.leave()
  await turns(5)
  expect(log).toEqual([])
})

test('no connection outlives its request', async () => {
  let open = 0
  const server = createServer((req, res) => {
    if (req.url === '/whole') res.end('whole')
    else res.write('a part')
  })
  server.on('connection', (socket) => {
    open++
    socket.on('close', () => open--)
  })
  for (let round = 0; round < 100; round++) {
    const run = await drive(server, { target: round % 2 === 0 ? '/whole' : '/part' })
    if (round % 3 > 0) await run.next()
    await run.leave()
  }
  await turns(5)
  expect(open).toBe(0)
})

test('a connection that the application destroys before its answer is an error in words', async () => {
  const error = await failure(
    createServer((req) => req.socket.destroy()),
    { target: '/' },
  )
  expect(inspect(error)).toBe('The application closed its connection before its answer was whole.')
})

test('a connection that the application destroys after the head is an error once its bytes are read', async () => {
  const sent = pending<ServerResponse>()
  const server = createServer((req, res) => res.write('x'.repeat(100_000), () => sent.resolve(res)))
  const run = await drive(server, { target: '/' })
  let read = 0
  while (read < 100_000) read += (await run.next()).value?.length ?? 0
  ;(await sent.promise).destroy()
  await expect(run.next()).rejects.toThrow('before its answer was whole')
  await run.leave()
})

test('what is no HTTP is answered by the application’s own server', async () => {
  const server = createServer(() => {})
  const answer = await callApplication(nodeApplication(server), environFor({ method: 'BREW', target: '/' }))
  expect(answer.status).toBe('400 Bad Request')
})

test('an answer that is no HTTP is an error', async () => {
  const server = createServer((req) => req.socket.end('garbage\r\n\r\n'))
  expect(await failure(server, { target: '/' })).toMatchObject({ code: 'HPE_INVALID_CONSTANT' })
})

test('an error of wsgi.input passes through as it is, and aborts the request', async () => {
  const broken = new Error('The client broke off.')
  const arrived = pending<void>()
  const { server, log, closed } = watched((req) => req.once('data', () => arrived.resolve()))
  const rest = arrived.promise.then(() => Promise.reject(broken))
  const answer = callApplication(nodeApplication(server), uploadOf(Buffer.from('a'), rest))
  await expect(answer).rejects.toBe(broken)
  await closed
  expect(log).toEqual(['request aborted', 'response closed'])
})

test('an error of wsgi.input after the head passes through as it is', async () => {
  const broken = new Error('The client broke off.')
  const begun = pending<void>()
  const server = createServer((req, res) => res.write('first'))
  const run = await drive(server, uploadOf(begun.promise.then(() => Promise.reject(broken))))
  await run.next()
  begun.resolve()
  await expect(run.next()).rejects.toBe(broken)
  await run.leave()
})

test('a body that is shorter than its Content-Length is an error in words', async () => {
  const server = createServer((req, res) => req.on('end', () => res.end()).resume())
  const answer = callApplication(nodeApplication(server), uploadOf(Buffer.from('abc')))
  await expect(answer).rejects.toThrow('wsgi.input ended after 3 of the 5 bytes of CONTENT_LENGTH.')
})

test('a head that WSGI forbids is an error of the application, which sees its connection close', async () => {
  const { server, closed } = watched((req, res) => res.write('hello'))
  const refused = new Error('refused')
  const body = await nodeApplication(server)(environFor({ target: '/' }), () => {
    throw refused
  })
  const chunks = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : undefined
  await expect(chunks?.next()).rejects.toBe(refused)
  await body.close?.()
  await closed
})

test('the time-outs of a server that does not listen do nothing', async () => {
  const short = { requestTimeout: 1, headersTimeout: 1, keepAliveTimeout: 1, connectionsCheckingInterval: 1 }
  const server = createServer(short, async (req, res) => {
    for await (const _ of req);
    res.end('patient')
  })
  server.setTimeout(1)
  // Time itself is what is tried here.
  const late = new Promise<Buffer>((resolve) => setTimeout(() => resolve(Buffer.from('bcde')), 50))
  const request = uploadOf(Buffer.from('a'), late)
  expect(String((await callApplication(nodeApplication(server), request)).body)).toBe('patient')
})

test('a listener that answers twice, or late, hurts nobody', async () => {
  const { server, closed } = watched((req, res) => {
    res.end('once')
    res.on('close', () => res.on('error', () => {}).end('twice'))
  })
  const answer = await callApplication(nodeApplication(server), environFor({ target: '/' }))
  await closed
  await turns(5)
  expect(String(answer.body)).toBe('once')
})
