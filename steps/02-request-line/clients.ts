// How the suite of step 2 asks a server: with Node's own HTTP client, and as a client that does not stop talking.

import { request as ask } from 'node:http'
import type { Answer } from '#given/kit/wire/ask.ts'
import type { Server } from '#given/kit/host/server.ts'
import { showLine } from '#given/kit/failure/bytes.ts'
import { Failure, wireFailure } from '#given/kit/failure/failure.ts'
import { GOOD } from './cases.ts'

/** The text that node:http, a client that none of us wrote, gets for its answer. */
export function fetched(port: number, method: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = ask({ host: '127.0.0.1', port, path, method, agent: false, timeout: 1000 })
    client.on('timeout', () => client.destroy(new Error('nothing came within 1 s')))
    client.on('error', ({ message }) => {
      reject(
        new Failure(`Node's own HTTP client sent ${method} ${path}. It says of your answer: ${message}.`),
      )
    })
    client.on('response', async (response) => {
      const text = await response.setEncoding('latin1').toArray()
      resolve(text.join('').trimEnd())
    })
    client.end()
  })
}

/** Sends a megabyte without a line end, reads nothing meanwhile, and then wants its answer. */
export async function flood(server: Server, begin: string, status: number): Promise<void> {
  const client = await server.connect()
  client.socket.pause()
  const sent = client.send(begin + 'a'.repeat(1_000_000))
  await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, 1000))])
  client.socket.resume()
  await client.until(() => client.received.length > 0 || client.ended)
  if (client.received.length === 0)
    throw wireFailure(
      `A megabyte without a line end got no answer: ${status} should not wait for the end.`,
      client.scene,
    )
  const response = await client.response()
  if (response.status === status) return
  throw wireFailure(`The status should be ${status}; it is ${response.status}.`, client.scene)
}

/** Sends the beginning of a request and finishes: the answer is 400, and to nothing, or to empty lines, there is none. */
export async function breakOff(server: Server, begun: string): Promise<void> {
  const client = await server.connect()
  await client.send(begun)
  client.finish()
  await client.ends()
  const isAnswered = client.received.length > 0
  if (begun.trim() === '' && isAnswered)
    throw wireFailure('The client asked nothing, and finished: there is nothing to answer.', client.scene)
  if (begun.trim() === '' || (isAnswered && (await client.response()).status === 400)) return
  throw wireFailure('The client finished in the middle of its request: answer 400.', client.scene)
}

/** Fails unless the answer is a page with this sentence. */
export function says(answer: Answer, sentence: string): void {
  answer.is({ status: 200 })
  if (answer.body.trimEnd() !== sentence) answer.fail(`The page should say "${showLine(sentence)}".`)
}

export async function stillServes(server: Server): Promise<void> {
  const next = await server.ask(GOOD)
  next.is({ status: 200 })
}
