// Somebody who has nothing to do with the attack, in a thread of their own: asks for a page every now and then, each
// time on a new connection, and remembers how long the longest answer took.
import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'

/** ms between an answer and the next request, and after which an answer counts as one that will not come. */
const PAUSE = 20
const PATIENCE = 3000

/** What is being asked; its `isOver` ends that. */
let round = { isOver: true }

parentPort.on('message', ({ port }) => {
  round.isOver = true
  if (port === undefined) return
  round = { port, statuses: {}, worst: 0, lost: 0, isOver: false }
  void goOn(round)
})

async function goOn(mine) {
  while (!mine.isOver) {
    const began = performance.now()
    const status = await ask(mine.port)
    mine.worst = Math.max(mine.worst, performance.now() - began)
    if (status === undefined) mine.lost++
    else mine.statuses[status] = (mine.statuses[status] ?? 0) + 1
    await after(PAUSE)
  }
  parentPort.postMessage(mine)
}

/** The status of an answer; undefined when none came. */
async function ask(port) {
  const signal = AbortSignal.timeout(PATIENCE)
  const asked = get({ port, host: '127.0.0.1', agent: false, signal })
  try {
    const [{ statusCode }] = await once(asked, 'response')
    return statusCode
  } catch {
    return undefined
  } finally {
    asked.destroy()
  }
}
