// Other peers than one client: the system that gives out ports, Node's own HTTP client, and two clients at a time.

import { get } from 'node:http'
import { createServer } from 'node:net'
import { showBytes } from '#given/kit/failure/bytes.ts'
import { Failure } from '#given/kit/failure/failure.ts'
import type { WireClient } from '#given/kit/wire/client.ts'

/** Whether this port can be had: nobody listens there, or this machine has no such address. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/** What an HTTP client gets back for `GET /hello`: bytes that it cannot read as a response. */
export function mirrored(port: number): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/hello', timeout: 1000 })
    request.on('response', (response) => resolve(`a response with status ${response.statusCode}`))
    request.on('timeout', () => request.destroy(new Error('nothing within 1 s')))
    request.on('error', (error: Error & { rawPacket?: Buffer }) => {
      resolve(error.rawPacket?.toString('latin1') ?? error.message)
    })
  })
}

/** Fails unless two clients that are there at the same time each get back what they sent themselves. */
export async function eachGetsItsOwn(first: WireClient, second: WireClient): Promise<void> {
  const said: [WireClient, string][] = [
    [first, 'from the first'],
    [second, 'from the second'],
  ]
  for (const [client, text] of said) {
    await client.send(text)
    await client.until(() => client.received.length >= text.length)
  }
  if (said.every(([client, text]) => client.received.toString('latin1') === text)) return
  throw new Failure(
    'Two clients were there at the same time. One sent "from the first", the other "from the second".\n' +
      `The first got\n${showBytes(first.received)}\nand the second got\n${showBytes(second.received)}`,
  )
}
