// What must hold of the parts that know no socket, whatever bytes they get.
import * as fc from 'fast-check'
import { Incoming } from '#given/kit/wire/response-reader.ts'
import {
  bytes,
  cuts,
  cutUp,
  damaged,
  fieldName,
  fieldValue,
  heads,
  inChunks,
  lines,
  message,
  method,
  sizes,
  target,
  version,
} from './messages.ts'
import { bothWays, readMessage, readerOf, restOf, same, type Parts } from './read.ts'
import { readsLikeModel, reads } from './input.ts'

export interface Property {
  name: string
  make: (parts: Parts) => fc.IRawProperty<unknown>
}

const NEXT = Buffer.from('GET /next')

export const PROPERTIES: Property[] = [
  {
    name: 'a request-line that is written down and parsed comes back',
    make: ({ line }) =>
      fc.property(method, target, version, (...parts) => {
        const [name, path, of] = parts
        same(line.parseRequestLine(parts.join(' ')), { method: name, target: path, version: of }, 'parsed')
      }),
  },
  {
    name: 'a field line that is written down and parsed comes back',
    make: ({ fields }) =>
      fc.property(fieldName, fieldValue, (name, value) => {
        same(fields.parseFieldLine(`${name}: ${value}`), [name, value], 'parsed')
      }),
  },
  {
    name: 'a message is read the same however it is cut up',
    make: (parts) =>
      fc.asyncProperty(fc.oneof(message, damaged), cuts, async (whole, at) => {
        const pieces = cutUp(whole, at)
        same(
          await readMessage(parts, pieces),
          await readMessage(parts, [whole]),
          `in ${pieces.length} pieces`,
        )
      }),
  },
  {
    name: 'a message is read the same a byte at a time',
    make: (parts) =>
      fc.asyncProperty(fc.oneof(message, damaged), async (whole) => {
        const pieces = Array.from(whole, (byte) => Buffer.of(byte))
        same(await readMessage(parts, pieces), await readMessage(parts, [whole]), 'a byte at a time')
      }),
  },
  {
    name: 'a head that is at hand as a whole is read like one that is not, whatever head came before it',
    make: (parts) =>
      fc.asyncProperty(heads, async (all) => {
        const { quick, slow } = await bothWays(parts, all)
        same(quick, slow, 'at hand')
      }),
  },
  {
    name: 'bytes of any kind lead to a request or to an HttpError',
    make: (parts) =>
      fc.asyncProperty(
        fc.oneof(bytes, lines, damaged),
        async (whole) => void (await readMessage(parts, [whole])),
      ),
  },
  {
    name: 'a chunked body comes back, and nothing of what follows it',
    make: (parts) =>
      fc.asyncProperty(lines, sizes, cuts, async (body, of, at) => {
        const reader = readerOf(parts, cutUp(Buffer.concat([inChunks(body, of), NEXT]), at))
        const found: Buffer[] = []
        for await (const chunk of parts.body.chunkedBody(reader)) found.push(chunk)
        same(Buffer.concat(found), body, 'the body')
        same(await restOf(reader), NEXT, 'what follows')
      }),
  },
  {
    name: 'wsgi.input reads like a file',
    make: (parts) =>
      fc.asyncProperty(lines, cuts, reads, (body, at, calls) => readsLikeModel(parts, body, at, calls)),
  },
  {
    name: 'a head is refused, or has the lines that it was given and no others',
    make: (parts) => {
      const head: Parts['head'] = parts.head
      // Each code unit of which the lower byte is a line end, too: cut down to bytes, it would be one.
      const evil = fc.constantFrom('\r', '\n', '\r\n', '\0', '\u010a', '\u010d', ':', ' ', '\x7f', 'é', '€')
      const text = fc
        .tuple(fieldValue, fc.oneof(fc.constant(''), evil), fieldValue)
        .map((all) => all.join(''))
      const statuses = fc.oneof(fc.constant('200 OK'), text)
      return fc.property(
        statuses,
        fc.array(fc.tuple(fc.oneof(fieldName, text), text), { maxLength: 4 }),
        (status, headers) => {
          try {
            head.checkStatus(status)
            head.checkHeaders(headers)
          } catch (error) {
            if (error instanceof Error && error.name === 'ContractError') return
            throw error
          }
          const wanted = [
            `HTTP/1.1 ${status}`,
            ...headers.map(([name, value]) => `${name}: ${value}`),
            '',
            '',
          ]
          same(
            Buffer.from(head.formatHead(status, headers), 'latin1')
              .toString('latin1')
              .split(/\r\n|\r|\n|\0/),
            wanted,
            'the head',
          )
        },
      )
    },
  },
  {
    name: 'a response that is framed and read comes back',
    make: ({ framing, head }) =>
      fc.property(fc.array(bytes, { maxLength: 5 }), fc.boolean(), version, (chunks, hasLength, of) => {
        const body = Buffer.concat(chunks)
        const environ = { REQUEST_METHOD: 'GET', SERVER_PROTOCOL: of } as const
        const response = new framing.MessageFraming({ ...EMPTY, ...environ })
        const given: [string, string][] = hasLength ? [['Content-Length', String(body.length)]] : []
        const start = head.formatHead('200 OK', [...given, ...response.headersFor('200 OK', given)])
        const frames = chunks
          .filter((chunk) => chunk.length > 0)
          .map((chunk) => Buffer.from(response.frame(chunk)))
        const sent = Buffer.concat([Buffer.from(start), ...frames, Buffer.from(response.end)])
        const read = new Incoming(sent).parse({ step: 7, sent: Buffer.alloc(0), received: sent }, true)
        same({ body: read.body, length: read.length }, { body, length: sent.length }, 'the response')
      }),
  },
]

const EMPTY = {
  SCRIPT_NAME: '',
  PATH_INFO: '/',
  QUERY_STRING: '',
  SERVER_NAME: '127.0.0.1',
  SERVER_PORT: '8888',
  'wsgi.version': [1, 0],
  'wsgi.url_scheme': 'http',
  'wsgi.input': {
    read: nothing,
    readline: nothing,
    readlines: async () => [],
    async *[Symbol.asyncIterator]() {},
  },
  'wsgi.errors': { write() {}, flush() {} },
  'wsgi.multithread': false,
  'wsgi.multiprocess': false,
  'wsgi.run_once': false,
} satisfies Partial<import('#wsgi').Environ>

async function nothing(): Promise<Buffer> {
  return Buffer.alloc(0)
}
