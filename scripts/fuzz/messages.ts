// What the properties are tried on: messages that are right, and what becomes of them when bytes are changed.
import * as fc from 'fast-check'

function bytesUpTo(maxLength: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ maxLength }).map((array) => Buffer.from(array))
}

// token = 1*tchar; field-value = *field-content, which neither begins nor ends with white space
export const method = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/)
export const version = fc.constantFrom('HTTP/1.0', 'HTTP/1.1')
export const target = fc.stringMatching(/^\/[!"$-~\x80-\xff]{0,60}$/)
export const fieldName = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/)
export const fieldValue = fc.stringMatching(/^(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]{0,38}[!-~\x80-\xff])?)?$/)
export const bytes = bytesUpTo(300)
/** Bytes with line ends among them. */
export const lines = fc
  .array(fc.oneof(bytes, fc.constant(Buffer.from('\n')), fc.constant(Buffer.from('a line\r\n'))), {
    maxLength: 12,
  })
  .map((parts) => Buffer.concat(parts))

/** How what follows a message begins: nothing of it may be taken for a part of the message. */
export const NEXT = Buffer.from('GET /next')

/** Where to cut, as parts of the whole. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

export function cutUp(whole: Buffer, at: number[]): Buffer[] {
  const inside = at.map((part) => Math.floor(part * whole.length)).toSorted((a, b) => a - b)
  return [0, ...inside].map((place, index) => whole.subarray(place, inside[index]))
}

/** The body in chunks of these sizes, with an extension here and there and a trailer. */
export function inChunks(body: Buffer, sizes: number[]): Buffer {
  const parts: Buffer[] = []
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const chunk = body.subarray(at, at + (sizes[turn % sizes.length] ?? 1))
    const extension = turn % 3 === 1 ? ';name=value' : ''
    parts.push(Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`), chunk, Buffer.from('\r\n'))
    at += chunk.length
  }
  const trailer = sizes.length % 2 === 0 ? 'X-Trailer: yes\r\n' : ''
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)])
}

const extraFields = fc.array(fc.tuple(fieldName, fieldValue), { maxLength: 5 })
export const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })

/** A whole request with a body, and the first bytes of the next. */
export const message = fc
  .record({ method, target, version, extraFields, body: lines, sizes, isChunked: fc.boolean() })
  .map(({ body, ...of }) => {
    const isChunked = of.isChunked && of.version === 'HTTP/1.1'
    const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
    const fields = of.extraFields.map(([name, value]) => `X-${name}: ${value}\r\n`).join('')
    const head = `${of.method} ${of.target} ${of.version}\r\nHost: 127.0.0.1\r\n${fields}${framing}\r\n\r\n`
    const sent = isChunked ? inChunks(body, of.sizes) : body
    return Buffer.concat([Buffer.from(head, 'latin1'), sent, NEXT])
  })

interface Change {
  /** As a part of the whole. */
  at: number
  remove: number
  insert: Buffer
}

const DELIMITERS = ['\r\n', ...'\n\r\0 \t:;', 'Content-Length: 3\r\n', '\r\n\r\n', '%', '0', 'ffffffff']
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.integer({ min: 0, max: 4 }),
  insert: fc.oneof(
    bytesUpTo(4),
    fc.constantFrom(...DELIMITERS).map((text) => Buffer.from(text)),
  ),
})

/** A message with a few bytes changed. */
export const damaged = fc
  .tuple(message, fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([whole, changes]) => changes.reduce(applyChange, whole))

function applyChange(whole: Buffer, { at, remove, insert }: Change): Buffer {
  const place = Math.floor(at * whole.length)
  return Buffer.concat([whole.subarray(0, place), insert, whole.subarray(place + remove)])
}

// Each code unit of which the lower byte is a line end, too: cut down to bytes, it would be one.
const evil = fc.constantFrom('\r', '\n', '\r\n', '\0', '\u010a', '\u010d', ':', ' ', '\x7f', 'é', '€')
const wildText = fc.tuple(fieldValue, fc.oneof(fc.constant(''), evil), fieldValue).map((all) => all.join(''))

/** What an application may give for a status and for headers, rightly or wrongly. */
export const statuses = fc.oneof(fc.constant('200 OK'), wildText)
export const headerLists = fc.array(fc.tuple(fc.oneof(fieldName, wildText), wildText), { maxLength: 4 })
