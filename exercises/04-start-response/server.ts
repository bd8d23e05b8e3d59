// Floor 4: a server that runs a WSGI application. `< ` on the terminal is what came in, `> ` what went out.

import { application as hello } from '#given/04-start-response/hello.ts'
import { offerSignal } from '#given/04-start-response/client-signal.ts'
import type { Application } from '#wsgi'
import type { Connection } from '#given/01-echo-socket/connection.ts'
import type { Address, Listener } from '../01-echo-socket/listener.ts'
import { printLines } from '../02-request-line/transcript.ts'
import { headLimits, type HeadLimits } from '../03-environ/limits.ts'
import { listenAndAttend, readEnviron, readerOf, type Converse } from '../03-environ/server.ts'
import { Response, type Sink } from './response.ts'
import { runApplication } from './run-application.ts'

export interface ServerOptions extends Address {
  /** Without one, a small page says hello. */
  application?: Application
  limits?: Partial<HeadLimits>
}

export function startServer(options: ServerOptions): Promise<Listener> {
  const { application = hello, limits, ...address } = options
  const merged = { ...headLimits, ...limits }
  return listenAndPrint(address, async (connection, ends) => {
    const environ = await readEnviron(readerOf(connection), merged, ends)
    if (environ === null) return
    const offer = offerSignal(environ, connection)
    await runApplication(application, environ, new Response(printing(connection)), connection)
    offer.withdraw()
  })
}

/** As listenAndAttend; the answer to an error is printed like any other. */
export function listenAndPrint(address: Address, converse: Converse): Promise<Listener> {
  return listenAndAttend(address, converse, { outletOf: printing })
}

/** Characters of one write that are worth a place on the terminal. */
const PRINTED = 1000

/** The connection as a sink that also prints what goes out. */
export function printing(connection: Connection): Sink {
  return {
    flush: () => connection.flush(),
    write: (bytes) => {
      const text =
        typeof bytes === 'string' ? bytes : Buffer.from(bytes.subarray(0, PRINTED)).toString('latin1')
      if (text !== '' && !connection.isGone) printLines('> ', text.slice(0, PRINTED))
      return connection.write(bytes)
    },
  }
}
