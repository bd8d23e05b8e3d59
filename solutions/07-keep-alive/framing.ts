// How the client learns where the body of a response ends, on a connection that may live on (RFC 9112, sections 6 and 9).

import type { Environ, Header, Status } from '#wsgi'
import { report } from '#given/02-request-line/report.ts'
import { isNamed } from '../03-environ/fields.ts'
import { bodyTooLong, bodyTooShort } from '#given/04-start-response/faults.ts'
import { hasNoBody, type Framing } from '#given/04-start-response/framing.ts'

/** By its length, in chunks, by the end of the connection; or there is no body, whatever the application gives. */
type Kind = 'length' | 'chunks' | 'close' | 'none'

const NOTHING = new Uint8Array(0)

export class MessageFraming implements Framing {
  /** Whether another request may follow on the connection. Known for sure once the head has been made. */
  persists: boolean
  readonly #mayPersist: () => boolean
  readonly #method: string
  readonly #target: string
  readonly #version: string
  #kind: Kind = 'close'
  /** Bytes that the head has promised and that have not come yet. Below 0: so many have come beyond. */
  #left = 0

  /** `mayPersist` is asked when the head is made: the server may have reasons of its own to end the connection. */
  constructor(environ: Environ, mayPersist: () => boolean = () => true) {
    this.#mayPersist = mayPersist
    // Taken now, since the application may change its environ.
    this.#method = environ.REQUEST_METHOD
    this.#target = String(environ['REQUEST_URI'] ?? environ.PATH_INFO)
    this.#version = environ.SERVER_PROTOCOL
    this.persists = wantsToPersist(environ)
  }

  headersFor(status: Status, headers: Header[]): Header[] {
    this.persists &&= this.#mayPersist()
    //> 7.2 Give back a list with `Connection: close` if `this.persists` is false; an empty one if it is true.
    //> 7.3+ Without a Content-Length among `headers`, in any case of its letters (`isNamed`), the connection has to
    //> end the body: it cannot persist.
    //> 7.4+ It can, so take out what you wrote for move 3: without a length, `this.#kind` is `chunks`, and the header
    //> `Transfer-Encoding: chunked` says so.
    //> 7.5+ For HEAD (`this.#method`), 204 and 304 (`hasNoBody(status)`) the kind is `none`, and there is no such
    //> header.
    //> 7.S `length`: remember in `#left` how many bytes are promised, for `frame` and `end`.
    //> 7.S HTTP/1.0 (`this.#version`) knows no chunks: without a length it is as in move 3.
    //> If an HTTP/1.0 connection does persist, say so: `Connection: keep-alive`.
    const length = headers.find((header) => isNamed(header, 'Content-Length'))?.[1]
    const isOld = this.#version === 'HTTP/1.0'
    if (this.#method === 'HEAD' || hasNoBody(status)) this.#kind = 'none'
    else if (length !== undefined) this.#kind = 'length'
    else this.#kind = isOld ? 'close' : 'chunks'
    this.#left = Number(length ?? 0)
    if (this.#kind === 'close') this.persists = false
    const added: Header[] = this.#kind === 'chunks' ? [['Transfer-Encoding', 'chunked']] : []
    if (!this.persists) added.push(['Connection', 'close'])
    else if (isOld) added.push(['Connection', 'keep-alive'])
    return added
    //<
  }

  frame(chunk: Uint8Array): Uint8Array {
    //> 7.4+ `chunks`: its size in hexadecimal digits, CRLF, its bytes, CRLF (`Buffer.concat` joins them).
    //> 7.5+ `none`: `NOTHING`.
    //> 7.S `length`: count in `#left` what is still to come. What exceeds it would pass for the next response: give
    //> the bytes up to there only. Tell the terminal once for each body, at its first byte too many:
    //> `report(what, bodyTooLong())`. What: `The application failed on GET /page`, of `#method` and `#target`.
    if (this.#kind === 'none') return NOTHING
    if (this.#kind === 'chunks') return inChunk(chunk)
    if (this.#kind === 'length') return this.#asPromised(chunk)
    //<
    return chunk
  }

  /** Throws a ContractError when the body is shorter than was promised: the client must not take it for whole. */
  get end(): string {
    //> 7.4+ `chunks`: a chunk of no bytes, which is `0`, CRLF, CRLF.
    //> 7.S `length`: throw `bodyTooShort(missing)` while promised bytes are missing.
    if (this.#kind === 'length' && this.#left > 0) throw bodyTooShort(this.#left)
    if (this.#kind === 'chunks') return '0\r\n\r\n'
    //<
    return ''
  }

  //> -
  #asPromised(chunk: Uint8Array): Uint8Array {
    const left = Math.max(this.#left, 0)
    if (this.#left >= 0 && chunk.length > left)
      report(`The application failed on ${this.#method} ${this.#target}`, bodyTooLong())
    this.#left -= chunk.length
    return chunk.length <= left ? chunk : chunk.subarray(0, left)
  }
  //<
}

/** Whether the client would send another request on this connection (RFC 9112, section 9.3). */
export function wantsToPersist(environ: Environ): boolean {
  //> 7.1 It would, unless its field Connection (HTTP_CONNECTION) is `close`, in any case of the letters.
  //> 7.S Connection is a list, as in `Upgrade, close`. If `close` is in it, it wins.
  //> 7.S A client of HTTP/1.0 would not, unless `keep-alive` is in the list. `close` wins here, too.
  const field = String(environ['HTTP_CONNECTION'] ?? '').toLowerCase()
  const options = field.split(/[\t ]*,[\t ]*/)
  if (options.includes('close')) return false
  return environ.SERVER_PROTOCOL !== 'HTTP/1.0' || options.includes('keep-alive')
  //<
}

//> -
function inChunk(chunk: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
}
//<
