// Writing to a connection (steps/01-echo-socket/writer.ts, given whole): nothing is lost, nothing overtakes what was written
// before it, and nothing waits for longer than it may.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Connection } from '#given/01-echo-socket/connection.ts'

const COLLECTED = 65_536

interface Pair {
  connection: Connection
  /** The server's end: what it has handed to the system, or would have, is in `bytesWritten`. */
  socket: Socket
  client: Socket
}

async function open(): Promise<Pair> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.')
  const client = connect({ port: address.port, host: '127.0.0.1' })
  const [socket]: Socket[] = await once(server, 'connection')
  if (socket === undefined) throw new Error('No connection came.')
  for (const one of [socket, client]) one.on('error', () => {})
  onTestFinished(() => {
    client.destroy()
    socket.destroy()
    server.close()
  })
  return { connection: new Connection(socket), socket, client }
}

async function received(client: Socket): Promise<string> {
  let text = ''
  for await (const chunk of client) text += String(chunk)
  return text
}

test('what is written goes out once the loop has gone round', async () => {
  const { connection, socket, client } = await open()
  connection.write('an answer')
  expect(socket.bytesWritten).toBe(0)
  expect(String((await once(client, 'data'))[0])).toBe('an answer')
})

test('flush sends what is written at once, and has nothing to say when the system took it', async () => {
  const { connection, socket } = await open()
  connection.write('a chunk')
  expect(connection.flush()).toBeUndefined()
  expect(socket.bytesWritten).toBe(7)
})

test('flush promises room where the client takes nothing', async () => {
  const { connection, client } = await open()
  client.pause()
  while (connection.write(Buffer.alloc(1_000_000)) === undefined);
  connection.write('behind it')
  const room = connection.flush()
  expect(room).toBeInstanceOf(Promise)
  client.destroy()
  await room
})

test('nothing overtakes what was written before', async () => {
  const { connection, client } = await open()
  connection.write('one ')
  connection.write('two ')
  connection.write(Buffer.from('three '))
  connection.write('four')
  await Promise.all([connection.end(), expect(received(client)).resolves.toBe('one two three four')])
})

test('no more than 64 KB are collected', async () => {
  const { connection, socket } = await open()
  connection.write('a'.repeat(COLLECTED))
  expect(socket.bytesWritten).toBe(0)
  connection.write('b')
  expect(socket.bytesWritten).toBe(COLLECTED + 1)
})

test('bytes are not collected, since their buffer may be used again', async () => {
  const { connection, socket } = await open()
  connection.write(Buffer.from('a chunk'))
  expect(socket.bytesWritten).toBe(7)
})

test('all goes out when some of it has waited for a moment', async () => {
  const [first, second] = [await open(), await open()]
  first.connection.write('the first')
  for (const end = performance.now() + 5; performance.now() < end;);
  second.connection.write('the second')
  expect([first.socket.bytesWritten, second.socket.bytesWritten]).toEqual([9, 10])
})

test('a client that has gone meanwhile is none the worse for it', async () => {
  const { connection, socket } = await open()
  connection.write('an answer')
  socket.destroy()
  await new Promise((resolve) => setImmediate(resolve))
  expect(connection.isGone).toBe(true)
  expect(connection.write('another')).toBeUndefined()
})
