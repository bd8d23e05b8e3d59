// How this suite looks at a server: what it asks, and what it makes of the answers.

import { Answer, type Expected } from '#given/kit/wire/ask.ts'
import type { Server } from '#given/kit/host/server.ts'
import { Failure } from '#given/kit/failure/failure.ts'
import { Incoming } from '#given/kit/wire/response-reader.ts'
import type { WireClient } from '#given/kit/wire/client.ts'

export function get(path = '/'): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
}

/** Asks for `path` and fails unless the answer is as expected. */
export async function answers(server: Server, path: string, expected: Expected): Promise<Answer> {
  const answer = await server.ask(get(path))
  answer.is(expected)
  return answer
}

/** Fails where an answer has a Content-Length, and more bytes than that. */
export function lengthFits(answer: Answer): void {
  const { received } = answer.scene
  const length = answer.header('Content-Length')
  const came = received.length - received.indexOf('\r\n\r\n') - 4
  if (length !== undefined && came > Number(length))
    answer.fail(
      `The Content-Length is ${length}, and a body of ${came} bytes came: the rest is lost to the client.`,
    )
}

/** Whatever fails in `run` says `why`, too, behind its first line. */
export async function telling<T>(why: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure)
      error.message = error.message.replace(/$/m, `\n${why.replaceAll('$', '$$$$')}`)
    throw error
  }
}

/** All values that a header has in an answer. */
export function values({ response }: Answer, name: string): string[] {
  return response.headers
    .filter(([known]) => known.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
}

/** The answer as far as its head goes: after HEAD, its headers may speak of a body that never comes. */
export async function headOf(client: WireClient): Promise<Answer> {
  await client.until(() => client.received.includes('\r\n\r\n'))
  const { received } = client
  const head = received.subarray(0, received.indexOf('\r\n\r\n') + 4)
  return new Answer(new Incoming(head).parse(client.scene, true), client.scene)
}

/** What the application `closes` printed about the body of `path`. */
export function closings(output: string, path: string): string[] {
  const lines = output.split('\n').map((line) => line.trim())
  const told = lines.filter((line) => line === `gave a chunk of ${path}` || line === `closed ${path}`)
  return told.map((line) => line.replace(` of ${path}`, '').replace(` ${path}`, ''))
}

/** What Node's fetch makes of an address: status, reason, type and text. */
export async function fetchPage(url: string): Promise<[number, string, string | null, string]> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) })
    const { status, statusText, headers } = answer
    return [status, statusText, headers.get('content-type'), await answer.text()]
  } catch (error) {
    throw new Failure(`fetch("${url}") failed: ${String(error)}`)
  }
}

/** Fails where the terminal says that somebody is at fault, when all that happened is that a client left. */
export function blamesNobody(output: string): void {
  if (/PEP 3333|failed|mistake|TypeError/.test(output))
    throw new Failure(`A client went away. That is no fault of the application's:\n${output}`)
}

/** How many chunks the application `pours` was asked for, once that number no longer grows. */
export async function howMuchIsAsked(server: Server): Promise<number> {
  let asked = 0
  for (let steady = 0; steady < 10 && asked < 2000;) {
    const now = Number((await server.ask(get('/asked'))).body)
    steady = now === asked ? steady + 1 : 0
    asked = now
  }
  return asked
}

/** What follows the head of a response that the connection's end ends, when that may take a few seconds. */
export async function bodyUpToTheEnd(client: WireClient): Promise<Buffer> {
  for (let seconds = 0; seconds < 5 && !client.closed; seconds++) {
    if (await client.until(() => client.ended)) break
  }
  const bytes = client.received
  return bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)
}

/** The client has the first half of a body when the application goes wrong: fails unless the connection is cut. */
export async function isCutInTheMiddle(server: Server, path: string, why: string): Promise<void> {
  const client = await server.connect()
  await client.send(get(path))
  await client.until(() => client.received.includes('The first half'))
  await answers(server, '/go', { status: 200, body: 'went' })
  await client.isCut(why)
}
