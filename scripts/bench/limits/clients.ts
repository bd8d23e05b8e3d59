// The clients of `npm run bench limits`: another one who only wants a page, and many at once.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import type { Target } from './table.ts'

export const HOST = 'Host: 127.0.0.1\r\n'
/** A request; `fields` are whole lines. */
export const get = (path: string, fields = '') => `GET ${path} HTTP/1.1\r\n${HOST}${fields}\r\n`
export const LAST = 'Connection: close\r\n'
/** ms between an answer and the next request of the same client. */
const PAUSE = 5
/** So many connections are made at a time, `PAUSE` ms apart: the system lets only so many queue. */
const AT_ONCE = 100
/** Files that a process needs beside its connections. */
const OTHERS = 200

/** Asks for a page so many times, each time over a new connection, and gives the ms that each answer took. */
export async function waitsOf(port: number, times: number): Promise<number[]> {
  const waits: number[] = []
  while (waits.length < times) {
    const began = performance.now()
    await askOnce(port)
    waits.push(performance.now() - began)
    await after(PAUSE)
  }
  return waits
}

async function askOnce(port: number): Promise<void> {
  const socket = await open(port)
  socket.write(get('/', LAST))
  if ((await textFrom(socket)).startsWith('HTTP/1.1 200 ')) return
  throw new Error('another client asked for a page and did not get it')
}

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

/** So many connections, or as many as this system lets a process have. */
export function affordable(count: number, { note }: Target): number {
  const files = mostFiles()
  if (files - OTHERS >= count) return count
  note(`This system lets a process have ${files} files open (ulimit -n), and each connection is one.`)
  return files - OTHERS
}

/** Windows sets no limit. */
function mostFiles(): number {
  const report: Report = JSON.parse(JSON.stringify(process.report.getReport()))
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Infinity
}

/** The part of Node's report that tells it. */
interface Report {
  userLimits?: { open_files?: { soft: number | 'unlimited' } }
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
