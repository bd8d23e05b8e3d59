// How this suite looks at a server: what it asks, and what it makes of the answers.

import { ByteReader } from '#server/02-request-line/byte-reader.ts'
import { RequestInput } from '#server/06-request-body/input.ts'
import { Answer } from '#given/kit/ask.ts'
import { environFor } from '#given/kit/call-application.ts'
import { Failure, wireFailure } from '#given/kit/failure.ts'
import type { Server } from '#given/kit/server.ts'
import type { WireClient } from '#given/kit/wire.ts'
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

/** A reader that gets these bytes, piece by piece. */
export function readerOf(pieces: string[]): ByteReader {
  const left = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  return new ByteReader(async () => left.shift() ?? null)
}

/** A `wsgi.input` whose body comes in these pieces. */
export function inputOf(pieces: string[]): RequestInput {
  return new RequestInput(bodyOf(pieces))
}

export async function* bodyOf(pieces: string[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece, 'latin1')
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
