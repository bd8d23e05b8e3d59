// Reads `multipart/form-data`, in which browsers send files (RFC 7578; RFC 2046, section 5.1.1). The parts stand one
// after the other between lines with a boundary: whoever looks for such lines reads with `readline`.

import type { InputStream } from '#wsgi'

/** What stands before a part: its name in the form, and of a file its name and type. */
export interface PartHead {
  name: string
  filename: string | undefined
  type: string
}

/** Bytes read at a time: a file need have no line ends at all. */
const PIECE = 65_536
const CR = 0x0d
const LF = 0x0a
const NOTHING = Buffer.alloc(0)

/** The boundary that a CONTENT_TYPE names; undefined when this is no such form. */
export function boundaryOf(type: string | undefined): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type ?? '') ?? []
  return quoted ?? plain
}

/** The head of each part, and after it the part's bytes, piece by piece. */
export async function* readParts(input: InputStream, boundary: string): AsyncGenerator<PartHead | Buffer> {
  // A line end before a boundary belongs to the boundary: it is held back until the next line is known.
  let held: Buffer = NOTHING
  let isLineStart = true
  let isInPart = false
  for (;;) {
    const read = await input.readline(PIECE)
    if (read.length === 0) return
    if (isLineStart && read.subarray(2, boundary.length + 2).equals(Buffer.from(boundary))) {
      if (read.includes('--', boundary.length + 2)) return
      yield await readHead(input)
      held = NOTHING
      isInPart = true
      continue
    }
    // A piece may have ended between CR and LF.
    const line = held.length === 1 ? Buffer.concat([held, read]) : read
    if (held.length === 2) yield held
    const end = line.length - lineEnd(line)
    if (isInPart && end > 0) yield line.subarray(0, end)
    held = isInPart ? line.subarray(end) : NOTHING
    isLineStart = line.at(-1) === LF
  }
}

/** Bytes at its end that are a line end, or half of one. */
function lineEnd(line: Buffer): number {
  if (line.at(-1) === CR) return 1
  return line.at(-1) === LF && line.at(-2) === CR ? 2 : 0
}

async function readHead(input: InputStream): Promise<PartHead> {
  const head: PartHead = { name: '', filename: undefined, type: 'text/plain' }
  for (;;) {
    const line = (await input.readline(PIECE)).toString('utf8').trim()
    if (line === '') return head
    const [, type] = /^content-type: *(.+)$/i.exec(line) ?? []
    head.type = type ?? head.type
    if (!/^content-disposition:/i.test(line)) continue
    head.name = /\bname="([^"]*)"/i.exec(line)?.[1] ?? ''
    head.filename = /\bfilename="([^"]*)"/i.exec(line)?.[1]
  }
}
