// How this suite behaves towards a server: badly, in several ways, and then like everybody else.

import { request as ask } from 'node:http'
import { ByteReader } from '#server/02-request-line/byte-reader.ts'
import { Answer, type Expected } from '#given/kit/wire/ask.ts'
import { Failure, wireFailure } from '#given/kit/failure/failure.ts'
import type { Server } from '#given/kit/host/server.ts'
import type { WireClient } from '#given/kit/wire/client.ts'
import { PATIENCE } from '#given/kit/wire/patience.ts'

/** A request as far as its empty line; `fields` are whole lines of its header section. */
export function head(line: string, ...fields: string[]): string {
  return [line, 'Host: 127.0.0.1', ...fields, '', ''].join('\r\n')
}

export function get(path = '/', ...fields: string[]): string {
  return head(`GET ${path} HTTP/1.1`, ...fields)
}

/** A POST that announces so many bytes, with those that it begins with. */
export function post(path: string, length: number, begins = '', ...fields: string[]): string {
  return head(`POST ${path} HTTP/1.1`, `Content-Length: ${length}`, ...fields) + begins
}

/** A new client that has sent this. */
export async function hasSent(server: Server, bytes: string): Promise<WireClient> {
  const client = await server.connect()
  await client.send(bytes)
  return client
}

/** Sends `bytes` every `ms`, until the connection ends, or for `times` times. */
export function keepsSending(client: WireClient, bytes: string, ms: number, times = Infinity): void {
  let sent = 0
  const timer = setInterval(() => {
    if (client.ended || client.closed || sent++ >= times) clearInterval(timer)
    else void client.send(bytes)
  }, ms)
}

/** Fails unless the next answer on this connection is as expected. */
export async function answers(client: WireClient, expected: Expected): Promise<Answer> {
  const response = await client.response().catch((error: unknown) => {
    if (error instanceof Failure && expected.why) error.message = `${expected.why}\n${error.message}`
    throw error
  })
  const answer = new Answer(response, client.scene)
  answer.is(expected)
  return answer
}

/** Each letter of a text, and how often it comes in a row. */
export function runsIn(text: string): [letter: string, times: number][] {
  const runs: [string, number][] = []
  for (const letter of text) {
    const last = runs.at(-1)
    if (last?.[0] === letter) last[1]++
    else runs.push([letter, 1])
  }
  return runs
}

/** Fails unless a 408 comes, and then the end. */
export async function isTimedOut(client: WireClient, why: string): Promise<void> {
  const answer = await answers(client, { status: 408, why })
  answer.is({
    headers: { Connection: /^close$/i },
    why: 'What this client sends next would be the rest of what was given up.',
  })
  await client.ends()
}

/** Fails unless the connection ends and nothing else comes. */
export async function isLeftInSilence(client: WireClient, why: string): Promise<void> {
  if (!(await client.until(() => client.ended || client.closed)))
    throw wireFailure(`${why}\nYour server had not ended the connection after 1 s.`, client.scene)
  if (client.rest.length > 0)
    throw wireFailure(`${why}\nNobody was owed an answer, and bytes came.`, client.scene)
}

/**
 * Fails unless the application at `path` is told by `close()`, while its client is there, that the client gets no more.
 * `why` says what the client did, and how long it may take.
 */
export async function letsGo(server: Server, path: string, why: string): Promise<void> {
  const line = `${path} was let go`
  await server.prints(line).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error
    throw new Failure(
      `${why}\nYour server had not cut the connection off after 1 s. (If it printed "${line}", that was later:\n` +
        'when the test had failed, and its client had left.)',
    )
  })
}

export const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** Fails unless a client that takes all of a large page, in chunks, gets another one `ms` later. */
export async function isServedLater(client: WireClient, request: string, ms: number): Promise<void> {
  let end = Buffer.alloc(0)
  // Of the page itself nothing is read: that would take longer than to send it.
  client.socket.on('data', (chunk) => {
    end = Buffer.concat([end, chunk]).subarray(-LAST_CHUNK.length)
  })
  const isOver = () => end.equals(LAST_CHUNK)
  // Much for a machine that has other things to do.
  if (!(await client.until(isOver)) && !(await client.until(isOver)) && !(await client.until(isOver)))
    throw new Failure('A client asked for a page of 24 MB and took what came. After 3 s it had not got all.')
  keepsSending(client, request, ms, 1)
  if (await client.until(() => !isOver())) return
  throw new Failure(
    `A client took a large page at once, and asked for another one ${ms} ms later. It was cut off, or not answered,\n` +
      'although in between nobody had to wait for it.',
  )
}

/** A client that reads nothing for `first` ms, and then what is there every `ms`. */
export class SeldomReader {
  readonly client: WireClient
  /** Bytes that it has read. */
  count = 0

  constructor(client: WireClient, ms: number, first = 0) {
    this.client = client
    const { socket } = client
    socket.pause()
    // The kit would keep all that comes.
    socket.removeAllListeners('data')
    socket.on('data', (chunk) => {
      this.count += chunk.length
      socket.pause()
    })
    const began = performance.now()
    const timer = setInterval(() => performance.now() - began > first && socket.resume(), ms)
    socket.on('close', () => clearInterval(timer))
  }
}

/** From now on the client takes so many bytes as fast as they come, and nothing after that. */
export function takesNoMore({ socket }: WireClient, bytes: number): void {
  let left = bytes
  // The kit would keep all that comes.
  socket.removeAllListeners('data')
  socket.on('data', (chunk) => {
    left -= chunk.length
    if (left <= 0) socket.pause()
  })
}

/** The status that node:http, a client that none of us wrote, gets for a body that it does not end. */
export function postWithoutEnd(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const client = ask({ host: '127.0.0.1', port, method: 'POST', agent: false, timeout: PATIENCE })
    client.on('timeout', () => client.destroy(new Error('nothing came within 1 s')))
    client.on('error', ({ message }) => {
      reject(new Failure(`node:http sent a body and did not end it. It says of your answer: ${message}.`))
    })
    client.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
      response.on('error', ({ message }) => reject(new Failure(`node:http could not read it: ${message}.`)))
    })
    client.write('the first half, and')
  })
}

/** µs of this process's own time, which a busy machine does not stretch, for a line of `size` bytes: the least of several. */
export async function costOfSingleBytes(size: number): Promise<number> {
  const line = Buffer.alloc(size + 2, 'a').fill('\r\n', size)
  let least = Infinity
  for (let round = 0; round < 3; round++) {
    let at = 0
    const reader = new ByteReader(async () => (at === line.length ? null : line.subarray(at, ++at)))
    const before = process.cpuUsage().user
    await reader.readLine(size, 400)
    least = Math.min(least, process.cpuUsage().user - before)
  }
  return least
}
