// Floor 7: a connection carries many requests.

import { application as counts } from '#given/07-keep-alive/counts.ts'
import type { Application } from '#wsgi'
import { listen, type Address, type Listener } from '../01-echo-socket/listener.ts'
import { attend } from '../02-request-line/attend.ts'
import { ByteReader } from '../02-request-line/byte-reader.ts'
import { endsOf, readEnviron } from '../03-environ/server.ts'
import { printing } from '../04-start-response/server.ts'
import { bodyLimits, type BodyLimits } from '../06-request-body/limits.ts'
import { answerAll } from './exchange.ts'

export interface ServerOptions extends Address {
  /** Without one, a page that counts the requests of its connection. */
  application?: Application
  limits?: Partial<BodyLimits>
}

export async function startServer(options: ServerOptions): Promise<Listener> {
  const { application = counts, limits, ...address } = options
  const merged = { ...bodyLimits, ...limits }
  const listener = await listen(address, (socket) => {
    void attend(socket, (connection) => {
      const reader = new ByteReader(() => connection.read())
      const ends = endsOf(connection, address.host, listener.port)
      let number = 0
      const readNext = async () => {
        const environ = await readEnviron(reader, merged, ends)
        if (environ !== null) environ['wsgi_workshop.request_number'] = ++number
        return environ
      }
      const sink = printing(connection)
      return answerAll(readNext, { application, reader, sink, client: connection, limits: merged })
    })
  })
  return listener
}
