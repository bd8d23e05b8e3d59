// What another client notices of those who hold connections and never come to an end.
import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import { AttackClient } from '../../attack/client.ts'
import { affordable, get, HOST, LAST, makeMany, waitsOf } from './clients.ts'
import { MeasuredServer } from './server.ts'
import type { Measured, Target } from './table.ts'
import { median } from '../loop/table.ts'

const HELD = 1000
/** ms that a head may take here: long enough to ask for 200 pages meanwhile. */
const HEAD_TIME = 4000
/** ms after its deadline at which a connection has still been closed on time: a thousand end at once. */
const LATE = 500
/** ms after which it counts as one that is never closed. */
const PATIENCE = 5000
const BEGUN = `GET / HTTP/1.1\r\n${HOST}X-Half:`

/** A thousand requests that are never finished. */
export async function halfOpen(target: Target): Promise<Measured[]> {
  const { port } = await MeasuredServer.start(target, { headTime: HEAD_TIME })
  const count = affordable(HELD, target)
  const late: number[] = []
  const clients = await makeMany(count, async () => {
    const client = new AttackClient(port)
    await once(client.socket, 'connect')
    client.send(BEGUN)
    const deadline = performance.now() + HEAD_TIME
    void client.over.then(() => late.push(performance.now() - deadline))
    return client
  })
  const waits = await waitsOf(port, 200)
  if (late.length > 0) throw new Error(`${late.length} half-open requests were not held`)
  const ends = Promise.all(clients.map((client) => client.over))
  await Promise.race([ends, after(HEAD_TIME + PATIENCE)])
  const told = clients.filter(({ outcome }) => outcome.statuses[0] === 408).length
  for (const client of clients) client.leave()
  return [
    {
      what: `another client's answer, ${count.toLocaleString('en')} half-open requests held`,
      value: median(waits),
      worst: Math.max(...waits),
      unit: 'ms',
      bar: 10,
    },
    {
      what: 'how long after its deadline the last of them was closed',
      value: late.length === count ? Math.max(...late) : `${count - late.length} never`,
      unit: 'ms',
      bar: LATE,
    },
    { what: 'how many of them were not told why (408)', value: count - told, bar: 0 },
  ]
}

const ROUNDS = 4
const ASKED = 100
/** ms. Nobody else should notice them: this much is the noise of the measurement. */
const NOISE = 1

const bad: ((client: AttackClient) => void)[] = [
  // Reads a large page, very slowly.
  (client) => {
    client.send(get('/pours'))
    client.socket.on('data', () => {
      client.socket.pause()
      setTimeout(() => client.socket.resume(), 200).unref()
    })
  },
  // Sends a byte a second.
  (client) => {
    client.send(BEGUN)
    client.drip('a', 1000)
  },
  // Says nothing.
  () => {},
  // Has its answer, which is the last one, and does not leave.
  (client) => void client.send(get('/', LAST)),
  // Stops in the middle of an upload.
  (client) => void client.send(`POST /count HTTP/1.1\r\n${HOST}Content-Length: 1000000\r\n\r\nbegun`),
]

/** Another client, by turns with and without five bad ones. */
export async function badClients(target: Target): Promise<Measured[]> {
  const { port } = await MeasuredServer.start(target)
  const without: number[] = []
  const beside: number[] = []
  await waitsOf(port, ASKED)
  for (let round = 0; round < ROUNDS; round++) {
    without.push(...(await waitsOf(port, ASKED)))
    const clients = bad.map((act) => {
      const client = new AttackClient(port)
      act(client)
      return client
    })
    beside.push(...(await waitsOf(port, ASKED)))
    for (const client of clients) client.leave()
  }
  const usual = median(without)
  return [
    {
      what: `another client's answer beside 5 bad ones (alone: ${usual.toFixed(1)} ms)`,
      value: median(beside),
      worst: Math.max(...beside),
      unit: 'ms',
      bar: usual + NOISE,
    },
  ]
}
