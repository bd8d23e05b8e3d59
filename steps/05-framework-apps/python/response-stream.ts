// The response as the server iterates it. What Python has sent waits here until the server takes it; the server waits
// here for what Python has not sent.

import type { Header, StartResponse } from '#wsgi'

interface Head {
  status: string
  headers: Header[]
  /** Why the head of before does not hold any more. */
  error?: Error
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array>): void
  reject(error: unknown): void
}

export class ResponseStream implements AsyncIterator<Uint8Array> {
  /** Nothing further will come. */
  isEnded = false
  readonly #startResponse: StartResponse
  readonly #onTaken: (size: number) => void
  #head: Head | undefined
  #chunks: Buffer[] = []
  #error: unknown
  #waiting: Waiting | undefined

  /** `onTaken` is told of each chunk that the server takes. */
  constructor(startResponse: StartResponse, onTaken: (size: number) => void) {
    this.#startResponse = startResponse
    this.#onTaken = onTaken
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#serve()
    })
  }

  /** The head, and the first bytes. startResponse is called from within `next`: what it throws, `next` rejects with. */
  begin(head: Head, first: Buffer, isWhole: boolean): void {
    this.#head = head
    if (first.length > 0) this.#chunks.push(first)
    this.isEnded = isWhole
    this.#serve()
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#serve()
  }

  /** With an error, `next` rejects once what came before has been taken. */
  end(error?: unknown): void {
    this.isEnded = true
    this.#error = error
    this.#serve()
  }

  /** Another response takes the place of what has not been taken. If its head has gone, `next` rejects. */
  replace(head: Head, page: Buffer): void {
    this.#chunks = []
    this.begin(head, page, true)
  }

  /** Nobody wants it any more: whoever waits is told that it has ended. */
  drop(): void {
    this.#head = undefined
    this.#chunks = []
    this.end()
  }

  /** Gives whoever waits what there is. */
  #serve(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    try {
      this.#takeHead()
    } catch (error) {
      this.#waiting = undefined
      waiting.reject(error)
      return
    }
    const chunk = this.#chunks.shift()
    if (chunk === undefined && !this.isEnded) return
    this.#waiting = undefined
    if (chunk !== undefined) {
      this.#onTaken(chunk.length)
      waiting.resolve({ done: false, value: chunk })
    } else if (this.#error === undefined) waiting.resolve({ done: true, value: undefined })
    else waiting.reject(this.#error)
  }

  #takeHead(): void {
    const head = this.#head
    this.#head = undefined
    if (head !== undefined) this.#startResponse(head.status, head.headers, head.error)
  }
}
