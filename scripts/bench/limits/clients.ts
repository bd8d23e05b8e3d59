// The clients of `npm run bench limits`, and what they send.
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'

/** A request without its end. */
export const BEGUN = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n'

/** A connection whose errors whoever waits for it hears of, and nobody else. */
export async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** The answer to a request over a connection of its own. */
export async function answerTo(port: number, path: string): Promise<IncomingMessage> {
  const asked = request({ port, host: '127.0.0.1', path, agent: false }).end()
  const [response] = await once(asked, 'response')
  return response
}
