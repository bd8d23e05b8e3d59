// A correct step 4 in another style: a run is an object, the client's going a promise that every wait is raced against.

import type { Application, Body, Environ, Status } from '#wsgi'
import { HttpError, reasonOf } from '#given/02-request-line/http-error.ts'
import { report } from '#given/02-request-line/report.ts'
import { notABody } from '#given/04-start-response/faults.ts'
import type { Response } from './response.ts'

export interface Client {
  readonly isGone: boolean
  onGone(listener: () => void): () => void
  destroy(): void
}

type Chunks = Iterator<Uint8Array> | AsyncIterator<Uint8Array>

const GONE = Symbol('gone')

export function runApplication(
  application: Application,
  environ: Environ,
  response: Response,
  client: Client,
): Promise<void> {
  return new Run(application, environ, response, client).toItsEnd()
}

class Run {
  private readonly application: Application
  private readonly environ: Environ
  private readonly response: Response
  private readonly client: Client
  private readonly title: string
  private readonly isHead: boolean
  private readonly gone: Promise<typeof GONE>
  private forget = () => {}
  private body: Body | undefined

  constructor(application: Application, environ: Environ, response: Response, client: Client) {
    this.application = application
    this.environ = environ
    this.response = response
    this.client = client
    this.title = `${environ.REQUEST_METHOD} ${String(environ['REQUEST_URI'] ?? environ.PATH_INFO)}`
    this.isHead = environ.REQUEST_METHOD === 'HEAD'
    this.gone = new Promise((resolve) => {
      if (client.isGone) resolve(GONE)
      else this.forget = client.onGone(() => resolve(GONE))
    })
  }

  async toItsEnd(): Promise<void> {
    try {
      await this.serve()
    } catch (error) {
      await this.excuse(error)
    }
    this.forget()
    await this.close()
  }

  private async serve(): Promise<void> {
    const given: unknown = await this.application(this.environ, this.response.startResponse)
    if (!isBody(given)) throw notABody(given)
    this.body = given
    if (Array.isArray(given) && !this.isHead) {
      let length = 0
      for (const chunk of given) length += chunk instanceof Uint8Array ? chunk.length : 0
      this.response.declareLength(length)
    }
    if (await this.pour(iteratorOf(given))) await this.response.finish()
  }

  /** Whether the body came to its end before the client left. */
  private async pour(chunks: Chunks): Promise<boolean> {
    let isOver = false
    try {
      while (!this.client.isGone) {
        const next = await Promise.race([this.gone, chunks.next()])
        if (next === GONE) return false
        if (next.done === true) return (isOver = true)
        await this.response.send(next.value)
      }
      return false
    } finally {
      if (!isOver) void this.leave(chunks)
    }
  }

  private async leave(chunks: Chunks): Promise<void> {
    try {
      await chunks.return?.()
    } catch (error) {
      report('A body did not like to be left', error)
    }
  }

  private async excuse(error: unknown): Promise<void> {
    const isClients = error instanceof HttpError
    if (!isClients) report(`The application failed on ${this.title}`, error)
    if (!this.response.reset()) {
      this.client.destroy()
      return
    }
    const status: Status = isClients
      ? `${error.status} ${reasonOf(error.status)}`
      : '500 Internal Server Error'
    const bytes = Buffer.from(isClients ? `${error.message}\n` : 'Something went wrong here.\n')
    this.response.startResponse(status, [['Content-Type', 'text/plain; charset=utf-8']])
    this.response.declareLength(bytes.length)
    await this.response.send(bytes)
    await this.response.finish()
  }

  private async close(): Promise<void> {
    try {
      await this.body?.close?.()
    } catch (error) {
      report('A body could not be closed', error)
    }
  }
}

function iteratorOf(body: Body): Chunks {
  return Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]()
}

function isBody(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  return Symbol.asyncIterator in value || Symbol.iterator in value
}
