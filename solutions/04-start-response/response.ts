// The response to ONE request: what start_response was told, and whether the head has gone. It hands bytes to a
// sink and knows no socket.

import { isUint8Array } from 'node:util/types'
import type { Header, StartResponse, Status } from '#wsgi'
import { calledTwice, notBytes, notStarted } from '#given/04-start-response/faults.ts'
import { hasNoBody, untilClose, type Framing } from '#given/04-start-response/framing.ts'
import { checkHeaders, checkStatus, completeHeaders, formatHead, hasHeader } from './head.ts'

/** So many bytes are copied sooner than written on their own. */
const COPIED = 4096

/** Where the bytes go. A text's every code unit is one byte. */
export interface Sink {
  /**
   * Takes bytes, which go out with the next `flush`, or at the end of this turn of the event loop. Gives nothing, or a
   * promise that settles when there is room for more, and never rejects.
   */
  write(bytes: Uint8Array | string): Promise<void> | undefined
  /** Sends what has been written. Gives the same. */
  flush(): Promise<void> | undefined
}

export class Response {
  headSent = false
  readonly #sink: Sink
  readonly #framing: Framing
  #start: { status: Status; headers: Header[] } | undefined
  /** start_response was called, whether its arguments were any good or not. */
  #called = false
  #ended = false
  /** Bytes of the body, where it is known as a whole. */
  #whole: number | undefined

  constructor(sink: Sink, framing: Framing = untilClose) {
    this.#sink = sink
    this.#framing = framing
  }

  /** start_response, as the application gets it. Throws a ContractError, or `excInfo` when it comes too late. */
  get startResponse(): StartResponse {
    return (status, headers, excInfo) => {
      //> 4.2 Keep both in `this.#start`, and send the head at once: `this.#sink.write(this.#takeHead())`.
      //> 4.3+ That was too early: only remember them here, and let `send` and `finish` send the head.
      //> 4.S A second call without `excInfo` is a fault (`calledTwice`), even if the first was refused. With it, the new head
      //> takes the old one's place, unless that has been sent: then throw `excInfo`.
      //> 4.S Check both with `checkStatus` and `checkHeaders`, and keep a copy of the list.
      if (excInfo !== undefined && excInfo !== null) {
        if (this.headSent) throw excInfo
      } else if (this.#called) {
        throw calledTwice()
      }
      // Before the checks: what they refuse takes the place of an older head, too.
      this.#called = true
      this.#start = undefined
      checkStatus(status)
      checkHeaders(headers)
      this.#start = { status, headers: headers.map(([name, value]) => [name, value]) }
      //<
      return (chunk) => this.#write(chunk)
    }
  }

  /**
   * Sends a chunk of the body; the first that is not empty takes the head with it. Gives nothing, or a promise that
   * settles when there is room for more. What is wrong with the chunk it throws at once: the promise never rejects.
   */
  send(chunk: Uint8Array): Promise<void> | undefined {
    //> 4.2 Send the chunk: `this.#sink.write(…)`, then `return this.#sink.flush()`. `this.#framing.frame(chunk)` is how
    //> the chunk goes over the wire.
    //> 4.3+ Send the head before it (`this.#takeHead()`). An empty chunk sends nothing at all: until bytes come, the
    //> application may still change its mind.
    //> 4.S A chunk is a Uint8Array: `checkChunk`, which is given. Throw at once, from a function that is
    //> not `async`: an application need not await `write`, and a rejection that nobody awaits ends the process.
    checkChunk(chunk)
    if (chunk.length === 0) return undefined
    const head = this.#takeHead()
    const bytes = this.#framing.frame(chunk)
    const isInOne = head !== '' && bytes.length <= COPIED
    if (head !== '' && !isInOne) void this.#sink.write(head)
    const room = this.#sink.write(isInOne ? inOne(head, bytes) : bytes)
    // A part may not wait for the next (PEP 3333, "Buffering and Streaming"); the whole may wait till the end of the turn.
    return room ?? (chunk.length === this.#whole ? undefined : this.#sink.flush())
    //<
  }

  /** Ends the response: sends the head if no chunk has, and what the framing wants after the last chunk. */
  finish(): Promise<void> | undefined {
    this.#ended = true
    //> 4.3+ After an empty body, the head is still owed (`this.#takeHead()`). `this.#framing.end` ends the body.
    const rest = this.#takeHead() + this.#framing.end
    if (rest !== '') return this.#sink.write(rest)
    //<
    return undefined
  }

  /** Adds a Content-Length where the application gave none and the head has not gone. `length` is in bytes. */
  declareLength(length: number): void {
    this.#whole = length
    //> 4.S Add the header to `this.#start.headers`, your copy of the list, unless one is there (`hasHeader`). Not for 204
    //> (RFC 9110, section 8.6) and 304, which have no body to measure.
    const start = this.#start
    if (start === undefined || this.headSent || hasNoBody(start.status)) return
    if (!hasHeader(start.headers, 'Content-Length')) start.headers.push(['Content-Length', String(length)])
    //<
  }

  /** Forgets what the application has said, if it can still be unsaid. False: the head has gone. */
  reset(): boolean {
    if (this.headSent) return false
    this.#start = undefined
    this.#called = false
    return true
  }

  /** `send` for applications that cannot return their body. After the end it only complains: nobody could catch. */
  #write(chunk: Uint8Array): Promise<void> {
    if (!this.#ended) return this.send(chunk) ?? Promise.resolve()
    console.error('The application called write() after its response had ended: those bytes are lost.')
    return Promise.resolve()
  }

  /** The head, the one time that it is to be sent; empty after that. */
  #takeHead(): string {
    //> 4.2 Write the head down with `formatHead`: the headers of `this.#start`, then those that
    //> `this.#framing.headersFor(status, headers)` adds.
    //> Set `this.headSent`, and give back an empty text if it was set before.
    //> 4.4+ `completeHeaders` adds those that every response has.
    //> 4.S Without `this.#start` the application never called start_response: throw `notStarted()`.
    if (this.headSent) return ''
    if (this.#start === undefined) throw notStarted()
    this.headSent = true
    const { status, headers } = this.#start
    const all = headers.concat(this.#framing.headersFor(status, headers))
    return formatHead(status, completeHeaders(all, new Date()))
    //<
  }
}

//> -
/** The head and the first bytes of the body in one write: a second one costs more than to copy them. */
function inOne(head: string, bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return head + buffer.toString('latin1')
}
//<

function checkChunk(chunk: unknown): asserts chunk is Uint8Array {
  if (!isUint8Array(chunk)) throw notBytes(chunk)
}
