// Floor 3: a server that shows the environ of the very request it answers.

import { environTable } from '#given/03-environ/environ-table.ts'
import type { Environ } from '#wsgi'
import type { Connection } from '../01-echo-socket/connection.ts'
import { listen, type Address, type Listener } from '../01-echo-socket/listener.ts'
import { attend } from '../02-request-line/attend.ts'
import { ByteReader } from '../02-request-line/byte-reader.ts'
import { page } from '../02-request-line/page.ts'
import { readRequestLine } from '../02-request-line/request-line.ts'
import { printLines } from '../02-request-line/transcript.ts'
import { buildEnviron } from './environ.ts'
import { readFields } from './fields.ts'
import { headLimits, type HeadLimits } from './limits.ts'

export interface ServerOptions extends Address {
  limits?: Partial<HeadLimits>
}

export async function startServer({ limits, ...address }: ServerOptions): Promise<Listener> {
  const merged = { ...headLimits, ...limits }
  const listener = await listen(address, (socket) => {
    void attend(socket, async (connection) => {
      const environ = await readEnviron(connection, merged, { host: address.host, port: listener.port })
      if (environ !== null) await connection.write(page(200, environTable(environ)))
    })
  })
  return listener
}

/** Reads a request's head off the connection; null when the client left without a word. */
export async function readEnviron(
  connection: Connection,
  limits: HeadLimits,
  { host, port }: Address,
): Promise<Environ | null> {
  const reader = new ByteReader(() => connection.read())
  const request = await readRequestLine(reader, limits)
  if (request === null) return null
  printLines('< ', `${request.method} ${request.target} ${request.version}`)
  const fields = await readFields(reader, limits)
  for (const [name, value] of fields) printLines('< ', `${name}: ${value}`)
  printLines('< ', '')
  return buildEnviron(request, fields, {
    serverName: host,
    serverPort: port,
    remoteAddress: connection.remoteAddress,
    remotePort: connection.remotePort,
  })
}
