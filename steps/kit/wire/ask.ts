// Asks a server and looks at its answer: one exchange on a connection of its own.

import { firstDifference, showLine, squeeze, toBytes } from '../failure/bytes.ts'
import { Failure, wireFailure, type Scene } from '../failure/failure.ts'
import { showParting } from '../failure/values.ts'
import { header, type Response } from './response-reader.ts'
import type { WireClient } from './client.ts'

export interface Expected {
  status?: number
  /** The whole body, or a pattern that it matches. Every code unit is one byte. */
  body?: string | RegExp
  /** By name, in any case. null: must not be there. */
  headers?: Record<string, string | RegExp | null>
  /** A sentence or two for whoever reads the failure: what the application did, or why this is to be expected. */
  why?: string
}

type Open = () => Promise<WireClient>

/** A response, and the exchange that it came in. */
export class Answer {
  readonly response: Response
  readonly scene: Scene

  constructor(response: Response, scene: Scene) {
    this.response = response
    this.scene = scene
  }

  get status(): number {
    return this.response.status
  }

  /** The body, one code unit a byte. */
  get body(): string {
    return this.response.body.toString('latin1')
  }

  header(name: string): string | undefined {
    return header(this.response.headers, name)
  }

  /** Fails unless the answer is as expected. */
  is(expected: Expected): void {
    const { status, body, headers = {}, why } = expected
    const fail = (problem: string) => this.fail(why === undefined ? problem : `${problem}\n${why}`)
    if (status !== undefined && this.status !== status)
      fail(`The status should be ${status}; it is ${this.status}.`)
    for (const [name, value] of Object.entries(headers)) {
      const came = this.header(name)
      if (!fits(came, value)) fail(`The header ${name} should be ${say(value)}; it is ${say(came ?? null)}.`)
    }
    if (body !== undefined && !fits(this.body, body)) fail(bodyProblem(this.response.body, body))
  }

  /** Ends the test with this sentence, and the bytes both ways. */
  fail(problem: string): never {
    throw wireFailure(problem, this.scene)
  }
}

function fits(value: string | undefined, wanted: string | RegExp | null): boolean {
  if (wanted === null || value === undefined) return wanted === null && value === undefined
  return typeof wanted === 'string' ? value === wanted : wanted.test(value)
}

function say(value: string | RegExp | null): string {
  if (value === null) return 'absent'
  return typeof value === 'string' ? quote(value) : `something like ${String(value)}`
}

/** More bytes than these are not shown whole. */
const LONGEST = 300

function bodyProblem(came: Buffer, wanted: string | RegExp): string {
  if (typeof wanted !== 'string' || Math.max(wanted.length, came.length) <= LONGEST)
    return `The body should be ${say(wanted)}.`
  const at = firstDifference(came, toBytes(wanted))
  const text = wanted.length <= LONGEST ? ` ${say(wanted)}` : ` another one, of ${wanted.length} bytes`
  return `The body should be${text}. The two part at byte ${at} of the body:\n${showParting(came, toBytes(wanted), at)}`
}

/** Text as a reader may see it, its bytes above ASCII as characters where they are some. */
function quote(text: string): string {
  return squeeze(JSON.stringify(text).replace(/[^\x20-\x7e]+/g, (bytes) => showLine(bytes)))
}

/** Sends `pieces` on a new connection and reads one response. */
export async function exchange(open: Open, pieces: Buffer[]): Promise<Answer> {
  const client = await open()
  if (pieces.length === 1) await client.send(pieces[0] ?? '')
  else await client.sendPieces(pieces)
  const response = await client.response()
  client.leave()
  return new Answer(response, client.scene)
}

export function ask(open: Open, request: string): Promise<Answer> {
  return exchange(open, [Buffer.from(request, 'latin1')])
}

const NEXT = Buffer.from('GET /next HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')

/** One request, delivered in every way that TCP may deliver it. */
export async function everyWay(open: Open, request: string, check: (answer: Answer) => void): Promise<void> {
  const bytes = Buffer.from(request, 'latin1')
  const ways: [how: string, pieces: Buffer[]][] = [
    ['', [bytes]],
    ['sent a byte at a time', Array.from(bytes, (byte) => Buffer.of(byte))],
    ['sent with the next request glued to it', [Buffer.concat([bytes, NEXT])]],
  ]
  for (let at = 1; at < bytes.length; at++) {
    ways.push([`cut in two after byte ${at}`, [bytes.subarray(0, at), bytes.subarray(at)]])
  }
  for (const [how, pieces] of ways) {
    try {
      check(await exchange(open, pieces))
    } catch (error) {
      if (error instanceof Failure && how !== '')
        error.message = `The request was ${how}.\n${inPieces(error.message, pieces)}`
      throw error
    }
  }
}

/** Whatever fails in pieces is repeated in pieces: the smallest show it as well. */
function inPieces(message: string, pieces: Buffer[]): string {
  return pieces.length === 1 ? message : message.replace(/(npm run say .+)$/, '$1 slowly')
}
