// Somebody who has nothing to do with the attack, in a thread of their own: asks for a page every now and then, each
// time on a new connection, and remembers how long the longest answer took.
import { connect } from 'node:net'
import { parentPort } from 'node:worker_threads'

const REQUEST = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'
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
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
  parentPort.postMessage(mine)
}

/** The status of an answer; undefined when none came. */
function ask(to) {
  return new Promise((resolve) => {
    const socket = connect(to, '127.0.0.1')
    let came = ''
    socket.setTimeout(PATIENCE, () => socket.destroy())
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      came += chunk
      if (came.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => {
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(came) ?? []
      resolve(status)
    })
    socket.write(REQUEST)
  })
}
