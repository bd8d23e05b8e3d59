// Floor 8: a server that no client can keep from serving the others.

import { Crowd } from '#given/08-hostile-clients/crowd.ts'
import { believeProxy } from '#given/08-hostile-clients/proxy.ts'
import { application as weather } from '#given/08-hostile-clients/weather.ts'
import type { Application } from '#wsgi'
import type { Connection } from '#given/01-echo-socket/connection.ts'
import type { Address, Listener } from '../01-echo-socket/listener.ts'
import { ByteReader } from '../02-request-line/byte-reader.ts'
import type { Ends } from '../03-environ/environ.ts'
import { listenAndAttend, readEnviron } from '../03-environ/server.ts'
import { answerAll } from '../07-keep-alive/exchange.ts'
import { Deadlines } from './deadlines.ts'
import { serverLimits, type ServerLimits } from './limits.ts'
import { turn } from './turn.ts'

export interface ServerOptions extends Address {
  /** Without one, a page about the weather in here. */
  application?: Application
  limits?: Partial<ServerLimits>
  /** Addresses of proxies whose X-Forwarded headers are believed. */
  trusted?: string[]
}

export async function startServer(options: ServerOptions): Promise<Listener> {
  const { application = weather, limits, trusted = [], ...address } = options
  return listenFor({ application, limits: { ...serverLimits, ...limits }, trusted }, address)
}

/** Listens at `address` on behalf of `service`. */
export function listenFor(service: Service, address: Address): Promise<Listener> {
  const crowd = new Crowd(service.limits)
  const serve = (connection: Connection, ends: Ends) => serveConnection(connection, ends, service)
  return listenAndAttend(address, serve, { letIn: crowd.letIn })
}

/** What all connections share. */
export interface Service {
  application: Application
  limits: ServerLimits
  trusted: string[]
  /** Whether the server is content to take another request on a connection. */
  mayPersist?: () => boolean
  /** The deadlines of each connection that there is. */
  sessions?: Set<Deadlines>
}

/** ms that one client may be served before others are looked at: not each request is worth a turn. */
const TURN = 1

/** Answers what a client asks, on its connection, until it has no more to ask or no more time. */
export async function serveConnection(connection: Connection, ends: Ends, service: Service): Promise<void> {
  const { limits, trusted, sessions } = service
  const deadlines = new Deadlines(connection, limits)
  const reader = new ByteReader(deadlines.more)
  let requests = 0
  let turnEnds: number | undefined
  const readNext = async () => {
    // Whoever sends many requests at once has to let the others in between them, like everybody else.
    const isAhead = !reader.isEmpty
    if (!isAhead) turnEnds = undefined
    else if (performance.now() > (turnEnds ??= performance.now() + TURN)) {
      await turn()
      turnEnds = undefined
    }
    deadlines.expectHead(isAhead)
    const environ = await readEnviron(reader, limits, ends, null)
    deadlines.headIsOver()
    requests++
    if (environ !== null) believeProxy(environ, trusted)
    return environ
  }
  const mayPersist = () => requests < limits.requests && (service.mayPersist?.() ?? true)
  sessions?.add(deadlines)
  connection.onGone(() => {
    sessions?.delete(deadlines)
    deadlines.end()
  })
  await answerAll(readNext, { ...service, mayPersist, reader, sink: deadlines, client: connection })
}
