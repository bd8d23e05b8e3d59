// How this suite looks at a server: what it asks, and what it makes of the answers.

import { ByteReader } from '#server/02-request-line/byte-reader.ts'
import { RequestInput } from '#server/06-request-body/input.ts'
import { Answer } from '#given/kit/wire/ask.ts'
import { environFor } from '#given/kit/application/call.ts'
import { Failure, gives, wireFailure } from '#given/kit/failure/failure.ts'
import type { Server } from '#given/kit/host/server.ts'
import type { WireClient } from '#given/kit/wire/client.ts'
import type { Environ } from '#wsgi'

export function request(line: string, fields: string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...fields, '', body].join('\r\n')
}

/** An environ with these variables in it. */
export function environWith(variables: Record<string, string>): Environ {
  return { ...environFor({ method: 'POST', target: '/' }), ...variables }
}

/** A text whole, cut in two at every offset, and in single bytes. */
export function cuts(text: string): string[][] {
  const inTwo = Array.from({ length: text.length - 1 }, (_, at) => [
    text.slice(0, at + 1),
    text.slice(at + 1),
  ])
  return [[text], ...inTwo, [...text]]
}

/** How often a loop may come by here: the bodies of this suite have a few bytes. */
const TURNS = 1000

/**
 * Fails the test once it has been called too often. An endless loop would freeze the test process, and take with it
 * what is known of the tests before.
 */
function turnstile(problem: string): () => void {
  let turns = 0
  return () => {
    if (++turns > TURNS) throw new Failure(problem)
  }
}

/** A reader that gets these bytes, piece by piece. */
export function readerOf(pieces: string[]): ByteReader {
  const left = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  const passAgain = turnstile(
    `A loop goes round and round: the reader has no more bytes, and was asked for some ${TURNS} times since.`,
  )
  return new ByteReader(async () => {
    const piece = left.shift()
    if (piece === undefined) passAgain()
    return piece ?? null
  })
}

/** A `wsgi.input` whose body comes in these pieces. */
export function inputOf(pieces: string[]): RequestInput {
  return new RequestInput(bodyOf(pieces))
}

/** A body that comes in these pieces. */
export function bodyOf(pieces: string[]): AsyncIterable<Buffer> {
  const left = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  const pass = turnstile(
    `A loop goes round and round: it has looked at the bytes at hand ${TURNS} times, and does not come to an end.\n` +
      'A turn that takes 0 bytes is followed by another one like it. (The index of an LF may be 0.)',
  )
  const passAgain = turnstile(
    `A loop goes round and round: the body is over, and was asked for more ${TURNS} times since.\n` +
      'It is over when `#fill` says false; to a loop over lines, when `readline` gives nothing.',
  )
  const next = async (): Promise<IteratorResult<Buffer, undefined>> => {
    const value = left.shift()
    if (value !== undefined) return { done: false, value: countingLooks(value, pass) }
    passAgain()
    return { done: true, value }
  }
  return { [Symbol.asyncIterator]: () => ({ next }) }
}

/** These bytes, and whatever is cut from them, call `look` whenever they are looked at. */
function countingLooks(bytes: Buffer, look: () => void): Buffer {
  bytes.subarray = (start, end) => {
    look()
    return countingLooks(Buffer.prototype.subarray.call(bytes, start, end), look)
  }
  return bytes
}

/** A body that has these pieces; whoever asks for more ends the test. */
export async function* noMoreThan(pieces: string[], why: string): AsyncGenerator<Buffer> {
  yield* bodyOf(pieces)
  throw new Failure(why)
}

/** All bytes of a body, one code unit each. */
export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of body) text += Buffer.from(piece).toString('latin1')
  return text
}

/** Fails unless a body gives these bytes, and no error. */
export async function givesBytes(
  call: string,
  body: AsyncIterable<Uint8Array>,
  expected: string,
  why: string,
): Promise<void> {
  const outcome = await outcomeOf(body)
  if (outcome !== expected) gives(`${why}\nThe bytes of ${call}`, outcome, expected)
}

/** Fails unless a body ends with an HttpError. */
export async function breaksOff(call: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const outcome = await outcomeOf(body)
  if (!outcome.includes(', and then an HttpError')) gives(`The bytes of ${call}`, outcome, 'an HttpError')
}

/** All bytes of a body, and the HttpError that it ends with, if it does. */
async function outcomeOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  try {
    for await (const piece of body) text += Buffer.from(piece).toString('latin1')
  } catch (error) {
    if (!(error instanceof Error && error.name === 'HttpError')) throw error
    return `${text}, and then an HttpError: ${error.message}`
  }
  return text
}

/** A line as a test names it: a control character, or one above ASCII, is written like `\u00a0`. */
export function quoted(line: string): string {
  return JSON.stringify(line).replace(/[^\x20-\x7e]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Fails unless a call gives this size: it must not refuse what it is given. */
export function givesSize<T extends number | string>(call: string, parse: () => T, expected: T): void {
  try {
    gives(call, parse(), expected)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'HttpError')) throw error
    throw new Failure(`${call}\n  threw     ${error.name}: ${error.message}\n  expected  ${expected}`)
  }
}

/** Fails unless `drain(1000)` gives this: it must not reject. `why` it is to be expected. */
export async function drains(
  input: RequestInput,
  of: string,
  expected: boolean,
  why?: string,
): Promise<void> {
  const call = `${why === undefined ? '' : `${why}\n`}drain(1000) of ${of}`
  try {
    gives(call, await input.drain(1000), expected)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'HttpError')) throw error
    const status = 'status' in error ? ` ${String(error.status)}` : ''
    throw new Failure(`${call}\n  rejected  with HttpError${status}\n  expected  ${expected}`)
  }
}

/** What is left in a reader. */
export async function leftIn(reader: ByteReader): Promise<string> {
  let text = ''
  for (let bytes = await reader.read(1000); bytes !== null; bytes = await reader.read(1000))
    text += bytes.toString('latin1')
  return text
}

/** The next response on a connection, as an answer. `why` it is to be expected, for whoever reads that none came. */
export async function nextAnswer(client: WireClient, why?: string): Promise<Answer> {
  try {
    return new Answer(await client.response(), client.scene)
  } catch (error) {
    if (error instanceof Failure && why !== undefined) error.message = `${why}\n${error.message}`
    throw error
  }
}

/** A request that no server should see: it is meant to hide in the body of another, or behind it. */
export const STOWAWAY = 'GET /stowaway HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

/** Each request gets this status; then the connection ends, and nothing behind the request is served. */
export async function refused(server: Server, status: number, cases: Record<string, string>): Promise<void> {
  for (const [why, bytes] of Object.entries(cases)) {
    const client = await server.connect()
    await client.send(bytes + STOWAWAY)
    const answer = await nextAnswer(client, why)
    answer.is({ status, why: `${why} (Behind it comes another request, which must not be served.)` })
    await client.ends()
    servesNoStowaway(client, why)
  }
}

/** The applications of this step tell in X-Asked what they were asked for. */
export function servesNoStowaway(client: WireClient, why: string): void {
  if (!client.received.includes('/stowaway')) return
  throw wireFailure(`GET /stowaway was served, which was no request but part of one.\n${why}`, client.scene)
}
