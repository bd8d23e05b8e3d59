// Runs an application for one request: calls it, sends its body, closes it, and answers for its faults.

import { isUint8Array } from 'node:util/types'
import type { Application, Body, Environ, Status } from '#wsgi'
import { HttpError, reasonOf } from '#given/02-request-line/http-error.ts'
import { report } from '#given/02-request-line/report.ts'
import { notABody } from '#given/04-start-response/faults.ts'
import type { Response } from './response.ts'

/** The client, as far as an application's run depends on it. */
export interface Client {
  readonly isGone: boolean
  /** Calls `listener` once the client has gone. Gives back a function that removes it. */
  onGone(listener: () => void): () => void
  /** Cuts the connection off, so that a broken body does not pass for a whole one. */
  destroy(): void
}

/** Never rejects: an application's fault is answered with a 500, and told on the terminal. */
export async function runApplication(
  application: Application,
  environ: Environ,
  response: Response,
  client: Client,
): Promise<void> {
  // Taken now, since the application may change its environ.
  const request = `${environ.REQUEST_METHOD} ${String(environ['REQUEST_URI'] ?? environ.PATH_INFO)}`
  //> 4.2 Call the application, send each chunk of what it returns with `response.send`, then `response.finish`.
  //> 4.5+ Whatever it throws goes to `answerFault`, with `request`.
  //> 4.6+ In the end, however it comes, `closeBody`.
  //> 4.7+ The application may return a promise, and a body whose chunks are promised: `for await`.
  //> 4.S Check what was returned with `checkBody`. For a list of chunks, `response.declareLength` before sending
  //> (but not for HEAD, whose body is not the one that the length is about).
  //> 4.S Stop when the client has gone, even while a chunk is still awaited.
  const isHead = environ.REQUEST_METHOD === 'HEAD'
  let body: Body | undefined
  try {
    // Only what is a promise is awaited: an `await` costs time even where there is nothing to wait for.
    const returned = application(environ, response.startResponse)
    body = Array.isArray(returned) ? returned : await returned
    checkBody(body)
    if (Array.isArray(body)) {
      if (!isHead) response.declareLength(lengthOf(body))
      // A list is there as a whole: only the client can keep us waiting.
      for (const chunk of body) {
        const room = client.isGone ? undefined : response.send(chunk)
        if (room !== undefined) await room
      }
    } else await sendBody(body, response, client)
    const rest = client.isGone ? undefined : response.finish()
    if (rest !== undefined) await rest
  } catch (error) {
    await answerFault(error, request, response, client)
  } finally {
    if (body?.close !== undefined) await closeBody(body)
  }
  //<
}

/** Says on the terminal what went wrong. The client gets a 500, or a cut connection if the head has gone. */
async function answerFault(
  error: unknown,
  request: string,
  response: Response,
  client: Client,
): Promise<void> {
  if (!(error instanceof HttpError)) report(`The application failed on ${request}`, error)
  //> 4.5 If `response.reset()` says that nothing has been sent, send a page of your own: `pageFor(error)` has its
  //> status and its text. The client must not learn what went wrong.
  //> 4.S If the head has gone, cut the connection: `client.destroy()`.
  if (!response.reset()) return client.destroy()
  const { status, text } = pageFor(error)
  response.startResponse(status, [['Content-Type', 'text/plain; charset=utf-8']])
  const page = Buffer.from(text)
  response.declareLength(page.length)
  await response.send(page)
  await response.finish()
  //<
}

/** A 500; but from step 6 on, what an application reads may be the client's fault, which has a status of its own. */
function pageFor(error: unknown): { status: Status; text: string } {
  if (!(error instanceof HttpError))
    return { status: '500 Internal Server Error', text: 'The application failed.\n' }
  return { status: `${error.status} ${reasonOf(error.status)}`, text: `${error.message}\n` }
}

/** Calls the body's `close`, if it has one (PEP 3333, "Specification Details"). */
async function closeBody(body: Body | undefined): Promise<void> {
  //> 4.6 Call `close` on the body where there is one.
  //> 4.S A `close` that throws must not hurt the server: tell the terminal, with `report`.
  try {
    await body?.close?.()
  } catch (error) {
    report('close() of the body failed', error)
  }
  //<
}

/** Throws a ContractError unless this can be iterated for bytes. */
function checkBody(body: unknown): asserts body is Body {
  //> 4.S A list or another iterable, synchronous or not. A string or a Buffer is one too, but of the wrong things.
  const isObject = typeof body === 'object' && body !== null
  if (isObject && !isUint8Array(body) && (Symbol.iterator in body || Symbol.asyncIterator in body)) return
  throw notABody(body)
  //<
}

//> -
function lengthOf(chunks: unknown[]): number {
  return chunks.reduce<number>((sum, chunk) => sum + (isUint8Array(chunk) ? chunk.length : 0), 0)
}

async function sendBody(body: Body, response: Response, client: Client): Promise<void> {
  const iterator = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]()
  for (;;) {
    const next = await nextUnlessGone(iterator, client)
    if (next.done) break
    try {
      await response.send(next.value)
    } catch (error) {
      void leave(iterator)
      throw error
    }
  }
  if (client.isGone) void leave(iterator)
}

type Chunks = Iterator<Uint8Array> | AsyncIterator<Uint8Array>

/** The next chunk, or the end as soon as the client has gone: an application may be waiting for something for ever. */
function nextUnlessGone(chunks: Chunks, client: Client): Promise<IteratorResult<Uint8Array>> {
  if (client.isGone) return Promise.resolve({ done: true, value: undefined })
  return new Promise((resolve, reject) => {
    const stop = client.onGone(() => resolve({ done: true, value: undefined }))
    Promise.resolve(chunks.next()).then(resolve, reject).finally(stop)
  })
}

/** Lets a generator that is not at its end run its `finally`. On an async one this waits for a chunk, perhaps for ever. */
async function leave(chunks: Chunks): Promise<void> {
  try {
    await chunks.return?.()
  } catch (error) {
    report('The body failed while it was ended', error)
  }
}
//<
