// Floor 2: a server that reads the request-line and answers in a sentence.

import { listen, type Address, type Listener } from '../01-echo-socket/listener.ts'
import { attend } from './attend.ts'
import { converse } from './conversation.ts'
import { requestLineLimits, type RequestLineLimits } from './limits.ts'

export interface ServerOptions extends Address {
  limits?: Partial<RequestLineLimits>
}

export function startServer({ limits, ...address }: ServerOptions): Promise<Listener> {
  const merged = { ...requestLineLimits, ...limits }
  return listen(address, (socket) => void attend(socket, (connection) => converse(connection, merged)))
}
