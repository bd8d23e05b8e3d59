// Reads a whole request from bytes, as the floors do, without a socket.
import { register as registerHook } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inspect, isDeepStrictEqual } from 'node:util'

export type Parts = Awaited<ReturnType<typeof partsOf>>

/** The sans-IO parts of a tree, which from now on is what `#server/` stands for in this process. */
export async function partsOf(tree: string) {
  const hook = new URL('../../steps/kit/host/tree-hook.mjs', import.meta.url)
  registerHook(hook, { data: { tree: pathToFileURL(`${tree}/`).href } })
  return {
    reader: await import('#server/02-request-line/byte-reader.ts'),
    line: await import('#server/02-request-line/request-line.ts'),
    fields: await import('#server/03-environ/fields.ts'),
    environ: await import('#server/03-environ/environ.ts'),
    head: await import('#server/04-start-response/head.ts'),
    body: await import('#server/06-request-body/body.ts'),
    input: await import('#server/06-request-body/input.ts'),
    framing: await import('#server/07-keep-alive/framing.ts'),
    atHand: await import('#server/08-hostile-clients/at-hand.ts'),
    limits: await import('#server/08-hostile-clients/limits.ts'),
  }
}

type Limits = Parts['limits']['serverLimits']
export type Reader = InstanceType<Parts['reader']['ByteReader']>

/** A reader whose bytes come in these pieces. */
export function readerOf({ reader }: Parts, pieces: Buffer[]): Reader {
  const left = pieces.filter((piece) => piece.length > 0)
  return new reader.ByteReader(async () => left.shift() ?? null)
}

/** What a connection without a request comes to. */
const NOTHING = { nothing: true }
const ENDS = { serverName: '127.0.0.1', serverPort: 8888, remoteAddress: '127.0.0.1', remotePort: 50_000 }

/** All that a server makes of these bytes: a request, the status of a refusal, or nothing. Other errors it throws. */
export async function readMessage(parts: Parts, pieces: Buffer[]): Promise<object> {
  const reader = readerOf(parts, pieces)
  return statusOr(async () => {
    const head = await readHead(parts, reader)
    if (head === null) return NOTHING
    const { request, fields, environ } = head
    const length = parts.body.bodyLength(environ)
    const { chunkedBody, lengthBody } = parts.body
    const body = await collect(length === 'chunked' ? chunkedBody(reader) : lengthBody(reader, length))
    return { request, fields, path: environ.PATH_INFO, body, rest: await restOf(reader) }
  })
}

async function readHead({ line, fields: { readFields }, environ }: Parts, reader: Reader, limits?: Limits) {
  const request = await line.readRequestLine(reader, limits)
  if (request === null) return null
  const fields = await readFields(reader, limits)
  return { request, fields, environ: environ.buildEnviron(request, fields, ENDS) }
}

/** The status of an HttpError that it throws. Other errors pass. */
async function statusOr(read: () => Promise<object>): Promise<object> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && error.name === 'HttpError' && 'status' in error)
      return { status: error.status }
    throw error
  }
}

/** What one connection makes of these heads, which it is given whole, and what the slow way makes of each. */
export async function bothWays(parts: Parts, heads: Buffer[]): Promise<{ quick: object[]; slow: object[] }> {
  const limits = { ...parts.limits.serverLimits, requestLine: 80, fieldLine: 80, fieldCount: 4 }
  const memory = new parts.atHand.HeadsAtHand()
  const quick: object[] = []
  const slow: object[] = []
  for (const head of heads) {
    const reader = readerOf(parts, [head])
    await reader.wait()
    const found = await statusOr(async () => {
      const environ = memory.environ(reader, limits, ENDS)
      return environ === undefined ? { isNotAtHand: true } : { environ, rest: await restOf(reader) }
    })
    if ('isNotAtHand' in found) continue
    quick.push(found)
    slow.push(await statusOr(() => readSlowly(parts, readerOf(parts, [head]), limits)))
  }
  return { quick, slow }
}

async function readSlowly(parts: Parts, reader: Reader, limits: Limits): Promise<object> {
  const head = await readHead(parts, reader, limits)
  return head === null ? NOTHING : { environ: head.environ, rest: await restOf(reader) }
}

export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

export async function restOf(reader: Reader): Promise<Buffer> {
  const rest: Buffer[] = []
  for (let piece = await reader.read(1000); piece !== null; piece = await reader.read(1000)) rest.push(piece)
  return Buffer.concat(rest)
}

/** Throws unless both are the same. */
export function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`${what}: ${inspect(actual)}, where ${inspect(expected)} was to be expected`)
}
