// Asks a server for one of the routes, over a raw socket, and reads what comes back as a strict client does.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Incoming } from '#given/kit/wire/response-reader.ts'
import { patient } from '#given/kit/unhurried.ts'
import type { Header } from '#wsgi'
import { headOf, type Route } from './routes.ts'

/** How long, in ms, an answer may take: the 5 MB of an upload are read by Python, on a busy machine. */
const PATIENCE = patient(5000)
/** How often a stream may come in one piece, since the machine was too busy to see the pieces apart. */
const TRIES = 4

/** The server took a request and never came to the end of its answer. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'

  constructor() {
    super(`There was no whole answer within ${PATIENCE / 1000} s.`)
  }
}

export interface RouteAnswer {
  status: number
  reason: string
  headers: Header[]
  body: Buffer
  /** For a route that streams: its first piece was here before its last one. */
  inPieces: boolean
}

/** Rejects with an Error whose message is a sentence: no answer, or none that is HTTP. */
export async function askRoute(port: number, route: Route): Promise<RouteAnswer> {
  let answer = await askOnce(port, route)
  for (let tries = 1; route.streams && !answer.inPieces && tries < TRIES; tries++)
    answer = await askOnce(port, route)
  return answer
}

async function askOnce(port: number, route: Route): Promise<RouteAnswer> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const timer = setTimeout(() => socket.destroy(new NoAnswer()), PATIENCE)
  try {
    await once(socket, 'connect')
    socket.write(headOf(route), 'latin1')
    if (route.body !== undefined) socket.write(route.body)
    return await readAnswer(socket, route)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

async function readAnswer(socket: Socket, route: Route): Promise<RouteAnswer> {
  const incoming = new Incoming(Buffer.alloc(0))
  let inPieces = false
  for await (const chunk of socket) {
    incoming.bytes = Buffer.concat([incoming.bytes, chunk])
    inPieces ||= isBegun(incoming.bytes, route)
    if (route.method !== 'HEAD' && incoming.isWhole(false)) break
  }
  if (route.method === 'HEAD') incoming.bytes = withBody(incoming.bytes)
  const scene = { step: 5, sent: Buffer.from(headOf(route), 'latin1'), received: incoming.bytes }
  const { status, reason, headers, body } = incoming.parse(scene, true)
  return { status, reason, headers, body: route.method === 'HEAD' ? Buffer.alloc(0) : body, inPieces }
}

/** The first piece of a stream is here, and the last is not. */
function isBegun(bytes: Buffer, { streams }: Route): boolean {
  return streams !== undefined && bytes.includes(streams.first) && !bytes.includes(streams.last)
}

/** The response to a HEAD ends with its head (RFC 9112, section 6.3). The reader gets the body that it speaks of. */
function withBody(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4)
  const text = head.toString('latin1')
  const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
  const isChunked = /^transfer-encoding:/im.test(text)
  return Buffer.concat([head, isChunked ? Buffer.from('0\r\n\r\n') : Buffer.alloc(length)])
}
