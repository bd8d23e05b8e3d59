// Clients that send much: by hand, and such as nobody here wrote.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { Failure } from '#given/kit/failure/failure.ts'
import { patient } from '#given/kit/unhurried.ts'
import type { WireClient } from '#given/kit/wire/client.ts'

export const MB = 1024 * 1024
/** How long, in ms, a server may take no more bytes. */
const STUCK = patient(3000)

const piece = Buffer.alloc(MB, 'x')
export const LENGTH = 'Content-Length'
export const CHUNKED = 'Transfer-Encoding: chunked'

/** The pieces of an upload, head first: by its length, or as a single chunk. */
function* upload(megabytes: number, how: string): Generator<Buffer> {
  const size = megabytes * MB
  const field = how === LENGTH ? `${LENGTH}: ${size}` : how
  yield Buffer.from(`POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\n${field}\r\n\r\n`)
  if (how === CHUNKED) yield Buffer.from(`${size.toString(16)}\r\n`)
  for (let sent = 0; sent < megabytes; sent++) yield piece
  if (how === CHUNKED) yield Buffer.from('\r\n0\r\n\r\n')
}

/** Sends an upload as fast as the server takes it. `each` is called after every megabyte. */
export async function sendUpload(
  { socket }: WireClient,
  megabytes: number,
  how: string,
  each: () => Promise<void> | void = () => {},
): Promise<void> {
  let sent = 0
  for (const bytes of upload(megabytes, how)) {
    const written = new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
    const outcome = await Promise.race([written, after(STUCK, 'late', { ref: false })])
    const place = `A client sends ${megabytes} MB (${how}). After ${sent} MB`
    if (outcome === 'late') throw new Failure(`${place} the server took no more for ${STUCK / 1000} s.`)
    if (socket.destroyed)
      throw new Failure(`${place} its connection was cut off: it never came to read the answer.`)
    if (bytes.length === MB) sent++
    await each()
  }
}

export const sample = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 251))

/** What the application `counts` says of these bytes. */
export function counted(bytes: Uint8Array): string {
  return `${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`
}

/** The sample in pieces, as a stream that fetch sends in chunks. */
function sampleStream(): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= sample.length) return controller.close()
      controller.enqueue(sample.subarray(at, (at += 70_000)))
    },
  })
}

/** What Node's fetch is answered, which is told the length or sends a stream. */
export async function fetchUpload(url: string, body: 'bytes' | 'a stream'): Promise<string> {
  const sent = body === 'bytes' ? { body: sample } : { body: sampleStream(), duplex: 'half' as const }
  try {
    const answer = await fetch(url, { method: 'POST', ...sent, signal: AbortSignal.timeout(STUCK) })
    return await answer.text()
  } catch (error) {
    return `fetch failed: ${String(error)}`
  }
}

/** What node:http is answered when it asks first whether it may send: only a 100 Continue makes it send the body. */
export function askFirst(url: string): Promise<string> {
  return new Promise((resolve) => {
    const client = httpRequest(url, { method: 'POST', headers: { Expect: '100-continue' }, timeout: STUCK })
    client.on('continue', () => client.end(sample))
    client.on('timeout', () => client.destroy(new Error(`nothing came for ${STUCK / 1000} s`)))
    client.on('error', (error) => resolve(`node:http failed: ${error.message}`))
    client.on('response', async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('latin1')) text += String(chunk)
      resolve(text)
    })
    client.flushHeaders()
  })
}

/** What curl is answered, which is given the sample as its standard input; undefined where there is no curl. */
export function curl(words: string[]): Promise<string | undefined> {
  const quiet = ['--silent', '--show-error', '--max-time', String(STUCK / 1000)]
  return new Promise((resolve) => {
    const child = execFile('curl', [...quiet, ...words], { encoding: 'latin1' }, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve(undefined)
      else resolve(error ? `curl failed: ${stderr.trim()}` : stdout)
    })
    // curl may have its answer, and go, before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(sample)
  })
}
