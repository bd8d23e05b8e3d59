// How a connection ends (steps/01-echo-socket/connection.ts, given whole): a client that is still sending gets to
// read its answer, and one that says nothing is not waited for.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { Connection } from '#given/01-echo-socket/connection.ts'

const ANSWER = 'HTTP/1.1 413 Content Too Large\r\n\r\n'

/** Answers the first bytes of a client, and ends. Settles when the connection is no more. */
async function answerAndEnd(socket: Socket): Promise<void> {
  socket.on('error', () => {})
  const connection = new Connection(socket)
  await connection.read()
  await connection.write(ANSWER)
  await connection.end()
}

/** A client that does not read, of a server that does as above. */
async function serve() {
  const server = createServer({ allowHalfOpen: true })
  const ended = once(server, 'connection').then(([socket]) => answerAndEnd(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.')
  const client = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void client.destroy())
  client.on('error', () => {})
  client.pause()
  return { client, ended }
}

async function answerTo(client: Socket): Promise<string> {
  let text = ''
  for await (const chunk of client) text += String(chunk)
  return text
}

test('a client that sends for two seconds, and only then reads, has its answer', async () => {
  const { client } = await serve()
  for (let sent = 0; sent < 20; sent++) {
    client.write(Buffer.alloc(65_536))
    await after(100)
  }
  expect(await answerTo(client)).toBe(ANSWER)
})

test('a client that sends 64 MB, and only then reads, has its answer', async () => {
  const { client } = await serve()
  for (let sent = 0; sent < 64; sent++)
    await new Promise((resolve) => client.write(Buffer.alloc(1_048_576), resolve))
  expect(await answerTo(client)).toBe(ANSWER)
})

test('a client that says nothing more, and does not leave, is not waited for', async () => {
  const { client, ended } = await serve()
  client.write('hello')
  expect(await Promise.race([ended, after(5000, 'late', { ref: false })])).toBeUndefined()
})
