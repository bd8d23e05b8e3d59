// What another client notices of a thousand requests that are never finished.
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as after } from 'node:timers/promises'
import { AttackClient } from '../../attack/client.ts'
import { answerTo, BEGUN, makeMany } from './clients.ts'
import { MeasuredServer, type Target } from './server.ts'
import { affordable } from '../machine/describe.ts'
import type { Measured } from '../report/measured.ts'
import { middleAndWorst } from '../report/spread.ts'

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

export async function halfOpen(target: Target): Promise<Measured[]> {
  const { port } = await MeasuredServer.start(target, { headTime: HEAD_TIME })
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
  await Promise.race([Promise.all(clients.map(({ over }) => over)), after(HEAD_TIME + PATIENCE)])
  const told = clients.filter(({ outcome }) => outcome.statuses[0] === 408).length
  for (const client of clients) client.leave()
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
    await after(PAUSE)
  }
  return waits
}
