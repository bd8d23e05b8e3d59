// One request and its answer, and whether another may follow on the same connection.

import { todo } from '#given/kit/todo.ts'
import { offerSignal } from '#given/04-start-response/client-signal.ts'
import type { Application, Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { Response, type Sink } from '../04-start-response/response.ts'
import { runApplication, type Client } from '../04-start-response/run-application.ts'
import type { RequestInput } from '../06-request-body/input.ts'
import type { BodyLimits } from '../06-request-body/limits.ts'
import { openBody } from '../06-request-body/open-body.ts'
import { MessageFraming } from './framing.ts'

/** What an exchange needs beside its request. */
export interface Exchange {
  application: Application
  reader: ByteReader
  sink: Sink
  client: Client
  limits: BodyLimits
  /** Whether the server is content to take another request on this connection. */
  mayPersist?: () => boolean
}

/** Answers one request; then tells whether another may follow. Throws an HttpError when the body cannot be told. */
export async function answer(environ: Environ, exchange: Exchange): Promise<boolean> {
  const { application, reader, sink, client, limits, mayPersist = () => true } = exchange
  const framing = new MessageFraming(environ, () => mayPersist() && !input.isLost)
  const response = new Response(sink, framing)
  const input: RequestInput = openBody(environ, reader, limits, async () => {
    if (!response.headSent) await sink.write('HTTP/1.1 100 Continue\r\n\r\n')
  })
  const offer = offerSignal(environ, client)
  await runApplication(application, environ, response, client)
  offer.withdraw()
  // TODO 7.2: Another may follow if `framing.persists`.
  // TODO 7 strict: Not if the client has gone (`client.isGone`): nobody waits any more for what it had sent ahead.
  // TODO 7 strict: Not if any of this one's body is left: it would be taken for a request.
  //   `input.drain(limits.unread)` reads past it, and promises to say whether that worked. Do not drain where the
  //   connection ends anyway: the client may never send the rest.
  todo(7, 2)
}

/** Answers requests one after the other, in their order, until there is none or the connection is of no more use. */
export async function answerAll(readNext: () => Promise<Environ | null>, exchange: Exchange): Promise<void> {
  // TODO 7.2: Read a request with `readNext`, and `answer` it. Again, until one gives null or the other false.
  //   (This move has two more places: the end of `answer`, above, and `headersFor` in framing.ts.)
  todo(7, 2)
}
