// What a connection costs on which nothing happens.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Contestant } from '../servers/contestants.ts'
import type { Curve } from './growth.ts'
import { get, makeMany } from '../limits/clients.ts'
import { memoryOf, treeOf } from '../machine/proc.ts'
import { tell, type Stable } from './rounds.ts'

const IDLE = 2000

/** KB of a connection on which one request has been answered, and which is kept. */
export async function idleCurve(servers: Contestant[], stable: Stable): Promise<Curve> {
  const values: Curve['values'] = []
  for (const server of servers) {
    tell(`idle connections: ${server.name}`)
    const { pid, port } = await stable.start(server)
    const memory = () => memoryOf(treeOf(pid))
    // What the first requests cost is not the connections' cost.
    await leaveAll(await makeMany(200, () => askedOnce(port)))
    const before = memory()
    const sockets = await makeMany(IDLE, () => askedOnce(port))
    const after = memory()
    await leaveAll(sockets)
    const known = before !== undefined && after !== undefined
    values.push({ name: server.name, at: [known ? (after - before) / 1024 / IDLE : undefined] })
  }
  return { title: 'Memory of an idle connection, of so many', unit: 'KB', sizes: [IDLE], values, notes: [] }
}

async function askedOnce(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.write(get('/hello'))
  const [answer] = await once(socket, 'data')
  if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error('a connection was turned away')
  return socket
}

async function leaveAll(sockets: Socket[]): Promise<void> {
  const closed = sockets.map((socket) => once(socket, 'close'))
  for (const socket of sockets) socket.destroy()
  await Promise.all(closed)
}
