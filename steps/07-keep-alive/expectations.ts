// How this suite looks at a server: several requests on one connection, and what comes of each.

import { Agent, get as httpGet } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { Answer, type Expected } from '#given/kit/wire/ask.ts'
import { Failure, wireFailure } from '#given/kit/failure/failure.ts'
import type { Server } from '#given/kit/host/server.ts'
import type { WireClient } from '#given/kit/wire/client.ts'

/** A request as a client sends it; `fields` are whole lines of its header section. */
export function request(line: string, ...fields: string[]): string {
  return [line, 'Host: 127.0.0.1', ...fields, '', ''].join('\r\n')
}

export function get(path: string, ...fields: string[]): string {
  return request(`GET ${path} HTTP/1.1`, ...fields)
}

/** A POST with this body, which is sent whole or, with `length` alone, only announced. */
export function post(path: string, body: string, length = body.length): string {
  return request(`POST ${path} HTTP/1.1`, `Content-Length: ${length}`) + body
}

/** The next answer on a connection. `why` says what is to be expected, for whoever reads the failure. */
export async function answerOn(client: WireClient, expected: Expected, method = 'GET'): Promise<Answer> {
  const response = await client.response(method).catch((error: unknown) => {
    // What is wrong comes first, then why it is.
    if (error instanceof Failure && expected.why)
      error.message = error.message.replace('\n', () => `\n${expected.why}\n`)
    throw error
  })
  const answer = new Answer(response, client.scene)
  answer.is(expected)
  return answer
}

/** The failure, with a note if the head that came announces chunks. */
export function noteOnChunks(error: unknown, { received }: WireClient, note: string): unknown {
  if (error instanceof Failure && /^transfer-encoding: chunked/im.test(received.toString('latin1')))
    error.message = `${note}\n${error.message}`
  return error
}

/** Sends a request on a connection that may have had others, and looks at the answer. */
export async function asks(client: WireClient, sent: string, expected: Expected): Promise<Answer> {
  await client.send(sent)
  return answerOn(client, expected, sent.split(' ')[0])
}

/** Two requests come at once, and the application `waits` takes longer over the first. */
export async function answersInOrder(server: Server): Promise<void> {
  const client = await server.connect()
  await client.send(get('/slow') + get('/fast'))
  const other = await server.connect()
  // So that /slow has been begun for certain.
  await asks(other, get('/'), { status: 200 })
  await asks(other, get('/go'), { status: 200, body: 'went' })
  const why =
    'Two requests came in one packet. The application takes longer over the first, and the second answer must not\n' +
    'begin before the first has ended.'
  for (const path of ['/slow', '/fast'])
    await answerOn(client, { status: 200, body: `This is ${path}.`, why })
}

/** Asks for `path` on a connection that has had an answer: `echoes` names the path that it was asked for. */
export async function asksNext(client: WireClient, sent: string, path: string, why: string): Promise<void> {
  const answer = await asks(client, sent, { status: 200, why })
  if (answer.body === `${path}: `) return
  const asked = /^(\/[^:\s]*): /.exec(answer.body)?.[1]
  answer.fail(
    `The second answer should be for ${path}; ${asked === undefined ? 'it is not' : `it is for ${asked}`}.\n${why}`,
  )
}

/** Fails if the answer says that the connection will close. */
export function goesOn(answer: Answer, why: string): void {
  if (/\bclose\b/i.test(answer.header('Connection') ?? ''))
    answer.fail(`The answer says "Connection: close". ${why}`)
}

/** Waits until the connection has ended, however long bytes keep coming; false when none came for a second. */
export async function comesToAnEnd(client: WireClient): Promise<boolean> {
  for (let before = -1; client.received.length > before;) {
    before = client.received.length
    if (await client.until(() => client.ended || client.closed)) return true
  }
  return false
}

/** Fails unless the connection ends after what was read from it, and nothing else comes. */
export async function endsHere(client: WireClient, why: string): Promise<void> {
  if (!(await client.until(() => client.ended || client.closed)))
    throw wireFailure(
      `Your server should have ended the connection, and had not after 1 s.\n${why}`,
      client.scene,
    )
  if (client.rest.length > 0)
    throw wireFailure(`More came than should have, before the connection ended.\n${why}`, client.scene)
}

/** Fails unless the answer says that the connection will close, and that happens. */
export async function saysAndCloses(client: WireClient, answer: Answer, why: string): Promise<void> {
  if (!/\bclose\b/i.test(answer.header('Connection') ?? ''))
    answer.fail(`The answer should say "Connection: close".\n${why}`)
  await endsHere(client, why)
}

/** The client has the beginning of a body when the application goes wrong: fails unless the connection is cut. */
export async function isCutInTheMiddle(
  server: Server,
  sent: string,
  begins: string,
  why: string,
): Promise<WireClient> {
  const client = await server.connect()
  await client.send(sent)
  // In a packet of its own: Node shows a reset that comes along with bytes as an end in order.
  await client.until(() => client.received.includes(begins))
  await asks(await server.connect(), get('/go'), { status: 200, body: 'went' })
  await client.isCut(why)
  return client
}

/** Both halves of a message that is cut after byte 1, 2, 3 …, and then the bytes one by one. */
export function* cuts(bytes: Buffer): Generator<[how: string, pieces: Buffer[]]> {
  for (let at = 1; at < bytes.length; at++)
    yield [`cut in two after byte ${at}`, [bytes.subarray(0, at), bytes.subarray(at)]]
  yield ['sent a byte at a time', Array.from(bytes, (byte) => Buffer.of(byte))]
}

/** One page after another, as Node's own client gets them over a connection that it keeps. */
export async function withNodesClient(
  port: number,
  times: number,
  path = '/',
): Promise<{ text: string; reused: boolean }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const pages = []
  try {
    for (let time = 0; time < times; time++) pages.push(await fetchWith(agent, port, path))
    return pages
  } finally {
    agent.destroy()
  }
}

function fetchWith(agent: Agent, port: number, path: string): Promise<{ text: string; reused: boolean }> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Failure(`Node's http.get("${path}") failed: ${error.message}`))
    const asked = httpGet({ host: '127.0.0.1', port, path, agent, timeout: 1000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ text, reused: asked.reusedSocket }))
      response.on('error', fail)
    })
    asked.on('timeout', () => asked.destroy(new Error('the answer did not end within 1 s')))
    asked.on('error', fail)
  })
}

/** How long, in ms, a server may take no more bytes before we believe that it reads no further. */
const STALLED = 300

/** Sends some of the same requests, and more of them as long as the server takes them. Tells how many it took. */
export async function requestsTaken({ socket }: WireClient, one: string, most: number): Promise<number> {
  const some = 1000
  const bytes = Buffer.from(one.repeat(some), 'latin1')
  for (let taken = 0; taken < most; taken += some) {
    const isTaken = new Promise((resolve) => socket.write(bytes, () => resolve('taken')))
    const outcome = await Promise.race([isTaken, after(STALLED, 'late', { ref: false })])
    if (outcome === 'late') return taken
  }
  return most
}

/** How often the application `answersAtLength` was asked for a page, once that number no longer grows. */
export async function requestsAnswered(server: Server): Promise<number> {
  let asked = -1
  for (let steady = 0; steady < 10;) {
    const now = Number((await server.ask(get('/asked'))).body)
    steady = now === asked ? steady + 1 : 0
    asked = now
  }
  return asked
}
