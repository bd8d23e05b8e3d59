// What many bytes cost: of memory when they are a gigabyte, of time when they come one at a time.
import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setImmediate, setTimeout as after } from 'node:timers/promises'
import { answerTo, BEGUN, MB, open, start, type Started, type Target } from './server.ts'
import type { Measured } from '../report/measured.ts'
import { median, middleAndWorst } from '../report/spread.ts'
import { MUCH, pour } from '../servers/application.ts'

/** MB that the server may grow by. */
const MEMORY = 64
/** This client reads so many bytes at once, and then nothing for so many ms. */
const SIP = 2 ** 20
const PAUSE = 5

/** A gigabyte each way, with the server's memory watched. */
export async function gigabyte(target: Target): Promise<Measured[]> {
  const ways = { up: upload, 'down, to a client that reads slowly': download }
  const rows: Measured[] = []
  for (const [way, move] of Object.entries(ways)) {
    const { host, port } = await start(target)
    const before = await host.memory()
    const growth = ((await host.mostMemory(move(port))) - before) / MB
    rows.push({ what: `growth of memory, 1 GB ${way}`, value: growth, unit: 'MB', bar: MEMORY })
  }
  return rows
}

async function upload(port: number): Promise<void> {
  const headers = { 'Content-Length': MUCH }
  const asked = request({ port, host: '127.0.0.1', path: '/count', method: 'POST', headers, agent: false })
  const [[response]] = await Promise.all([once(asked, 'response'), pipeline(pour(), asked)])
  if ((await text(response)) !== `${MUCH} bytes`) throw new Error('the upload did not arrive whole')
}

async function download(port: number): Promise<void> {
  let bytes = 0
  let sips = 0
  for await (const chunk of await answerTo(port, '/pours')) {
    bytes += chunk.length
    if (bytes < (sips + 1) * SIP) continue
    sips += 1
    await after(PAUSE)
  }
  if (bytes !== MUCH) throw new Error('the download did not arrive whole')
}

const KB = 1024
const HEADS = 64
const ROUNDS = 3
/** ms from one byte to the next: with less, the server would find several of them there. */
const PAUSE_OF_BYTES = 0.05
const TIMES = 3
/** So that a head of 64 KB in a single field line is one like any other, however long it takes. */
const ROOMY = { fieldLine: 65_536, fieldSection: 65_536, headTime: 60_000, idleTime: 60_000 }

/** The same number of bytes, one at a time, as one head and as many. */
export async function singleBytes(target: Target): Promise<Measured[]> {
  const server = await start(target, ROOMY)
  const ratios: number[] = []
  const costs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const many = await costOf(server, headOf(KB), HEADS)
    ratios.push((await costOf(server, headOf(HEADS * KB), 1)) / many)
    costs.push(many / 1000)
  }
  const what = `CPU of a 64 KB head in single bytes, by 64 of 1 KB (${median(costs).toFixed(1)} s)`
  return [{ what, ...middleAndWorst(ratios), unit: '×', bar: TIMES }]
}

/** A head of so many bytes. */
function headOf(size: number): Buffer {
  const [begin, end] = [`${BEGUN}X-Long: `, '\r\n\r\n']
  return Buffer.from(begin + 'x'.repeat(size - begin.length - end.length) + end)
}

/** ms of the server's time for a head that is sent so many times, a byte at a time. */
async function costOf({ host, port }: Started, head: Buffer, times: number): Promise<number> {
  const socket = await open(port)
  let came = ''
  socket.on('data', (bytes) => (came += String(bytes)))
  const before = await host.usage()
  for (let sent = 0; sent < times * head.length; sent++) {
    const began = performance.now()
    const at = sent % head.length
    socket.write(head.subarray(at, at + 1))
    // A timer would wait for a whole ms.
    while (performance.now() - began < PAUSE_OF_BYTES) await setImmediate()
  }
  while (came.split('HTTP/1.1 200 OK').length <= times) await once(socket, 'data')
  const cost = (await host.usage()).cpu - before.cpu
  socket.destroy()
  return cost
}
