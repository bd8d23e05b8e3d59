// Floor 6: the server of floor 4, whose applications can read the body of a request.

import { offerSignal } from '#given/04-start-response/client-signal.ts'
import { application as forms } from '#given/06-request-body/forms.ts'
import type { Application } from '#wsgi'
import type { Address, Listener } from '../01-echo-socket/listener.ts'
import { readEnviron, readerOf } from '../03-environ/server.ts'
import { Response } from '../04-start-response/response.ts'
import { runApplication } from '../04-start-response/run-application.ts'
import { listenAndPrint, printing } from '../04-start-response/server.ts'
import { bodyLimits, type BodyLimits } from './limits.ts'
import { openBody } from './open-body.ts'

export interface ServerOptions extends Address {
  /** Without one, a page with two forms. */
  application?: Application
  limits?: Partial<BodyLimits>
}

export function startServer(options: ServerOptions): Promise<Listener> {
  const { application = forms, limits, ...address } = options
  const merged = { ...bodyLimits, ...limits }
  return listenAndPrint(address, async (connection, ends) => {
    const reader = readerOf(connection)
    const environ = await readEnviron(reader, merged, ends)
    if (environ === null) return
    const sink = printing(connection)
    const response = new Response(sink)
    openBody(environ, reader, merged, async () => {
      if (!response.headSent) await sink.write('HTTP/1.1 100 Continue\r\n\r\n')
    })
    const offer = offerSignal(environ, connection)
    await runApplication(application, environ, response, connection)
    offer.withdraw()
  })
}
