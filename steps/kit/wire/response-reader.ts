// Reads HTTP responses off received bytes, strictly: what a careful client would make of them.

import { toBytes } from '../failure/bytes.ts'
import { wireFailure, type Failure, type Scene } from '../failure/failure.ts'

export interface Response {
  status: number
  reason: string
  /** As they came, in order. */
  headers: [name: string, value: string][]
  body: Buffer
  /** Bytes of the whole message. */
  length: number
}

interface Head {
  status: number
  reason: string
  headers: [string, string][]
  length: number
}

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3}) ([\t\x20-\x7e\x80-\xff]*)$/
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

export function header(headers: [string, string][], name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
}

/** A message on its way in. */
export class Incoming {
  bytes: Buffer
  readonly #method: string

  /** `method` is that of the request: after HEAD no body follows, whatever the head says. */
  constructor(bytes: Buffer, method = 'GET') {
    this.bytes = bytes
    this.#method = method
  }

  /** Whether a whole response is there. `ended`: no more will come. */
  isWhole(ended: boolean): boolean {
    const head = this.#head()
    if (head === undefined || head === 'broken') return ended || head === 'broken'
    return this.#body(head, ended) !== undefined
  }

  parse(scene: Scene, ended: boolean): Response {
    const head = this.#head()
    if (head === 'broken') throw wireFailure('What came back is not an HTTP response.', scene)
    if (head === undefined) throw missing(this.bytes, scene, ended)
    const body = this.#body(head, ended)
    if (body === undefined) throw wireFailure('The head of a response came, but its body never ended.', scene)
    if (body === 'broken') throw wireFailure(badFraming(head, this.bytes.length - head.length), scene)
    return { ...head, body: body.content, length: head.length + body.length }
  }

  #head(): Head | 'broken' | undefined {
    const end = this.bytes.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const [first = '', ...lines] = this.bytes.toString('latin1', 0, end).split('\r\n')
    const status = STATUS_LINE.exec(first)
    const fields = lines.map((line) => FIELD_LINE.exec(line))
    if (status === null || fields.includes(null)) return 'broken'
    return {
      status: Number(status[1]),
      reason: status[2] ?? '',
      headers: fields.map((field) => [field?.[1] ?? '', field?.[2] ?? '']),
      length: end + 4,
    }
  }

  #body(head: Head, ended: boolean): { content: Buffer; length: number } | 'broken' | undefined {
    const rest = this.bytes.subarray(head.length)
    const length = header(head.headers, 'content-length')
    const isBodiless = this.#method === 'HEAD' || head.status === 204 || head.status === 304
    if (isBodiless || head.status < 200) return { content: toBytes(''), length: 0 }
    if (header(head.headers, 'transfer-encoding') !== undefined) return readChunks(rest, ended)
    if (length === undefined) return ended ? { content: rest, length: rest.length } : undefined
    const size = Number(length)
    if (rest.length < size) return ended ? 'broken' : undefined
    return { content: rest.subarray(0, size), length: size }
  }
}

function readChunks(
  bytes: Buffer,
  ended: boolean,
): { content: Buffer; length: number } | 'broken' | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return ended ? 'broken' : undefined
    const digits = bytes.toString('latin1', at, lineEnd)
    if (!/^[0-9a-f]+$/i.test(digits)) return 'broken'
    const size = Number.parseInt(digits, 16)
    const end = lineEnd + 2 + size
    if (bytes.length < end + 2) return ended ? 'broken' : undefined
    if (bytes.toString('latin1', end, end + 2) !== '\r\n') return 'broken'
    if (size === 0) return { content: Buffer.concat(parts), length: end + 2 }
    parts.push(bytes.subarray(lineEnd + 2, end))
    at = end + 2
  }
}

function badFraming({ headers }: Head, came: number): string {
  const length = header(headers, 'content-length')
  if (length === undefined || header(headers, 'transfer-encoding') !== undefined)
    return 'The body of the response is not framed as its head says.'
  return `The head promises a body of ${length} bytes (Content-Length), and ${came} came.`
}

function missing(bytes: Buffer, scene: Scene, ended: boolean): Failure {
  if (bytes.length > 0)
    return wireFailure('What came back is not a whole HTTP head: it needs a blank line.', scene)
  return wireFailure(
    ended ? 'Your server closed the connection without an answer.' : 'Nothing came back within 1 s.',
    scene,
  )
}
