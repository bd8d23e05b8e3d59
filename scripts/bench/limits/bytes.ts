// What many bytes cost: of memory when they are a gigabyte, of time when they come one at a time.
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { MUCH } from './application.ts'
import { get, HOST, LAST, open, textFrom } from './clients.ts'
import { MeasuredServer, type Target } from './server.ts'
import type { Measured } from '../report/measured.ts'
import { median } from '../report/spread.ts'

/** MB that the server may grow by. */
const MEMORY = 64
const BLOCK = Buffer.alloc(65_536, 'x')
/** This client reads so many bytes at once, and then nothing for so many ms. */
const SIP = 2 ** 20
const PAUSE = 5

/** A gigabyte each way, with the server's memory watched. */
export async function gigabyte(target: Target): Promise<Measured[]> {
  const rows: Measured[] = []
  for (const [way, move] of [
    ['up', upload],
    ['down, to a client that reads slowly', download],
  ] as const) {
    const server = await MeasuredServer.start(target)
    const before = await server.memory()
    const most = await server.mostMemory(move(server.port))
    rows.push({ what: `growth of memory, 1 GB ${way}`, value: most - before, unit: 'MB', bar: MEMORY })
  }
  return rows
}

async function upload(port: number): Promise<void> {
  const socket = await open(port)
  const [answer] = await Promise.all([textFrom(socket), pour(socket)])
  if (!answer.endsWith(`${MUCH} bytes\n`)) throw new Error('the upload did not arrive whole')
}

async function pour(socket: Socket): Promise<void> {
  socket.write(`POST /count HTTP/1.1\r\n${HOST}${LAST}Content-Length: ${MUCH}\r\n\r\n`)
  for (let left = MUCH; left > 0; left -= BLOCK.length) if (!socket.write(BLOCK)) await once(socket, 'drain')
}

async function download(port: number): Promise<void> {
  const socket = await open(port)
  let bytes = 0
  let head = 0
  let sip = 0
  socket.on('data', (chunk: Buffer) => {
    if (bytes === 0) head = chunk.indexOf('\r\n\r\n') + 4
    bytes += chunk.length
    sip += chunk.length
    if (sip < SIP) return
    sip = 0
    socket.pause()
    setTimeout(() => socket.resume(), PAUSE)
  })
  socket.write(get('/pours', LAST))
  await once(socket, 'end')
  if (bytes - head !== MUCH) throw new Error('the download did not arrive whole')
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
  const server = await MeasuredServer.start(target, ROOMY)
  const costs: { one: number; many: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const many = await costOf(server, headOf(KB), HEADS)
    costs.push({ one: await costOf(server, headOf(HEADS * KB), 1), many })
  }
  const ratios = costs.map(({ one, many }) => one / many)
  const seconds = median(costs.map(({ many }) => many)) / 1000
  return [
    {
      what: `CPU of a 64 KB head in single bytes, by 64 of 1 KB (${seconds.toFixed(1)} s)`,
      value: median(ratios),
      worst: Math.max(...ratios),
      unit: '×',
      bar: TIMES,
    },
  ]
}

/** A head of so many bytes. */
function headOf(size: number): Buffer {
  const [begin, end] = [`GET / HTTP/1.1\r\n${HOST}X-Long: `, '\r\n\r\n']
  return Buffer.from(begin + 'x'.repeat(size - begin.length - end.length) + end)
}

/** ms of the server's time for a head that is sent so many times, a byte at a time. */
async function costOf(server: MeasuredServer, head: Buffer, times: number): Promise<number> {
  const socket = await open(server.port)
  let text = ''
  socket.on('data', (bytes) => (text += String(bytes)))
  const before = await server.cpu()
  for (let count = 0; count < times; count++) {
    for (let at = 0; at < head.length; at++) {
      const began = performance.now()
      socket.write(head.subarray(at, at + 1))
      // A timer would wait for a whole ms.
      while (performance.now() - began < PAUSE_OF_BYTES) await setImmediate()
    }
  }
  while (text.split('HTTP/1.1 200 OK').length <= times) await once(socket, 'data')
  const cost = (await server.cpu()) - before
  socket.destroy()
  return cost
}
