// Handlers other than echo(), given to the learner's listen(): what later steps will ask of it. They run beside the
// tests, since a handler cannot be sent to the thread that the server under test has to itself.

import { showBytes } from '#given/kit/bytes.ts'
import { Failure } from '#given/kit/failure.ts'
import { WireClient } from '#given/kit/wire.ts'
import { listen, type ConnectionHandler } from '#server/01-echo-socket/listener.ts'

/** Fails unless a handler may answer a moment after the client has finished sending. */
export async function handlersMayAnswerLate(): Promise<void> {
  const answer = await answerOf((socket) => {
    // An answer that cannot be sent any more is what we look for, not a crash.
    socket.on('error', () => {})
    socket.on('end', () => setImmediate(() => socket.end('a late answer')))
    socket.resume()
  })
  if (answer === 'a late answer') return
  throw new Failure(
    'Another handler than echo() was given to listen(). It answers a moment after the client has finished\n' +
      `sending. The client should have got\n  a late answer\nand got\n${showBytes(answer)}\n` +
      'Our half of the connection was ended too early: listen() has to leave that to the handler, and echo()\n' +
      'then has to end its own.',
  )
}

/** Whether somebody listens for `error` on a socket whose handler does not. */
export async function looksAfterErrors(): Promise<boolean> {
  const listeners = await answerOf((socket) => {
    socket.resume()
    setImmediate(() => socket.end(String(socket.listenerCount('error'))))
  })
  return listeners !== '0'
}

/** Talks once to a server of its own that has this handler. */
async function answerOf(handler: ConnectionHandler): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0 }, handler)
  const client = await WireClient.open(listener.port, { step: 1 })
  try {
    await client.send('a question')
    client.finish()
    await client.until(() => client.ended)
    return client.received.toString('latin1')
  } finally {
    client.leave()
    await listener.close()
  }
}
