// What the terminal shows of a request that is refused: its answer, as of any other, until floor 8 falls silent.

import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Listener } from '#server/01-echo-socket/listener.ts'
import { startServer as startFour } from '#server/04-start-response/server.ts'
import { startServer as startSix } from '#server/06-request-body/server.ts'
import { startServer as startSeven } from '#server/07-keep-alive/server.ts'
import { startServer as startEight } from '#server/08-hostile-clients/server.ts'

const address = { host: '127.0.0.1', port: 0 }
let printed: string[] = []

beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)))
})
afterEach(() => vi.restoreAllMocks())

/** The answer to a request that no server accepts. */
async function refusalOf({ port, close }: Listener): Promise<string> {
  const socket = connect(port, address.host)
  await once(socket, 'connect')
  socket.end('nonsense\r\n\r\n')
  const answer = await text(socket)
  await close()
  return answer
}

test.each([
  [4, startFour],
  [6, startSix],
  [7, startSeven],
])('floor %i prints the answer to a request that it refuses', async (_, startServer) => {
  const answer = await refusalOf(await startServer(address))
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(printed).toEqual(
    answer
      .trimEnd()
      .split('\r\n')
      .map((line) => `> ${line}`),
  )
})

test('floor 8 prints nothing of a request', async () => {
  expect(await refusalOf(await startEight(address))).toMatch(/^HTTP\/1\.1 400 /)
  expect(printed).toEqual([])
})
