// What a connection costs that is kept, and on which nothing happens.
import { once } from 'node:events'
import { BEGUN, makeMany, open } from './clients.ts'
import { MeasuredServer, type Target } from './server.ts'
import { affordable } from '../machine/describe.ts'
import type { Measured } from '../report/measured.ts'

const IDLE = 10_000
/** Long enough to connect all of them, and to look. */
const IDLE_TIME = 60_000

export async function idle(target: Target): Promise<Measured[]> {
  const count = affordable(IDLE, target.note)
  const most = { connections: count, connectionsPerAddress: count, idleTime: IDLE_TIME }
  const server = await MeasuredServer.start(target, most)
  const before = await server.memory()
  const sockets = await makeMany(count, async () => {
    const socket = await open(server.port)
    socket.write(`${BEGUN}\r\n`)
    const [answer] = await once(socket, 'data')
    if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error('a connection was turned away')
    return socket
  })
  const after = await server.memory()
  const lost = sockets.filter((socket) => socket.readableEnded || socket.destroyed).length
  for (const socket of sockets) socket.destroy()
  if (lost > 0) throw new Error(`${lost} of the connections were closed too early`)
  const what = `memory of a connection, ${count.toLocaleString('en')} idle ones kept alive`
  return [{ what, value: ((after - before) * 1024) / count, unit: 'KB' }]
}
