// What must hold of the parts that know no socket, whatever bytes they get.
import * as fc from 'fast-check'
import { environFor } from '#given/kit/application/call.ts'
import { Incoming } from '#given/kit/wire/response-reader.ts'
import type { Header } from '#wsgi'
import * as some from './messages.ts'
import { cutUp, inChunks, NEXT } from './messages.ts'
import { collect, readMessage, readerOf, restOf, same, type Parts } from './read.ts'
import { readsLikeModel, reads } from './input.ts'

/** By their names. */
export const PROPERTIES: Record<string, (parts: Parts) => fc.IRawProperty<unknown>> = {
  'a request-line that is written down and parsed comes back': ({ line }) =>
    fc.property(some.method, some.target, some.version, (...parts) => {
      const [name, path, of] = parts
      same(line.parseRequestLine(parts.join(' ')), { method: name, target: path, version: of }, 'parsed')
    }),
  'a field line that is written down and parsed comes back': ({ fields }) =>
    fc.property(some.fieldName, some.fieldValue, (name, value) => {
      same(fields.parseFieldLine(`${name}: ${value}`), [name, value], 'parsed')
    }),
  'a message is read the same however it is cut up': (parts) =>
    fc.asyncProperty(fc.oneof(some.message, some.damaged), some.cuts, async (whole, at) => {
      const pieces = cutUp(whole, at)
      await readsTheSame(parts, whole, pieces, `in ${pieces.length} pieces`)
    }),
  'a message is read the same a byte at a time': (parts) =>
    fc.asyncProperty(fc.oneof(some.message, some.damaged), async (whole) => {
      const pieces = Array.from(whole, (byte) => Buffer.of(byte))
      await readsTheSame(parts, whole, pieces, 'a byte at a time')
    }),
  'bytes of any kind lead to a request or to an HttpError': (parts) =>
    fc.asyncProperty(
      fc.oneof(some.bytes, some.lines, some.damaged),
      async (whole) => void (await readMessage(parts, [whole])),
    ),
  'a chunked body comes back, and nothing of what follows it': (parts) =>
    fc.asyncProperty(some.lines, some.sizes, some.cuts, async (body, of, at) => {
      const reader = readerOf(parts, cutUp(Buffer.concat([inChunks(body, of), NEXT]), at))
      same(await collect(parts.body.chunkedBody(reader)), body, 'the body')
      same(await restOf(reader), NEXT, 'what follows')
    }),
  'wsgi.input reads like a file': (parts) =>
    fc.asyncProperty(some.lines, some.cuts, reads, (body, at, calls) =>
      readsLikeModel(parts, body, at, calls),
    ),
  'a head is refused, or has the lines that it was given and no others': ({ head }) =>
    fc.property(some.statuses, some.headerLists, (status, headers) => {
      if (isRefused(head, status, headers)) return
      const given = headers.map(([name, value]) => `${name}: ${value}`)
      const sent = Buffer.from(head.formatHead(status, headers), 'latin1').toString('latin1')
      same(sent.split(/\r\n|\r|\n|\0/), [`HTTP/1.1 ${status}`, ...given, '', ''], 'the head')
    }),
  'a response that is framed and read comes back': ({ framing, head }) =>
    fc.property(
      fc.array(some.bytes, { maxLength: 5 }),
      fc.boolean(),
      some.version,
      (chunks, hasLength, of) => {
        const body = Buffer.concat(chunks)
        const environ = { ...environFor({ target: '/' }), SERVER_PROTOCOL: of }
        const response = new framing.MessageFraming(environ)
        const given: [string, string][] = hasLength ? [['Content-Length', String(body.length)]] : []
        const start = head.formatHead('200 OK', [...given, ...response.headersFor('200 OK', given)])
        const full = chunks.filter((chunk) => chunk.length > 0)
        const frames = full.map((chunk) => Buffer.from(response.frame(chunk)))
        const sent = Buffer.concat([Buffer.from(start), ...frames, Buffer.from(response.end)])
        const read = new Incoming(sent).parse({ step: 7, sent: Buffer.alloc(0), received: sent }, true)
        same({ body: read.body, length: read.length }, { body, length: sent.length }, 'the response')
      },
    ),
}

export const COUNT = Object.keys(PROPERTIES).length

async function readsTheSame(parts: Parts, whole: Buffer, pieces: Buffer[], how: string): Promise<void> {
  same(await readMessage(parts, pieces), await readMessage(parts, [whole]), how)
}

function isRefused(head: Parts['head'], status: string, headers: Header[]): boolean {
  try {
    head.checkStatus(status)
    head.checkHeaders(headers)
    return false
  } catch (error) {
    if (error instanceof Error && error.name === 'ContractError') return true
    throw error
  }
}
