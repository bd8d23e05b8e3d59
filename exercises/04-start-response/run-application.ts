// Runs an application for one request: calls it, sends its body, closes it, and answers for its faults.

import { todo } from '#given/kit/todo.ts'
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
  // TODO 4.2: Call the application, send each chunk of what it returns with `response.send`, then `response.finish`.
  // TODO 4.5: Whatever it throws goes to `answerFault`, with `request`.
  // TODO 4.6: In the end, however it comes, `closeBody`.
  // TODO 4.7: The application may return a promise, and a body whose chunks are promised: `for await`.
  // TODO 4 strict: Check what was returned with `checkBody`. For a list of chunks, `response.declareLength` before sending
  //   (but not for HEAD, whose body is not the one that the length is about).
  // TODO 4 strict: Stop when the client has gone, even while a chunk is still awaited.
  todo(4, 2)
}

/** Says on the terminal what went wrong. The client gets a 500, or a cut connection if the head has gone. */
async function answerFault(
  error: unknown,
  request: string,
  response: Response,
  client: Client,
): Promise<void> {
  if (!(error instanceof HttpError)) report(`The application failed on ${request}`, error)
  // TODO 4.5: If `response.reset()` says that nothing has been sent, send a page of your own: `pageFor(error)` has its
  //   status and its text. The client must not learn what went wrong.
  // TODO 4 strict: If the head has gone, cut the connection: `client.destroy()`.
  todo(4, 5)
}

/** A 500; but from step 6 on, what an application reads may be the client's fault, which has a status of its own. */
function pageFor(error: unknown): { status: Status; text: string } {
  if (!(error instanceof HttpError))
    return { status: '500 Internal Server Error', text: 'The application failed.\n' }
  return { status: `${error.status} ${reasonOf(error.status)}`, text: `${error.message}\n` }
}

/** Calls the body's `close`, if it has one (PEP 3333, "Specification Details"). */
async function closeBody(body: Body | undefined): Promise<void> {
  // TODO 4.6: Call `close` on the body where there is one.
  // TODO 4 strict: A `close` that throws must not hurt the server: tell the terminal, with `report`.
  todo(4, 6)
}

/** Throws a ContractError unless this can be iterated for bytes. */
function checkBody(body: unknown): asserts body is Body {
  // TODO 4 strict: A list or another iterable, synchronous or not. A string or a Buffer is one too, but of the wrong things.
}
