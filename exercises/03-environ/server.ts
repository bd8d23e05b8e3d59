// Floor 3: a server that shows the environ of the very request it answers.

import type { Socket } from 'node:net'
import { environTable } from '#given/03-environ/environ-table.ts'
import type { Environ } from '#wsgi'
import type { Connection } from '#given/01-echo-socket/connection.ts'
import { listen, type Address, type Listener } from '../01-echo-socket/listener.ts'
import { attend, type Outlet } from '../02-request-line/attend.ts'
import { ByteReader } from '../02-request-line/byte-reader.ts'
import { page } from '../02-request-line/page.ts'
import { readRequestLine } from '../02-request-line/request-line.ts'
import { printLines } from '../02-request-line/transcript.ts'
import { buildEnviron, type Ends } from './environ.ts'
import { readFields } from './fields.ts'
import { headLimits, type HeadLimits } from './limits.ts'

export interface ServerOptions extends Address {
  limits?: Partial<HeadLimits>
}

export function startServer({ limits, ...address }: ServerOptions): Promise<Listener> {
  const merged = { ...headLimits, ...limits }
  return listenAndAttend(address, async (connection, ends) => {
    const environ = await readEnviron(readerOf(connection), merged, ends)
    if (environ !== null) await connection.write(page(200, environTable(environ)))
  })
}

/** A conversation on a connection, whose ends are known. */
export type Converse = (connection: Connection, ends: Ends) => Promise<void>

/** What a floor may add to the way in which connections are attended. */
export interface Manners {
  /** Whether a connection is served at all. */
  letIn?: (socket: Socket) => boolean
  /** Where the answer to an error is written. */
  outletOf?: (connection: Connection) => Outlet
}

/** Listens, and lets `converse` have its conversation on each new connection that is let in: so begin all floors from here on. */
export function listenAndAttend(
  { host, port }: Address,
  converse: Converse,
  { letIn, outletOf }: Manners = {},
): Promise<Listener> {
  return listen({ host, port }, (socket) => {
    if (letIn?.(socket) === false) return
    // Not that of the listener: where several processes share a port, clients may come before `listen` has settled.
    const { localPort: serverPort = port } = socket
    const begin = (connection: Connection) => {
      const { remoteAddress, remotePort } = connection
      return converse(connection, { serverName: host, serverPort, remoteAddress, remotePort })
    }
    void attend(socket, begin, outletOf)
  })
}

export function readerOf(connection: Connection): ByteReader {
  return new ByteReader(() => connection.read())
}

/** Reads the head of a request and tells its lines; null when the client left without a word. */
export async function readEnviron(
  reader: ByteReader,
  limits: HeadLimits,
  ends: Ends,
  tell: typeof printLines | null = printLines,
): Promise<Environ | null> {
  const request = await readRequestLine(reader, limits)
  if (request === null) return null
  tell?.('< ', `${request.method} ${request.target} ${request.version}`)
  const fields = await readFields(reader, limits)
  if (tell !== null) for (const [name, value] of fields) tell('< ', `${name}: ${value}`)
  tell?.('< ', '')
  return buildEnviron(request, fields, ends)
}
