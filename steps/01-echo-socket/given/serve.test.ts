// `npm run serve 1`, as a person uses it: what it tells of clients, which the server itself does not mention.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ServeCommand } from '#given/kit/host/serve-command.ts'

let serving: ServeCommand
beforeEach(() => {
  serving = new ServeCommand(tmpdir(), ['1', 'solution'])
})
afterEach(async () => {
  serving.signal('SIGINT')
  await serving.ended
})

async function client(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket.resume()
}

test('a connection is told when it opens, when bytes have passed, and when it ends', async () => {
  const socket = await client(await serving.port())
  await serving.prints(/^Connection 1 opened: 0 bytes in, 0 bytes out$/m)
  socket.write('hello')
  await serving.prints(/^Connection 1: 5 bytes in, 5 bytes out$/m)
  socket.end('!')
  await serving.prints(/^Connection 1 ended: 6 bytes in, 6 bytes out$/m)
  expect(serving.output).not.toContain('hello')
})

test('a flood of clients is summed up', async () => {
  const port = await serving.port()
  const sockets = await Promise.all(Array.from({ length: 200 }, () => client(port)))
  await serving.prints(/^… and the same of \d+ more$/m)
  for (const socket of sockets) socket.end()
  expect(serving.output.match(/^Connection /gm)?.length).toBeLessThan(100)
})
