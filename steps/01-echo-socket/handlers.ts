// Handlers other than echo(), given to the learner's listen(): what later steps will ask of it. They run beside the
// tests, since a handler cannot be sent to the thread that the server under test has to itself.

import { setTimeout as after } from 'node:timers/promises'
import { showBytes } from '#given/kit/failure/bytes.ts'
import { Failure } from '#given/kit/failure/failure.ts'
import { WireClient } from '#given/kit/wire/client.ts'
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

/** For documentation (RFC 5737): no machine should have it. */
const NOWHERE = '192.0.2.1'

/** Fails unless listen() says of an address that cannot be had which one it is. */
export async function namesItsAddress(): Promise<void> {
  const asked = listen({ host: NOWHERE, port: 0 }, (socket) => socket.end())
  const settled = asked.then(
    (listener) => listener.close(),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const message = await Promise.race([
    settled,
    after(1000, '(none: after 1 s it had not settled)', { ref: false }),
  ])
  // Some systems let one listen at any address: then there is nothing to say.
  if (message === undefined || message.includes(NOWHERE)) return
  throw new Failure(
    `listen() at ${NOWHERE}, an address that this machine has not, should reject with a message that names the\n` +
      `address: no port is taken there. The message was\n  ${message}`,
  )
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
