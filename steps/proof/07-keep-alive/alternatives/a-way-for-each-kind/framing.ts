// A correct step 7 in another style: each way to end a body is an object of its own, which knows what to send; there is
// no kind to ask for.

import type { Environ, Header, Status } from '#wsgi'
import { report } from '#given/02-request-line/report.ts'
import { bodyTooLong, bodyTooShort } from '#given/04-start-response/faults.ts'
import type { Framing } from '#given/04-start-response/framing.ts'

interface Way {
  readonly headers: Header[]
  readonly endsConnection: boolean
  wrap(chunk: Uint8Array): Uint8Array
  finish(): string
}

const withoutBody: Way = {
  headers: [],
  endsConnection: false,
  wrap: () => new Uint8Array(),
  finish: () => '',
}

const untilTheEnd: Way = { headers: [], endsConnection: true, wrap: (chunk) => chunk, finish: () => '' }

const chunked: Way = {
  headers: [['Transfer-Encoding', 'Chunked']],
  endsConnection: false,
  wrap(chunk) {
    // Capitals and a zero in front are a size, too.
    const size = `0${chunk.byteLength.toString(16).toUpperCase()}\r\n`
    const out = Buffer.alloc(size.length + chunk.byteLength + 2, '\r\n')
    out.write(size, 0, 'latin1')
    out.set(chunk, size.length)
    out.write('\r\n', size.length + chunk.byteLength, 'latin1')
    return out
  },
  finish: () => '0\r\n\r\n',
}

function promised(length: number, complain: () => void): Way {
  let sent = 0
  let hasComplained = false
  return {
    headers: [],
    endsConnection: false,
    wrap(chunk) {
      const fitting = chunk.slice(0, Math.max(0, length - sent))
      sent += fitting.length
      if (fitting.length < chunk.length && !hasComplained) {
        hasComplained = true
        complain()
      }
      return fitting
    },
    finish() {
      if (sent < length) throw bodyTooShort(length - sent)
      return ''
    },
  }
}

export class MessageFraming implements Framing {
  persists: boolean
  private way: Way = untilTheEnd
  private readonly request: { method: string; target: string; version: string }
  private readonly mayPersist: () => boolean

  constructor(environ: Environ, mayPersist: () => boolean = () => true) {
    const { REQUEST_METHOD: method, SERVER_PROTOCOL: version } = environ
    this.request = { method, version, target: String(environ['REQUEST_URI'] ?? environ.PATH_INFO) }
    this.mayPersist = mayPersist
    this.persists = wantsToPersist(environ)
  }

  headersFor(status: Status, headers: Header[]): Header[] {
    this.way = this.wayFor(Number.parseInt(status, 10), headers)
    if (this.way.endsConnection || !this.mayPersist()) this.persists = false
    const connection: Record<string, string> = { 'HTTP/1.0': 'Keep-Alive' }
    const option = this.persists ? connection[this.request.version] : 'Close'
    return option === undefined ? this.way.headers : [['Connection', option], ...this.way.headers]
  }

  frame(chunk: Uint8Array): Uint8Array {
    return this.way.wrap(chunk)
  }

  get end(): string {
    return this.way.finish()
  }

  private wayFor(status: number, headers: Header[]): Way {
    const { method, target, version } = this.request
    if (method === 'HEAD' || status === 204 || status === 304) return withoutBody
    const lengths = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]))
    const length = lengths.get('content-length')
    const complain = () => report(`The application failed on ${method} ${target}`, bodyTooLong())
    if (length !== undefined) return promised(Number(length), complain)
    return version === 'HTTP/1.0' ? untilTheEnd : chunked
  }
}

export function wantsToPersist(environ: Environ): boolean {
  const field = String(environ['HTTP_CONNECTION'] ?? '')
  const options = new Set(field.split(',').map((option) => option.trim().toLowerCase()))
  switch (environ.SERVER_PROTOCOL) {
    case 'HTTP/1.0':
      return options.has('keep-alive') && !options.has('close')
    default:
      return !options.has('close')
  }
}
