// One request and its response, between the server that iterates it and the Python process that answers. Up to about
// 1 MB of the response is kept here, so that a slow client does not keep Python waiting.

import type { Environ, Header, StartResponse } from '#wsgi'
import { bytesFrame, decodeHead, decodeRead, numberFrame } from './frames.ts'
import { ABORT, BODY, BROKEN, CHUNK, CHUNK_COST, CREDIT, END, FAILED, READ, RESPONSE } from './frames.ts'
import { PythonError } from './python-error.ts'
import { ResponseStream } from './response-stream.ts'

/** How many bytes the client has to take before Python may send as many more. */
const CREDIT_STEP = 1 << 18

/** The process that answers, as far as an exchange needs it. */
export interface Answerer {
  send(frame: Buffer): void
}

export class Exchange implements AsyncIterable<Uint8Array> {
  readonly environ: Environ
  /** The request's body as far as it has been collected. */
  collected: Uint8Array | undefined
  /** The body goes on after that. */
  hasMore = false
  /** The server does not want the response any more. */
  isClosed = false
  /** Called when that happens. */
  onClosed: (() => void) | undefined
  readonly #response: ResponseStream
  #answerer: Answerer | undefined
  #id = 0
  /** What the client has taken and Python has not been told of. */
  #taken = 0
  /** Why the request's body could not be read. If Python fails over that, this tells the server what to answer. */
  #inputError: unknown

  constructor(environ: Environ, startResponse: StartResponse) {
    this.environ = environ
    this.#response = new ResponseStream(startResponse, (size) => this.#giveCredit(size))
  }

  /** Whatever there is to say about the response has come. */
  get isOver(): boolean {
    return this.#response.isEnded
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#response
  }

  /** The server always calls this. Before the response has ended, it means that the client has gone. */
  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    if (!this.isOver) this.#answerer?.send(bytesFrame(ABORT, this.#id))
    this.collected = undefined
    this.#response.drop()
    this.onClosed?.()
  }

  /** A process has been given the request, under this number. */
  begin(answerer: Answerer, id: number): void {
    this.#answerer = answerer
    this.#id = id
  }

  /** Takes a frame that is about this request. True: it was the last. */
  take(kind: number, payload: Buffer): boolean {
    switch (kind) {
      case RESPONSE: {
        const { isWhole, status, headers, first } = decodeHead(payload)
        if (!this.isClosed) this.#response.begin({ status, headers }, first, isWhole)
        return isWhole
      }
      case CHUNK:
        if (!this.isClosed) this.#response.push(payload)
        return false
      case READ:
        if (!this.isClosed) void this.#read(payload)
        return false
      case END:
        this.#response.end()
        return true
      default:
        // Later, so that the traceback, which comes through another pipe, has been printed before.
        setImmediate(() => this.fail(this.#inputError ?? raised(payload)))
        return kind === FAILED
    }
  }

  /** The process died over this request. If the head has not gone, the client gets a 502; otherwise it is cut off. */
  breakOff(error: PythonError): void {
    if (this.isOver) return
    const page = Buffer.from('The application failed.\n')
    const headers: Header[] = [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', String(page.length)],
    ]
    this.#response.replace({ status: '502 Bad Gateway', headers, error }, page)
  }

  /** Ends the response with an error. */
  fail(error: unknown): void {
    if (!this.isOver) this.#response.end(error)
  }

  #giveCredit(size: number): void {
    this.#taken += size + CHUNK_COST
    if (this.#taken < CREDIT_STEP || this.isOver) return
    this.#answerer?.send(numberFrame(CREDIT, this.#id, this.#taken))
    this.#taken = 0
  }

  /** Python wants more of the request's body. */
  async #read(payload: Buffer): Promise<void> {
    const input = this.environ['wsgi.input']
    const { line, size } = decodeRead(payload)
    let answer: Buffer
    try {
      answer = bytesFrame(BODY, this.#id, await (line ? input.readline(size) : input.read(size)))
    } catch (error) {
      this.#inputError = error
      answer = bytesFrame(
        BROKEN,
        this.#id,
        Buffer.from(error instanceof Error ? error.message : String(error)),
      )
    }
    if (!this.isOver) this.#answerer?.send(answer)
  }
}

function raised(payload: Buffer): PythonError {
  return new PythonError(`Python raised ${payload.toString()} (its traceback is above)`)
}
