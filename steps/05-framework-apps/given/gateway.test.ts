// The gateway over node:http keeps to the contract, so that what `npm run matrix` compares our server with is sound.

import { EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Application } from '#wsgi'
import { app as site } from '../apps/wsgiapp.ts'
import { askRoute } from '../ask-route.ts'
import { createGateway } from '../node/node-gateway.ts'
import { nodeApplication } from '../node/node-style.ts'
import { lacking, routes, sites, type Route } from '../routes.ts'

const TEXT: [string, string] = ['Content-Type', 'text/plain']
const servers: Server[] = []

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
})

async function listen(application: Application): Promise<number> {
  const server = createGateway(application)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return address instanceof Object ? address.port : 0
}

/** One response of `application` to a request that does not matter. */
async function answerOf(application: Application, change: Partial<Route> = {}) {
  const route: Route = { name: '', method: 'GET', target: '/', facts: () => ({}), ...change }
  return askRoute(await listen(application), route)
}

test('answers every route, bodies and all', async () => {
  const port = await listen(site)
  for (const route of routes.filter(({ name }) => name !== 'raw é')) {
    const answer = await askRoute(port, route)
    const facts = sites[0] === undefined ? {} : route.facts(sites[0])
    expect(lacking(answer, facts), route.name).toBeUndefined()
    expect(answer.inPieces, route.name).toBe(route.streams !== undefined)
  }
})

test('gives the application the environ of PEP 3333', async () => {
  let seen: Record<string, unknown> = {}
  await answerOf(
    async (environ, startResponse) => {
      seen = { ...environ, body: String(await environ['wsgi.input'].read()) }
      startResponse('200 OK', [TEXT])
      return []
    },
    {
      method: 'POST',
      target: '/a%2Fb%C3%A9?c=d?e',
      headers: [['Content-Type', 'text/x']],
      body: Buffer.from('hi'),
    },
  )
  expect(seen).toMatchObject({
    REQUEST_METHOD: 'POST',
    SCRIPT_NAME: '',
    PATH_INFO: '/a/b\xc3\xa9',
    QUERY_STRING: 'c=d?e',
    REQUEST_URI: '/a%2Fb%C3%A9?c=d?e',
    CONTENT_TYPE: 'text/x',
    CONTENT_LENGTH: '2',
    SERVER_PROTOCOL: 'HTTP/1.1',
    HTTP_HOST: '127.0.0.1:8888',
    'wsgi.url_scheme': 'http',
    body: 'hi',
  })
  expect(seen).not.toHaveProperty('HTTP_CONTENT_TYPE')
})

test('runs an application of node:http that answers before anybody waits for its answer', async () => {
  const server = createServer((request, response) => void response.end('at once'))
  const { status, body } = await answerOf(nodeApplication(server))
  expect([status, String(body)]).toEqual([200, 'at once'])
})

test('keeps the head back until the first bytes, so that it can still be replaced', async () => {
  const { status, headers, body } = await answerOf((environ, startResponse) => {
    startResponse('200 OK', [TEXT, ['X-First', 'yes']])
    startResponse('503 Not Now', [TEXT], new Error('changed its mind'))
    return [Buffer.alloc(0), Buffer.from('later')]
  })
  expect(status).toBe(503)
  expect(headers.map(([name]) => name)).not.toContain('X-First')
  expect(String(body)).toBe('later')
})

test('rethrows the error that comes after the head, and cuts the connection', async () => {
  const error = new Error('too late')
  let thrown: unknown
  const answer = answerOf(async function (environ, startResponse) {
    const write = startResponse('200 OK', [TEXT])
    await write(Buffer.from('begun'))
    try {
      startResponse('500 Oh No', [TEXT], error)
    } catch (caught) {
      thrown = caught
      throw caught
    }
    return []
  })
  await expect(answer).rejects.toThrow()
  expect(thrown).toBe(error)
})

test('answers 500 for an application that throws, or never calls start_response', async () => {
  const throwing = await answerOf(() => {
    throw new Error('on purpose')
  })
  const silent = await answerOf(() => [Buffer.from('bytes')])
  expect([throwing.status, silent.status]).toEqual([500, 500])
  expect(String(throwing.body)).not.toContain('on purpose')
})

test('closes the body at its end, after an error and when the client leaves', async () => {
  const closed: string[] = []
  const bodies = new EventEmitter()
  const gone = once(bodies, '/left')
  const port = await listen((environ, startResponse) => {
    startResponse('200 OK', [TEXT])
    const close = () => {
      closed.push(environ.PATH_INFO)
      bodies.emit(environ.PATH_INFO)
    }
    return Object.assign(chunksFor(environ.PATH_INFO), { close })
  })
  const ask = (target: string) => askRoute(port, { name: '', method: 'GET', target, facts: () => ({}) })
  await ask('/whole')
  await expect(ask('/broken')).rejects.toThrow()
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /left HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
  await gone
  expect(closed).toEqual(['/whole', '/broken', '/left'])
})

async function* chunksFor(path: string) {
  yield Buffer.from('first')
  if (path === '/broken') throw new Error('on purpose')
  // Until the client has left.
  if (path === '/left') for (;;) yield Buffer.alloc(65_536)
}
