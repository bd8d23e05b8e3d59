// The server that `npm run bench limits` measures, in a process of its own, and how it is reached.
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { MeasuredHost } from '../../attack/measured-host.ts'
import type { Step } from '../../lib/catalogue.ts'

/** What is measured, and what a measurement may do. */
export interface Target {
  step: Step
  /** The path of its server.ts. */
  server: string
  isSolution: boolean
  /** Aborted when a measurement is over or has taken too long: then nothing of it may go on. */
  over: AbortSignal
  /** Says in a sentence what this machine did not allow. */
  note: (sentence: string) => void
}

const application = {
  file: fileURLToPath(new URL('../servers/application.ts', import.meta.url)),
  name: 'app',
}
export const MB = 2 ** 20

export type Started = Awaited<ReturnType<typeof start>>

/** It ends when the measurement is over. */
export async function start({ server, over }: Target, limits: Record<string, number> = {}) {
  const host = new MeasuredHost()
  over.addEventListener('abort', () => void host.end())
  return { host, port: await host.start({ server, limits, application }) }
}

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
