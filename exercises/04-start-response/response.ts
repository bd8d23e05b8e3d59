// The response to ONE request: what start_response was told, and whether the head has gone. It hands bytes to a
// sink and knows no socket.

import { todo } from '#given/kit/todo.ts'
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
      // TODO 4.2: Keep both in `this.#start`, and send the head at once: `this.#sink.write(this.#takeHead())`.
      // TODO 4.3: That was too early: only remember them here, and let `send` and `finish` send the head.
      // TODO 4 strict: A second call without `excInfo` is a fault (`calledTwice`), even if the first was refused. With it, the new head
      //   takes the old one's place, unless that has been sent: then throw `excInfo`.
      // TODO 4 strict: Check both with `checkStatus` and `checkHeaders`, and keep a copy of the list.
      todo(4, 2)
      return (chunk) => this.#write(chunk)
    }
  }

  /**
   * Sends a chunk of the body; the first that is not empty takes the head with it. Gives nothing, or a promise that
   * settles when there is room for more. What is wrong with the chunk it throws at once: the promise never rejects.
   */
  send(chunk: Uint8Array): Promise<void> | undefined {
    // TODO 4.2: Send the chunk: `this.#sink.write(…)`, then `return this.#sink.flush()`. `this.#framing.frame(chunk)` is how
    //   the chunk goes over the wire.
    // TODO 4.3: Send the head before it (`this.#takeHead()`). An empty chunk sends nothing at all: until bytes come, the
    //   application may still change its mind.
    // TODO 4 strict: A chunk is a Uint8Array: `checkChunk`, which is given. Throw at once, from a function that is
    //   not `async`: an application need not await `write`, and a rejection that nobody awaits ends the process.
    todo(4, 2)
  }

  /** Ends the response: sends the head if no chunk has, and what the framing wants after the last chunk. */
  finish(): Promise<void> | undefined {
    this.#ended = true
    // TODO 4.3: After an empty body, the head is still owed (`this.#takeHead()`). `this.#framing.end` ends the body.
    return undefined
  }

  /** Adds a Content-Length where the application gave none and the head has not gone. `length` is in bytes. */
  declareLength(length: number): void {
    this.#whole = length
    // TODO 4 strict: Add the header to `this.#start.headers`, your copy of the list, unless one is there (`hasHeader`). Not for 204
    //   (RFC 9110, section 8.6) and 304, which have no body to measure.
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
    // TODO 4.2: Write the head down with `formatHead`: the headers of `this.#start`, then those that
    //   `this.#framing.headersFor(status, headers)` adds.
    //   Set `this.headSent`, and give back an empty text if it was set before.
    // TODO 4.4: `completeHeaders` adds those that every response has.
    // TODO 4 strict: Without `this.#start` the application never called start_response: throw `notStarted()`.
    todo(4, 2)
  }
}

function checkChunk(chunk: unknown): asserts chunk is Uint8Array {
  if (!isUint8Array(chunk)) throw notBytes(chunk)
}
