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
  }
}

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
  try {
    const request = await parts.line.readRequestLine(reader)
    if (request === null) return NOTHING
    const fields = await parts.fields.readFields(reader)
    const environ = parts.environ.buildEnviron(request, fields, ENDS)
    const length = parts.body.bodyLength(environ)
    const { chunkedBody, lengthBody } = parts.body
    const body = await collect(length === 'chunked' ? chunkedBody(reader) : lengthBody(reader, length))
    return { request, fields, path: environ.PATH_INFO, body, rest: await restOf(reader) }
  } catch (error) {
    if (error instanceof Error && error.name === 'HttpError' && 'status' in error)
      return { status: error.status }
    throw error
  }
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
