// The clients of `npm run bench limits`: what they send, one at a time and many at once.
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

/** A request without its end. */
export const BEGUN = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n'
/** So many connections are made at a time, `PAUSE` ms apart: the system lets only so many queue. */
const AT_ONCE = 100
const PAUSE = 5

/** A connection whose errors whoever waits for it hears of, and nobody else. */
export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** The answer to a request over a connection of its own. */
export async function answerTo(port: number, path: string): Promise<IncomingMessage> {
  const asked = request({ port, host: '127.0.0.1', path, agent: false }).end()
  const [response] = await once(asked, 'response')
  return response
}

/** Makes `count` clients, a hundred at a time, and waits for each hundred. */
export async function makeMany<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  while (made.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - made.length) }, make)
    made.push(...(await Promise.all(some)))
    await after(PAUSE)
  }
  return made
}
