// A correct step 4 in another style: a response is always in one of three states, and head and chunk go in two writes.

import type { Header, StartResponse, Status } from '#wsgi'
import { calledTwice, notBytes, notStarted } from '#given/04-start-response/faults.ts'
import { untilClose, type Framing } from '#given/04-start-response/framing.ts'
import { checkHeaders, checkStatus, completeHeaders, formatHead, hasHeader } from './head.ts'

export interface Sink {
  write(bytes: Uint8Array | string): Promise<void> | undefined
  flush(): Promise<void> | undefined
}

interface Begun {
  status: Status
  headers: Header[]
}

export class Response {
  private readonly sink: Sink
  private readonly framing: Framing
  private state: 'open' | 'sending' | 'over' = 'open'
  private hasBeenCalled = false
  private begun: Begun | null = null
  private wasHeadSent = false

  constructor(sink: Sink, framing: Framing = untilClose) {
    this.sink = sink
    this.framing = framing
  }

  get headSent(): boolean {
    return this.wasHeadSent
  }

  get startResponse(): StartResponse {
    return this.begin.bind(this)
  }

  private begin(status: Status, headers: Header[], excInfo?: unknown): (chunk: Uint8Array) => Promise<void> {
    const hasError = excInfo !== undefined && excInfo !== null
    if (hasError && this.wasHeadSent) throw excInfo
    if (!hasError && this.hasBeenCalled) throw calledTwice()
    this.hasBeenCalled = true
    this.begun = null
    checkStatus(status)
    checkHeaders(headers)
    this.begun = { status, headers: [...headers] }
    return this.write.bind(this)
  }

  send(chunk: Uint8Array): Promise<void> | undefined {
    if (!(chunk instanceof Uint8Array)) throw notBytes(chunk)
    if (chunk.byteLength > 0) {
      this.sendHead()
      void this.sink.write(this.framing.frame(chunk))
      return this.sink.flush()
    }
    return undefined
  }

  finish(): Promise<void> | undefined {
    this.state = 'over'
    const written = this.sendHead()
    return this.framing.end === '' ? written : this.sink.write(this.framing.end)
  }

  declareLength(length: number): void {
    if (this.begun === null || this.wasHeadSent) return
    const { status, headers } = this.begun
    const hasNone = status.startsWith('204') || status.startsWith('304')
    if (!hasNone && !hasHeader(headers, 'content-length'))
      this.begun = { status, headers: [...headers, ['Content-Length', `${length}`]] }
  }

  reset(): boolean {
    if (this.wasHeadSent) return false
    this.begun = null
    this.hasBeenCalled = false
    return true
  }

  /** Not `async`: what is wrong with a chunk is thrown at once. */
  private write(chunk: Uint8Array): Promise<void> {
    if (this.state === 'over') console.error('A write() came when the response was over.')
    return Promise.resolve(this.state === 'over' ? undefined : this.send(chunk))
  }

  private sendHead(): Promise<void> | undefined {
    if (this.wasHeadSent) return undefined
    if (this.begun === null) throw notStarted()
    this.wasHeadSent = true
    if (this.state === 'open') this.state = 'sending'
    const { status, headers } = this.begun
    const all = completeHeaders([...this.framing.headersFor(status, headers), ...headers], new Date())
    return this.sink.write(formatHead(status, all))
  }
}
