// Peers that nobody here wrote: the system that gives out ports, and Node's own HTTP client.

import { get } from 'node:http'
import { createServer } from 'node:net'

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
