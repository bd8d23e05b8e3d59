// Connections that are held: what an idle one costs, and what others notice of requests that are never finished.
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { AttackClient, makeMany } from '../../attack/client.ts'
import { answerTo, BEGUN, open, start, type Target } from './server.ts'
import { affordable } from '../machine/describe.ts'
import type { Measured } from '../report/measured.ts'
import { middleAndWorst } from '../report/spread.ts'

const IDLE = 10_000
/** Long enough to connect all of them, and to look. */
const IDLE_TIME = 60_000

/** Connections that are kept, and on which nothing happens. */
export async function idle(target: Target): Promise<Measured[]> {
  const count = affordable(IDLE, target.note)
  const most = { connections: count, connectionsPerAddress: count, idleTime: IDLE_TIME }
  const { host, port } = await start(target, most)
  const before = await host.memory()
  const sockets = await makeMany(count, async () => {
    const socket = await open(port)
    socket.write(`${BEGUN}\r\n`)
    const [answer] = await once(socket, 'data')
    if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error('a connection was turned away')
    return socket
  })
  const after = await host.memory()
  const lost = sockets.filter((socket) => socket.readableEnded || socket.destroyed).length
  for (const socket of sockets) socket.destroy()
  if (lost > 0) throw new Error(`${lost} of the connections were closed too early`)
  const what = `memory of a connection, ${count.toLocaleString('en')} idle ones kept alive`
  return [{ what, value: (after - before) / 1024 / count, unit: 'KB' }]
}

const HELD = 1000
/** Pages that another client asks for meanwhile, and the ms that it leaves between them. */
const ASKED = 200
const PAUSE = 5
/** ms that a head may take here: long enough to ask for all of these pages. */
const HEAD_TIME = 4000
/** ms after its deadline at which a connection has still been closed on time: a thousand end at once. */
const LATE = 500
/** ms after which it counts as one that is never closed. */
const PATIENCE = 5000

/** Heads that are begun and never finished. */
export async function halfOpen(target: Target): Promise<Measured[]> {
  const { port } = await start(target, { headTime: HEAD_TIME })
  const count = affordable(HELD, target.note)
  const late: number[] = []
  const clients = await makeMany(count, async () => {
    const client = new AttackClient(port)
    await once(client.socket, 'connect')
    client.send(`${BEGUN}X-Half:`)
    const deadline = performance.now() + HEAD_TIME
    void client.over.then(() => late.push(performance.now() - deadline))
    return client
  })
  const waits = await waitsOf(port)
  if (late.length > 0) throw new Error(`${late.length} half-open requests were not held`)
  await Promise.race([Promise.all(clients.map(({ over }) => over)), pause(HEAD_TIME + PATIENCE)])
  const told = clients.filter(({ outcome }) => outcome.statuses[0] === 408).length
  for (const { socket } of clients) socket.destroy()
  const what = `another client's answer, ${count.toLocaleString('en')} half-open requests held`
  const last = late.length === count ? Math.max(...late) : `${count - late.length} never`
  return [
    { what, ...middleAndWorst(waits), unit: 'ms', bar: 10 },
    { what: 'how long after its deadline the last of them was closed', value: last, unit: 'ms', bar: LATE },
    { what: 'how many of them were not told why (408)', value: count - told, bar: 0 },
  ]
}

/** Asks for a page again and again, each time over a new connection, and gives the ms that each answer took. */
async function waitsOf(port: number): Promise<number[]> {
  const waits: number[] = []
  while (waits.length < ASKED) {
    const began = performance.now()
    const response = await answerTo(port, '/')
    await text(response)
    if (response.statusCode !== 200) throw new Error('another client asked for a page and did not get it')
    waits.push(performance.now() - began)
    await pause(PAUSE)
  }
  return waits
}
