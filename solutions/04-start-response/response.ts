// The response to ONE request: what start_response was told, and whether the head has gone. It hands bytes to a
// sink and knows no socket.

import type { Header, StartResponse, Status } from '#wsgi'
import { ContractError } from './contract-error.ts'
import { untilClose, type Framing } from './framing.ts'
import { checkHeaders, checkStatus, completeHeaders, formatHead, hasHeader } from './head.ts'

/** Where the bytes go. A text's every code unit is one byte. */
export interface Sink {
  /** Settles when there is room for more. Never rejects. */
  write(bytes: Uint8Array | string): Promise<void>
}

export class Response {
  headSent = false
  readonly #sink: Sink
  readonly #framing: Framing
  #start: { status: Status; headers: Header[] } | undefined
  #ended = false

  constructor(sink: Sink, framing: Framing = untilClose) {
    this.#sink = sink
    this.#framing = framing
  }

  /** start_response, as the application gets it. Throws a ContractError, or `excInfo` when it comes too late. */
  readonly startResponse: StartResponse = (status, headers, excInfo) => {
    //> 4.2 Remember the status and the headers in `this.#start`. Do not send them yet.
    //> 4.S A second call without `excInfo` breaks the contract. With it, the new head takes the old one's place,
    //> unless that has been sent: then throw `excInfo`.
    //> 4.S Check both with `checkStatus` and `checkHeaders`, and keep a copy of the list.
    if (excInfo !== undefined && excInfo !== null) {
      if (this.headSent) throw excInfo
    } else if (this.#start !== undefined) {
      throw new ContractError(
        'start_response was called a second time',
        'call it once, or pass the error that made you change your mind as its third argument',
        'The start_response() Callable',
      )
    }
    checkStatus(status)
    checkHeaders(headers)
    this.#start = { status, headers: headers.map(([name, value]) => [name, value]) }
    //<
    return this.#write
  }

  /** Sends a chunk of the body; the first that is not empty takes the head with it. */
  async send(chunk: Uint8Array): Promise<void> {
    //> 4.2 Send the head if it has not gone yet (`this.#takeHead()`), then the chunk: `await this.#sink.write(…)`.
    //> `this.#framing.frame(chunk)` is the chunk as it goes over the wire.
    //> 4.3+ An empty chunk is no reason to send anything: until bytes come, the application may change its mind.
    //> 4.S A chunk is a Uint8Array: else a ContractError (`checkChunk`).
    checkChunk(chunk)
    if (chunk.length === 0) return
    const head = this.#takeHead()
    if (head !== '') void this.#sink.write(head)
    await this.#sink.write(this.#framing.frame(chunk))
    //<
  }

  /** Ends the response: sends the head if no chunk has, and what the framing wants after the last chunk. */
  async finish(): Promise<void> {
    //> 4.3+ The body may have been empty: then its head is still owed. `this.#framing.end` ends the body.
    await this.#sink.write(this.#takeHead() + this.#framing.end)
    //<
    this.#ended = true
  }

  /** Adds a Content-Length where the application gave none and the head has not gone. `length` is in bytes. */
  declareLength(length: number): void {
    //> 4.S Nothing for a status that can have no length: 204 (RFC 9110, section 8.6) and 304.
    const start = this.#start
    if (start === undefined || this.headSent || /^(?:204|304)/.test(start.status)) return
    if (!hasHeader(start.headers, 'Content-Length')) start.headers.push(['Content-Length', String(length)])
    //<
  }

  /** Forgets what the application has said, if it can still be unsaid. False: the head has gone. */
  reset(): boolean {
    if (this.headSent) return false
    this.#start = undefined
    return true
  }

  /**
   * `send` for applications that cannot return their body. It throws at once and rejects never, since an
   * application may well not wait for it; after the end it only complains, since nobody could catch.
   */
  readonly #write = (chunk: Uint8Array): Promise<void> => {
    checkChunk(chunk)
    if (!this.#ended) return this.send(chunk)
    console.error('The application called write() after its response had ended: those bytes are lost.')
    return Promise.resolve()
  }

  /** The head, the one time that it is to be sent; empty after that. */
  #takeHead(): string {
    //> 4.2 Write the head down with `formatHead`: the headers of `this.#start`, then those of `this.#framing`.
    //> Set `this.headSent`, and give back an empty text if it was set before.
    //> 4.4+ `completeHeaders` adds those that every response has.
    //> 4.S Without `this.#start` the application never called start_response, which breaks the contract.
    if (this.headSent) return ''
    if (this.#start === undefined) throw notStarted()
    this.headSent = true
    const { status, headers } = this.#start
    return formatHead(status, completeHeaders([...headers, ...this.#framing.headers], new Date()))
    //<
  }
}

function checkChunk(chunk: unknown): asserts chunk is Uint8Array {
  if (chunk instanceof Uint8Array) return
  const remedy = typeof chunk === 'string' ? 'encode it: Buffer.from(text)' : 'give Buffers or Uint8Arrays'
  throw new ContractError(`A chunk of the body is a ${typeof chunk}, not bytes`, remedy, 'Unicode Issues')
}

//> -
function notStarted(): ContractError {
  return new ContractError(
    'The application gave a body before it called start_response',
    'call start_response(status, headers) first',
    'The start_response() Callable',
  )
}
//<
