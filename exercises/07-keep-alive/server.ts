// Floor 7: a connection carries many requests.

import { application as counts } from '#given/07-keep-alive/counts.ts'
import type { Application } from '#wsgi'
import type { Address, Listener } from '../01-echo-socket/listener.ts'
import { readEnviron, readerOf } from '../03-environ/server.ts'
import { listenAndPrint, printing } from '../04-start-response/server.ts'
import { bodyLimits, type BodyLimits } from '../06-request-body/limits.ts'
import { answerAll } from './exchange.ts'

export interface ServerOptions extends Address {
  /** Without one, a page that counts the requests of its connection. */
  application?: Application
  limits?: Partial<BodyLimits>
}

export function startServer(options: ServerOptions): Promise<Listener> {
  const { application = counts, limits, ...address } = options
  const merged = { ...bodyLimits, ...limits }
  return listenAndPrint(address, (connection, ends) => {
    const reader = readerOf(connection)
    let number = 0
    const readNext = async () => {
      const environ = await readEnviron(reader, merged, ends)
      if (environ !== null) environ['wsgi_workshop.request_number'] = ++number
      return environ
    }
    const sink = printing(connection)
    return answerAll(readNext, { application, reader, sink, client: connection, limits: merged })
  })
}
