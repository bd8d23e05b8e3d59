// A correct step 6 in another style: chunks are read by a table of states, each of which gives the next one; lines are
// taken apart character by character, without a pattern.

import type { Environ } from '#wsgi'
import type { ByteReader } from '../02-request-line/byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { readFields } from '../03-environ/fields.ts'
import { bodyLimits, type BodyLimits } from './limits.ts'

export function bodyLength(environ: Environ, limits: BodyLimits = bodyLimits): number | 'chunked' {
  const announced = environ.CONTENT_LENGTH
  const coding = environ['HTTP_TRANSFER_ENCODING']
  if (coding === undefined) return announced === undefined ? 0 : knownLength(announced, limits)
  const name = `${String(coding)}`.toUpperCase()
  if (name !== 'CHUNKED') throw malformed('That coding is not known here.')
  if (announced !== undefined) throw malformed('There are two ways to tell where that body ends.')
  if (environ.SERVER_PROTOCOL.endsWith('/1.0')) throw malformed('HTTP/1.0 has no chunks.')
  return 'chunked'
}

function knownLength(text: string, limits: BodyLimits): number {
  const isNumber = text !== '' && [...text].every((digit) => digit >= '0' && digit <= '9')
  if (!isNumber) throw malformed('A length is digits.')
  const length = Number(text)
  if (length > limits.body) throw new HttpError(413, 'That body is too long.')
  return length
}

export async function* lengthBody(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  let missing = length
  // In small helpings, whatever has come.
  while (missing > 0) {
    const piece = await reader.read(Math.min(missing, 10_000))
    if (piece === null) throw malformed('That body is not whole.')
    missing -= piece.length
    yield piece
  }
}

export function parseChunkSize(line: string): number {
  const semicolon = line.indexOf(';')
  const digits = semicolon === -1 ? line : withoutBlanks(line.slice(0, semicolon))
  const extension = semicolon === -1 ? '' : line.slice(semicolon)
  const isSize = digits !== '' && [...digits].every((digit) => '0123456789abcdefABCDEF'.includes(digit))
  if (!isSize || ![...extension].every(isAllowed)) throw malformed('That is no size of a chunk.')
  return [...digits].reduce((size, digit) => size * 16 + Number.parseInt(digit, 16), 0)
}

function withoutBlanks(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function isAllowed(character: string): boolean {
  return character === '\t' || (character >= ' ' && character !== '\x7f')
}

type State = 'size' | 'bytes' | 'line end' | 'trailers' | 'over'

export async function* chunkedBody(
  reader: ByteReader,
  limits: BodyLimits = bodyLimits,
): AsyncGenerator<Buffer> {
  const machine = new Chunks(reader, limits)
  while (machine.state !== 'over') {
    const piece = await machine.step()
    if (piece !== undefined) yield piece
  }
}

class Chunks {
  state: State = 'size'
  private missing = 0
  private total = 0
  private beside = 0
  private readonly reader: ByteReader
  private readonly limits: BodyLimits

  constructor(reader: ByteReader, limits: BodyLimits) {
    this.reader = reader
    this.limits = limits
  }

  async step(): Promise<Buffer | undefined> {
    switch (this.state) {
      case 'size':
        return this.readSize()
      case 'bytes':
        return this.readBytes()
      case 'line end':
        if ((await this.readLine(0)) !== '') throw malformed('A chunk is longer than its size.')
        this.state = 'size'
        return undefined
      case 'trailers':
        await readFields(this.reader, this.limits)
        this.state = 'over'
        return undefined
      case 'over':
        return undefined
    }
  }

  private async readSize(): Promise<undefined> {
    const line = await this.readLine(this.limits.chunkLine)
    this.missing = parseChunkSize(line)
    this.state = this.missing === 0 ? 'trailers' : 'bytes'
    if (this.missing === 0) return
    this.total += this.missing
    this.beside += line.length + 4
    if (this.total > this.limits.body) throw new HttpError(413, 'Those chunks are too many.')
    if (this.beside - this.total > this.limits.chunkOverhead) throw malformed('Those chunks are too small.')
  }

  private async readBytes(): Promise<Buffer> {
    const piece = await this.reader.read(this.missing)
    if (piece === null) throw malformed('That chunk is not whole.')
    this.missing -= piece.length
    if (this.missing === 0) this.state = 'line end'
    return piece
  }

  private async readLine(limit: number): Promise<string> {
    const line = await this.reader.readLine(limit, 400)
    if (line === null) throw malformed('Those chunks have no end.')
    return line
  }
}

function malformed(why: string): HttpError {
  return new HttpError(400, why)
}
