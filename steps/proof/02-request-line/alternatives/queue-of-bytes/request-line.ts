// The request-line taken apart with `split` and looked at part by part, without one pattern for the whole.

import { HttpError } from '#given/02-request-line/http-error.ts'
import type { ByteReader } from './byte-reader.ts'
import { requestLineLimits, type RequestLineLimits } from './limits.ts'

export interface RequestLine {
  method: string
  target: string
  version: string
}

const TOKEN_MARKS = "!#$%&'*+-.^_`|~"

export function parseRequestLine(line: string, limits: RequestLineLimits = requestLineLimits): RequestLine {
  const words = line.split(' ')
  const [method = '', target = '', version = ''] = words
  const isSound = words.length === 3 && isToken(method) && isTarget(target) && isVersion(version)
  if (!isSound) throw new HttpError(400, `This is no request-line of three parts: ${words.length} came.`)
  if (method.length > limits.method) throw new HttpError(501, 'That method is too long.')
  if (version.charAt(5) !== '1') throw new HttpError(505, 'That is another version.')
  return { version, target, method }
}

export function readRequestLine(
  reader: ByteReader,
  limits: RequestLineLimits = requestLineLimits,
): Promise<RequestLine | null> {
  const next = async (left: number): Promise<RequestLine | null> => {
    const line = await reader.readLine(limits.requestLine, 414)
    if (line === '' && left === 0) throw new HttpError(400, 'Nothing but empty lines.')
    if (line === '') return next(left - 1)
    return line === null ? null : parseRequestLine(line, limits)
  }
  return next(limits.emptyLines)
}

function isToken(text: string): boolean {
  return text !== '' && [...text].every((mark) => TOKEN_MARKS.includes(mark) || /[0-9A-Za-z]/.test(mark))
}

function isTarget(text: string): boolean {
  const codes = [...text].map((mark) => mark.charCodeAt(0))
  return codes.length > 0 && codes.every((code) => code > 0x20 && code !== 0x7f)
}

function isVersion(text: string): boolean {
  const [name, number = ''] = text.split('/')
  const [major = '', minor = '', ...rest] = number.split('.')
  return name === 'HTTP' && rest.length === 0 && isDigit(major) && isDigit(minor) && text.length === 8
}

function isDigit(text: string): boolean {
  return text.length === 1 && text >= '0' && text <= '9'
}
