// Step 1: an echo server. Bytes come in, the same bytes go back, and no client can take the server down.

import { get } from 'node:http'
import { once } from 'node:events'
import { Failure } from '#given/kit/failure.ts'
import { suite } from '#given/kit/suite.ts'
import type { WireClient } from '#given/kit/wire.ts'

const { core, strict } = suite(1)

core(
  'listens on a free port and says which',
  { see: 'Node.js manual: net, server.listen' },
  async ({ launch }) => {
    const server = await launch({ port: 0 })
    const client = await server.connect()
    client.leave()
  },
)

core('sends back what it is sent', { see: 'Node.js manual: net, event "data"' }, async ({ launch }) => {
  const server = await launch()
  const client = await server.connect()
  await client.send('hello')
  await client.receives('hello')
  await client.send(', socket')
  await client.receives('hello, socket')
})

core('ends when the client has ended', { see: 'Node.js manual: net, allowHalfOpen' }, async ({ launch }) => {
  const server = await launch()
  const client = await server.connect()
  // The last bytes and the end arrive together, so that an answer sent too late would be lost.
  void client.send('goodbye')
  client.finish()
  await client.receives('goodbye')
  await client.ends()
})

core('shows a browser its own request', { see: 'RFC 9112, section 2.1' }, async ({ launch }) => {
  const server = await launch()
  const mirrored = await mirror(server.port)
  if (mirrored.startsWith('GET /hello HTTP/1.1\r\n') && mirrored.endsWith('\r\n\r\n')) return
  throw new Failure(
    `Node's own HTTP client asked for /hello. It should have got its request back, and got\n  ${mirrored}`,
  )
})

core(
  'outlives a client that resets',
  { see: 'Node.js manual: net, event "error"', lasting: true },
  async ({ launch }) => {
    const server = await launch()
    const rude = await server.connect()
    await rude.send('GET')
    rude.cut()
    const next = await server.connect()
    await next.send('G')
    next.leave()
  },
)

const portTaken = { see: 'Node.js manual: errors, EADDRINUSE', lasting: true }
strict('says in one sentence that its port is taken', portTaken, async ({ launch }) => {
  const { port } = await launch()
  const message = await launch({ port }).then(
    () => 'nothing: two servers listen on one port',
    (error: Error) => error.message,
  )
  const isSentence = /^[A-Z].*\.$/.test(message) && !/EADDRINUSE/.test(message)
  if (isSentence && message.includes(String(port))) return
  throw new Failure(
    `startServer() on a port that is taken should reject with an Error whose message is one sentence for\n` +
      `a person, with the port ${port} in it and no error code. The message was\n  ${message}`,
  )
})

const closing = { see: 'Node.js manual: net, server.close', lasting: true }
strict('closes within a second though clients stay', closing, async ({ launch }) => {
  const server = await launch()
  const idle = await server.connect()
  await idle.send('G')
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 1000))
  if ((await Promise.race([server.close(), late])) !== 'late') return idle.ends()
  throw new Failure('close() was still waiting after 1 s for a client that says nothing.')
})

strict(
  'sends back every byte value, however it is cut',
  { see: 'RFC 9293, section 3.8' },
  async ({ launch }) => {
    const server = await launch()
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
    for (const size of [256, 100, 7, 1]) {
      const client = await server.connect()
      const pieces = []
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
      await client.sendPieces(pieces)
      await client.receives(bytes)
      client.leave()
    }
  },
)

strict(
  'serves others while one client never reads',
  { see: 'Node.js manual: net, socket.write' },
  async ({ launch }) => {
    const server = await launch()
    const deaf = await server.connect()
    deaf.socket.pause()
    await flood(deaf, 8)
    const other = await server.connect()
    await other.send('still there?')
    await other.receives('still there?')
    deaf.cut()
    await other.send(' yes')
    await other.receives('still there? yes')
  },
)

const backpressure = { see: 'Node.js manual: net, event "drain"', timeout: 20_000 }
strict('keeps its memory flat for a slow reader of 200 MB', backpressure, async ({ launch }) => {
  const server = await launch({ in: 'process' })
  const slow = await server.connect()
  let echoed = 0
  slow.socket.removeAllListeners('data')
  slow.socket.on('data', (chunk) => (echoed += chunk.length))
  slow.socket.pause()
  const before = await server.memory()
  let left = 200 - (await flood(slow, 200))
  let most = await server.memory()
  slow.socket.resume()
  for (; left > 0; left -= 10) {
    await flood(slow, Math.min(10, left), 5000)
    most = Math.max(most, await server.memory())
  }
  slow.finish()
  await slow.until(() => slow.ended)
  const grown = Math.round((most - before) / MB)
  if (grown > 64)
    throw new Failure(
      `A client sent 200 MB and read slowly: the server grew by ${grown} MB. 64 MB are enough.`,
    )
  if (echoed !== 200 * MB) throw new Failure(`A slow client sent ${200 * MB} bytes and got ${echoed} back.`)
})

const MB = 1024 * 1024

/** Sends up to `megabytes`, and tells how many were sent when the server took no more for `patience` ms. */
async function flood(client: WireClient, megabytes: number, patience = 300): Promise<number> {
  const megabyte = Buffer.alloc(MB, 'x')
  for (let sent = 0; sent < megabytes; sent++) {
    if (client.socket.write(megabyte)) continue
    const stalled = new Promise<'stalled'>((resolve) => setTimeout(() => resolve('stalled'), patience))
    if ((await Promise.race([once(client.socket, 'drain'), stalled])) === 'stalled') return sent + 1
  }
  return megabytes
}

/** What an HTTP client of Node's gets back for `GET /hello`: bytes that it cannot read as a response. */
function mirror(port: number): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/hello', timeout: 1000 })
    request.on('response', (response) => resolve(`a response with status ${response.statusCode}`))
    request.on('timeout', () => request.destroy(new Error('nothing within 1 s')))
    request.on('error', (error: Error & { rawPacket?: Buffer }) => {
      resolve(error.rawPacket?.toString('latin1') ?? error.message)
    })
  })
}
