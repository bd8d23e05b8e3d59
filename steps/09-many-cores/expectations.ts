// How this suite looks at a server that is about to stop, and at one that is several processes.

import { get as httpGet } from 'node:http'
import { Failure, wireFailure } from '#given/kit/failure/failure.ts'
import { listensOn, type Server } from '#given/kit/host/server.ts'
import type { WireClient } from '#given/kit/wire/client.ts'
import { PATIENCE, Patience } from '#given/kit/wire/patience.ts'

/** ms that several processes may take to start, to stop, or to be replaced. */
const LONG_PATIENCE = 8 * PATIENCE
/** Requests at a time. */
const CLIENTS = 16

/** Fails unless the server takes no new connections, from about now on. */
export async function takesNobodyNew(server: Server): Promise<void> {
  for (const patience = new Patience(server.turns); !(await patience.isOver());)
    if (!(await listensOn(server.port))) return
  throw new Failure('stop() was called 1 s ago, and the server still takes new connections.')
}

/** Fails if the connection of this client is over. `why`: what it still has to expect. */
export function isKept(client: WireClient, why: string): void {
  if (client.ended || client.closed)
    throw wireFailure(`stop() ended the connection of a client that waits.\n${why}`, client.scene)
}

/** Fails if what was begun has settled already. */
export async function isNotOver(server: Server, why: string): Promise<void> {
  await server.notices()
  if (await server.isOver()) throw new Failure(`stop() settled too early.\n${why}`)
}

/** Fails unless what was begun settles soon. */
export async function isOver(server: Server, why: string, ms = PATIENCE): Promise<void> {
  const patience = new Patience(server.turns, ms)
  while (!(await patience.isOver())) if (await server.isOver()) return
  throw new Failure(`stop() had not settled after ${ms / 1000} s.\n${why}`)
}

/** Fails unless there are soon no more timers than before. */
export async function leavesNoTimer(count: () => Promise<number>, before: number): Promise<void> {
  let left = 0
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline;) {
    left = (await count()) - before
    if (left <= 0) return
  }
  throw new Failure(
    `stop() has settled, and left timers behind: ${left}. A process that has anything to wait for does not end.`,
  )
}

/** Fails unless all processes of the server have ended soon. */
export async function haveEnded(server: Server, pids: Set<number>): Promise<void> {
  await isOver(server, `It has ${pids.size} processes, and none of them has anything to do.`, LONG_PATIENCE)
  for (const pid of pids)
    if (lives(pid)) throw new Failure(`stop() has settled, and process ${pid} of the server is still there.`)
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Asks for the server's own page until so many processes have answered, and gives their numbers. */
export async function processesThatAnswer({ port }: Server, count: number): Promise<Set<number>> {
  const pids = new Set<number>()
  for (const deadline = Date.now() + LONG_PATIENCE; pids.size < count && Date.now() < deadline;) {
    // Many at a time: as long as one process does it all, the others need not.
    const pages = await Promise.all(Array.from({ length: CLIENTS }, () => fetchPage(port)))
    for (const page of pages) pids.add(pidIn(page))
  }
  if (pids.size === count) return pids
  const came = `${LONG_PATIENCE / 1000} s long all pages came from ${pids.size} of them.`
  throw new Failure(`The server should have ${count} processes, and ${came}`)
}

function pidIn(page: string): number {
  const pid = /[Pp]rocess (\d+)/.exec(page)?.[1]
  if (pid !== undefined) return Number(pid)
  throw new Failure(`The server's own page does not say which process gave it:\n${page}`)
}

/** A page over a new connection, as Node's own client gets it. */
function fetchPage(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Failure(`http.get() of Node failed: ${error.message}`))
    const asked = httpGet({ host: '127.0.0.1', port, agent: false, timeout: LONG_PATIENCE }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve(text))
      response.on('error', fail)
    })
    asked.on('timeout', () => asked.destroy(new Error(`nothing came for ${LONG_PATIENCE / 1000} s`)))
    asked.on('error', fail)
  })
}
