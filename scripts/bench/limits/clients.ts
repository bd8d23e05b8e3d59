// The clients of `npm run bench limits`: what they send, one at a time and many at once.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'

export const HOST = 'Host: 127.0.0.1\r\n'
/** A request; `fields` are whole lines. */
export const get = (path: string, fields = '') => `GET ${path} HTTP/1.1\r\n${HOST}${fields}\r\n`
export const LAST = 'Connection: close\r\n'
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

/** All that comes, up to the end. */
export async function textFrom(socket: Socket): Promise<string> {
  let text = ''
  for await (const bytes of socket) text += String(bytes)
  return text
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
