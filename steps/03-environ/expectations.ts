// How the suite of step 3 asks, and how it reads the environ off the table that the server shows.

import { ByteReader } from '#server/02-request-line/byte-reader.ts'
import type { Answer } from '#given/kit/wire/ask.ts'
import type { Server } from '#given/kit/host/server.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { visible } from './environ-table.ts'

/** The bytes of a request without a body: these lines, each ended by CRLF, then the empty line. */
export function request(...lines: string[]): string {
  return [...lines, '', ''].join('\r\n')
}

/** What the environ shall hold. Every code unit is a byte; null: the key must not be there; a list: one of these. */
export type Rows = Record<string, string | string[] | null>

/** Fails unless the server has answered with a table in which these keys have these values. */
export function shows(answer: Answer, expected: Rows): void {
  answer.is({ status: 200 })
  const problem = mismatch(answer.body, expected)
  if (problem) answer.fail(problem)
}

/** What is wrong with the table, in a sentence. */
export function mismatch(table: string, expected: Rows): string | undefined {
  const rows = new Map(table.split('\n').map((line) => [line.split(' ', 1)[0], line.replace(/^\S* +/, '')]))
  for (const [key, wanted] of Object.entries(expected)) {
    const came = rows.get(key)
    const choice = [wanted].flat().map((value) => value ?? undefined)
    if (choice.some((value) => came === (value && visible(value)))) continue
    return `${key} should be ${choice.map(quoted).join(' or ')} in the environ; it is ${came === undefined ? 'absent' : `"${came}"`}.`
  }
  return undefined
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'absent' : `"${visible(value)}"`
}

/** Sends each request; every answer must have this status. The keys say what is remarkable about them. */
export async function answers(
  server: Server,
  status: number,
  requests: Record<string, string>,
): Promise<void> {
  for (const [what, raw] of Object.entries(requests))
    await about(`${what}: the answer to that is ${status}.`, async () =>
      (await server.ask(raw)).is({ status }),
    )
}

/** Puts `what` before the message of a failure that `run` ends with. */
export async function about(what: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Failure) error.message = `${what}\n${error.message}`
    throw error
  }
}

/** Fails unless a call gave this text, whose every code unit is one byte. */
export function givesBytes(call: string, actual: unknown, expected: string): void {
  if (typeof actual !== 'string') return gives(call, actual, expected)
  if (actual === expected) return
  throw new Failure(`${call}\n  gave      "${visible(actual)}"\n  expected  "${visible(expected)}"`)
}

/** Fails unless these keys of an environ have these values. */
export function holds(call: string, environ: object, expected: Record<string, unknown>): void {
  const found = new Map<string, unknown>(Object.entries(environ))
  for (const [key, value] of Object.entries(expected)) gives(`${call}["${key}"]`, found.get(key), value)
}

/** A reader of these pieces. Whoever asks for more than there is has read too far. */
export function readerOf(pieces: string[]): ByteReader {
  const left = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  return new ByteReader(async () => {
    const next = left.shift()
    if (next) return next
    throw new Failure('readFields waits for more bytes, although the empty line has come.')
  })
}

/** What the body says that Node's fetch gets for a small POST. */
export async function fetched(url: string): Promise<string> {
  try {
    const headers = { 'X-Greeting': 'hello: world' }
    const response = await fetch(url, {
      method: 'POST',
      body: 'tea',
      headers,
      signal: AbortSignal.timeout(1000),
    })
    const text = await response.text()
    if (response.ok) return text
    throw new Failure(`Node's own client, fetch, got the status ${response.status}:\n${text}`)
  } catch (error) {
    if (error instanceof Failure) throw error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new Failure(`Node's own client, fetch, could not read the answer: ${String(cause)}`)
  }
}
