// Step 1: an echo server. Bytes come in, the same bytes go back, and no client can take the server down.

import { setTimeout as after } from 'node:timers/promises'
import { showBytes } from '#given/kit/failure/bytes.ts'
import { Failure } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import { handlersMayAnswerLate, looksAfterErrors, namesItsAddress } from './handlers.ts'
import { eachGetsItsOwn, isFree, mirrored } from './peers.ts'
import { flood, getsAllBeforeTheEnd, MB, readSlowly } from './slow-reader.ts'

const { core, strict } = suite(1)

core('listens where it is told', { see: 'Node.js manual: net, server.listen' }, async ({ launch }) => {
  const first = await launch({ port: 0 })
  await launch({ port: 0 })
  if (await isFree(first.port)) throw new Failure(`Nobody listens at 127.0.0.1, port ${first.port}.`)
  for (const other of ['127.0.0.2', '::1'])
    if (!(await isFree(first.port, other))) throw new Failure(ELSEWHERE)
  await first.close()
  if (!(await isFree(first.port))) throw new Failure('close() has settled, and the port is still taken.')
  const again = await launch({ port: first.port })
  if (again.port === first.port) return
  throw new Failure(`The server should listen on port ${first.port}, as it was told; it says ${again.port}.`)
})
const ELSEWHERE =
  'The server was told to listen at 127.0.0.1, this machine alone; it listens at every address it has.'

core('sends back what it is sent', { see: 'Node.js manual: net, event "data"' }, async ({ launch }) => {
  const server = await launch()
  const client = await server.connect()
  await client.send('hello')
  await client.receives('hello')
  await client.send(', socket')
  await client.receives('hello, socket')
  await eachGetsItsOwn(await server.connect(), await server.connect())
})

core('ends when the client has ended', { see: 'Node.js manual: net, allowHalfOpen' }, async ({ launch }) => {
  await handlersMayAnswerLate()
  const server = await launch()
  const client = await server.connect()
  await client.send('goodbye')
  client.finish()
  await client.receives('goodbye')
  await client.ends()
  await getsAllBeforeTheEnd(await server.connect())
})

core("mirrors an HTTP client's request", { see: 'RFC 9112, section 2.1' }, async ({ launch }) => {
  const server = await launch()
  const came = await mirrored(server.port)
  if (came.startsWith('GET /hello HTTP/1.1\r\n') && came.endsWith('\r\n\r\n')) return
  throw new Failure(
    `Node's own HTTP client asked for /hello. It should have got its request back, and got\n${showBytes(came)}`,
  )
})

const resets = { see: 'Node.js manual: net, event "error"', lasting: true }
core('outlives a client that resets', resets, async ({ launch }) => {
  const server = await launch()
  const rude = await server.connect()
  await rude.send('GET')
  await server.notices()
  rude.cut()
  await server.notices()
  const next = await server.connect()
  await next.send('G')
  await server.notices()
  if (!(await looksAfterErrors())) throw new Failure(ONLY_HERE)
})
const ONLY_HERE =
  'This server outlives a reset, but listen() with another handler than echo() does not: nobody listens for\n' +
  '"error" on the sockets that it hands over. Later steps bring other handlers, so listen() has to do it.'

const portTaken = { see: 'Node.js manual: errors, EADDRINUSE', lasting: true }
strict('says in one sentence that its port is taken', portTaken, async ({ launch }) => {
  const { port } = await launch()
  const message = await launch({ port }).then(
    () => '(none: it resolved)',
    (error: Error) => error.message,
  )
  const isSentence = /^[^\n]+ [^\n]+$/.test(message) && !message.includes('EADDRINUSE')
  if (!isSentence || !message.includes(String(port)))
    throw new Failure(
      `startServer() on a port that is taken should reject with an Error whose message is one sentence for\n` +
        `a person, with the port ${port} in it and no error code. The message was\n  ${message}`,
    )
  await namesItsAddress()
})

const closing = { see: 'Node.js manual: net, server.close', lasting: true }
strict('closes within a second though clients stay', closing, async ({ launch }) => {
  const server = await launch()
  const clients = [await server.connect(), await server.connect()]
  await clients[0]?.send('G')
  await server.notices()
  const outcome = await Promise.race([server.close(), after(1000, 'late', { ref: false })])
  if (outcome === 'late') throw new Failure(clients.some(({ ended }) => ended) ? HALF_CLOSED : STILL_WAITING)
  for (const client of clients) await client.ends()
})

const STILL_WAITING = 'close() was still waiting after 1 s, for clients that stay and say nothing.'
const HALF_CLOSED =
  'close() has ended the connections, and after 1 s it was still waiting for clients that stay: an end closes one\n' +
  'half of a connection, and the other half is for the client to end.'

const bytes = { see: 'RFC 9293, section 2.2' }
strict('sends back every byte value, however it is cut', bytes, async ({ launch }) => {
  const server = await launch()
  // A few first: where these differ, one sees it at a glance.
  const few = await server.connect()
  await few.send('\x00\x7f\x80\xff')
  await few.receives('\x00\x7f\x80\xff')
  const all = Uint8Array.from({ length: 256 }, (_, value) => value)
  for (const size of [256, 100, 7, 1]) {
    const client = await server.connect()
    const pieces = []
    for (let at = 0; at < all.length; at += size) pieces.push(all.subarray(at, at + size))
    await client.sendPieces(pieces)
    await client.receives(all)
    client.leave()
  }
})

const deafness = { see: 'Node.js manual: net, socket.write' }
strict('serves others while one client never reads', deafness, async ({ launch }) => {
  const server = await launch()
  const deaf = await server.connect()
  deaf.socket.pause()
  await flood(deaf, 16)
  const other = await server.connect()
  await other.send('still there?')
  await other.receives('still there?')
  deaf.cut()
  await server.notices()
  await other.send(' yes')
  await other.receives('still there? yes')
})

const backpressure = { see: 'Node.js manual: net, event "drain"', timeout: 20_000 }
strict('keeps its memory flat for a slow reader of 200 MB', backpressure, async ({ launch }) => {
  const server = await launch({ in: 'process' })
  const slow = await server.connect()
  const { grown, echoed } = await readSlowly(slow, 200, () => server.memory())
  if (grown > 64 * MB)
    throw new Failure(
      `A client sent 200 MB and read slowly. The server grew by ${Math.round(grown / MB)} MB; 64 are enough.`,
    )
  if (echoed !== 200 * MB) throw new Failure(`A slow client sent ${200 * MB} bytes and got ${echoed} back.`)
})
