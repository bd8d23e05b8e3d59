// A million requests, each answer compared with the first of its kind.
import type { Socket } from 'node:net'
import { WireClient } from '#given/kit/wire/client.ts'
import { get, HOST, open } from './clients.ts'
import { MeasuredServer } from './server.ts'
import type { Measured, Target } from './table.ts'

const REQUESTS = 1_000_000
const WARM = 100_000
/** ms. A machine that has not come to the million by then has shown enough. */
const LONGEST = 100_000
/** MB that the server may grow by, once it is warm. */
const GROWTH = 16
/** Half of them pipeline their requests. */
const CONNECTIONS = 20
/** Times that a connection asks for all of `ASKED`, before another takes its place. */
const TURNS = 10

const post = (fields: string, body: string) => `POST /count HTTP/1.1\r\n${HOST}${fields}\r\n\r\n${body}`
const ASKED = [
  get('/'),
  get('/chunks'),
  post('Content-Length: 1000', 'x'.repeat(1000)),
  `HEAD / HTTP/1.1\r\n${HOST}\r\n`,
  get('/?name=x'),
  post('Transfer-Encoding: chunked', '5;a=b\r\nHello\r\n6\r\n world\r\n0\r\n\r\n'),
  get('/chunks'),
  get('/'),
]

/** A request, and its answer: all is to be the same each time, but the 29 bytes of the date. */
interface Kind {
  request: string
  answer: Buffer
  date: number
}

export async function soak(target: Target): Promise<Measured[]> {
  const server = await MeasuredServer.start(target)
  const kinds = await Promise.all(ASKED.map((request) => learn(request, server.port)))
  const end = performance.now() + LONGEST
  const first = await askAll(server.port, kinds, WARM, end)
  const warm = await server.memory()
  const began = performance.now()
  const others = await askAll(server.port, kinds, REQUESTS - WARM, end)
  const seconds = (performance.now() - began) / 1000
  const all = (first.asked + others.asked).toLocaleString('en')
  return [
    {
      what: `growth of memory, from ${first.asked.toLocaleString('en')} requests to ${all}`,
      value: (await server.memory()) - warm,
      unit: 'MB',
      bar: GROWTH,
    },
    { what: `errors in ${all} requests`, value: first.errors + others.errors, bar: 0 },
    { what: 'requests a second meanwhile', value: others.asked / seconds },
  ]
}

/** The first answer to a request, read with care. */
async function learn(request: string, port: number): Promise<Kind> {
  const client = await WireClient.open(port, { step: 9 })
  await client.send(request)
  const { status, length } = await client.response(request.split(' ')[0])
  client.leave()
  if (status !== 200) throw new Error(`a request was answered with ${status}`)
  const answer = client.received.subarray(0, length)
  const date = answer.indexOf('Date: ')
  return { request, answer, date: date === -1 ? length : date + 6 }
}

/** Asks so many times in all, but not after `end`. `errors`: answers that were wrong, or did not come. */
async function askAll(
  port: number,
  kinds: Kind[],
  count: number,
  end: number,
): Promise<{ asked: number; errors: number }> {
  let [asked, errors] = [0, 0]
  const lane = async (_: unknown, index: number) => {
    const batches = index % 2 === 0 ? [kinds] : kinds.map((kind) => [kind])
    while (asked < count && performance.now() < end) {
      const turns = Math.min(TURNS, Math.ceil((count - asked) / kinds.length))
      asked += turns * kinds.length
      errors += await converse(new Reader(await open(port)), batches, turns)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  return { asked, errors }
}

/** Sends each batch of requests once the one before has been answered. */
async function converse(reader: Reader, batches: Kind[][], turns: number): Promise<number> {
  let errors = 0
  for (let turn = 0; turn < turns; turn++)
    for (const batch of batches) {
      reader.socket.write(batch.map(({ request }) => request).join(''))
      for (const kind of batch) if (!isSame(await reader.take(kind.answer.length), kind)) errors++
    }
  reader.socket.end()
  return errors
}

function isSame(came: Buffer, { answer, date }: Kind): boolean {
  if (came.length !== answer.length || answer.compare(came, 0, date, 0, date) !== 0) return false
  const after = date + 29
  return after >= answer.length || answer.compare(came, after, came.length, after) === 0
}

/** Takes a given number of bytes at a time off a socket. */
class Reader {
  readonly socket: Socket
  #bytes: Buffer = Buffer.alloc(0)
  #wake = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
      this.#wake()
    })
    socket.on('close', () => this.#wake())
  }

  /** Fewer if the connection ends before. */
  async take(size: number): Promise<Buffer> {
    while (this.#bytes.length < size && !this.socket.destroyed)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    const taken = this.#bytes.subarray(0, size)
    this.#bytes = this.#bytes.subarray(size)
    return taken
  }
}
