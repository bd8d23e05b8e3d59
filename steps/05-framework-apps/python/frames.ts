// Frames: how the server and its Python processes talk. wsgi_workshop/frames.py is the other side.
//
// A frame is nine bytes (the length of what follows them, the kind of frame, the number of the request), then the
// payload.

import type { Header } from '#wsgi'

export const HEADER_SIZE = 9

/** How many bytes of a response are kept for a slow client before Python has to wait. */
export const FIRST_CREDIT = (1 << 20) + (1 << 16)
/** What a chunk costs besides its bytes, so that many small ones do not fill the memory. */
export const CHUNK_COST = 128

/** From the server. */
export const REQUEST = 1
export const BODY = 2
export const BROKEN = 3
export const CREDIT = 4
export const ABORT = 5

/** To the server. */
export const READY = 16
export const REFUSED = 17
export const RESPONSE = 18
export const CHUNK = 19
export const END = 20
export const FAILED = 21
export const READ = 22

const NOTHING = Buffer.alloc(0)

/** A frame whose payload is `size` bytes, still to be written from HEADER_SIZE on. */
export function frameOf(kind: number, id: number, size: number): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_SIZE + size)
  frame.writeUInt32BE(size, 0)
  frame[4] = kind
  frame.writeUInt32BE(id, 5)
  return frame
}

export function bytesFrame(kind: number, id: number, bytes: Uint8Array = NOTHING): Buffer {
  const frame = frameOf(kind, id, bytes.length)
  frame.set(bytes, HEADER_SIZE)
  return frame
}

export function numberFrame(kind: number, id: number, number: number): Buffer {
  const frame = frameOf(kind, id, 4)
  frame.writeUInt32BE(number, HEADER_SIZE)
  return frame
}

/**
 * Several texts as one: the separator, an equals sign, the texts with the separator between them. A decoded path may
 * have any bytes in it, so the separator is one that none of the texts has.
 */
export function packTexts(texts: string[]): string {
  let separator = '\0'
  while (texts.some((text) => text.includes(separator))) separator += Math.random().toString(36).slice(2)
  return `${separator}=${texts.join(separator)}`
}

function unpackTexts(block: string): string[] {
  const end = block.indexOf('=')
  return block.slice(end + 1).split(block.slice(0, end))
}

export interface Head {
  /** Nothing follows: neither bytes nor an END. */
  isWhole: boolean
  status: string
  headers: Header[]
  /** The first bytes of the body. */
  first: Buffer
}

export function decodeHead(payload: Buffer): Head {
  const end = 5 + payload.readUInt32BE(1)
  const [status = '', ...texts] = unpackTexts(payload.toString('latin1', 5, end))
  const headers: Header[] = []
  for (let at = 0; at + 1 < texts.length; at += 2) headers.push([texts[at] ?? '', texts[at + 1] ?? ''])
  return { isWhole: payload[0] === 1, status, headers, first: payload.subarray(end) }
}

export interface ReadWanted {
  /** A line of at most `size` bytes, rather than `size` bytes. */
  line: boolean
  size: number
}

export function decodeRead(payload: Buffer): ReadWanted {
  return { line: payload[0] === 1, size: payload.readUInt32BE(1) }
}
