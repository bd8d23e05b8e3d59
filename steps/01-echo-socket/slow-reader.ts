// Clients that send much and read late: what the kit's wire client, which keeps every byte, is too careful for.

import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import { Failure } from '#given/kit/failure/failure.ts'
import type { WireClient } from '#given/kit/wire/client.ts'

export const MB = 1024 * 1024

/** How long, in ms, a server may take no more bytes before we believe that it reads no further. */
const STALLED = 150
const STUCK = 3000

/** Sends up to `megabytes`, and tells how many were sent when the server took no more for `patience` ms. */
export async function flood(client: WireClient, megabytes: number, patience = STALLED): Promise<number> {
  const megabyte = Buffer.alloc(MB, 'x')
  for (let sent = 0; sent < megabytes; sent++) {
    if (client.socket.write(megabyte)) continue
    if (!(await happens(client, 'drain', patience))) return sent + 1
  }
  return megabytes
}

/** Whether the event comes within `patience` ms. */
async function happens({ socket }: WireClient, event: string, patience: number): Promise<boolean> {
  const comes = once(socket, event).catch(() => {
    throw new Failure('The server cut off a client that sends much and reads slowly.')
  })
  return (await Promise.race([comes, after(patience, 'late', { ref: false })])) !== 'late'
}

/** Fails unless a client that sends much, finishes, and only then begins to read gets it all. */
export async function getsAllBeforeTheEnd(client: WireClient): Promise<void> {
  const sent = 16 * MB
  const count = countFrom(client)
  client.socket.pause()
  client.socket.end(Buffer.alloc(sent, 'x'))
  await happens(client, 'finish', STALLED)
  client.socket.resume()
  await happens(client, 'end', STUCK)
  if (count() === sent) return
  const lack = `A client sent ${sent} bytes, finished, and only then began to read.`
  const missing = `${sent - count()} bytes`
  if (!client.ended)
    throw new Failure(`${lack}\n${missing} had not come after ${STUCK / 1000} s, nor had the end. ${PAUSED}`)
  throw new Failure(`${lack}\n${missing} never came: what still waits has to go out before our end.`)
}
const PAUSED = 'Whoever pauses a\nsocket has to resume it once `drain` says that there is room.'

/** Sends `megabytes`, reads only when the server takes no more, and tells how much memory that cost the server. */
export async function readSlowly(client: WireClient, megabytes: number, memory: () => Promise<number>) {
  const count = countFrom(client)
  client.socket.pause()
  const before = await memory()
  let left = megabytes - (await flood(client, megabytes))
  let most = await memory()
  client.socket.resume()
  for (; left > 0; left -= 20) {
    const wanted = Math.min(20, left)
    if ((await flood(client, wanted, STUCK)) < wanted) throw new Failure(`${STOPPED} ${PAUSED}`)
    most = Math.max(most, await memory())
  }
  client.finish()
  await happens(client, 'end', STUCK)
  return { grown: most - before, echoed: count() }
}
const STOPPED = 'A client that reads again can send no more: the server takes nothing.'

/** Counts what arrives in place of keeping it. */
function countFrom({ socket }: WireClient): () => number {
  let bytes = 0
  socket.removeAllListeners('data')
  socket.on('data', (chunk) => (bytes += chunk.length))
  return () => bytes
}
