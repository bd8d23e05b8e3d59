// A correct step 4 in another style: the head is a list of lines that are joined, and characters are looked at one by one.

import type { Header, Status } from '#wsgi'
import { SOFTWARE } from '../03-environ/environ.ts'
import { HOP_BY_HOP } from '#given/04-start-response/hop-by-hop.ts'
import { notAStatus, notHeaders, refusedHeader } from '#given/04-start-response/faults.ts'

const CRLF = '\r\n'
const TOKEN = "!#$%&'*+-.^_`|~"

export function formatHead(status: Status, headers: Header[]): string {
  const lines = [`HTTP/1.1 ${status}`, ...headers.map((pair) => pair.join(': ')), '', '']
  return lines.join(CRLF)
}

export function completeHeaders(headers: Header[], now: Date): Header[] {
  const owed: Header[] = [
    ['Server', SOFTWARE],
    ['Date', now.toUTCString()],
  ]
  return headers.concat(owed.filter(([name]) => !hasHeader(headers, name)))
}

export function hasHeader(headers: Header[], name: string): boolean {
  return headers.findIndex(([known]) => known.toLowerCase() === name.toLowerCase()) >= 0
}

export function checkStatus(status: unknown): asserts status is Status {
  if (typeof status !== 'string') throw notAStatus(status)
  const code = Number(status.slice(0, 3))
  const reason = status.slice(4)
  const isCode = /^\d{3} /.test(status) && code >= 200 && code <= 599
  if (!isCode || reason === '' || !isText(reason)) throw notAStatus(status)
}

export function checkHeaders(headers: unknown): asserts headers is Header[] {
  if (!Array.isArray(headers)) throw notHeaders(headers)
  const names = headers.map((pair: unknown) => checkPair(pair))
  const first = names.indexOf('content-length')
  if (first !== names.lastIndexOf('content-length')) throw refusedHeader('Content-Length', 'is given twice')
}

/** Gives its name in small letters. */
function checkPair(pair: unknown): string {
  if (!Array.isArray(pair) || pair.length !== 2) throw notHeaders(pair)
  const [name, value]: unknown[] = pair
  if (typeof name !== 'string' || typeof value !== 'string') throw notHeaders(pair)
  if (name === '' || ![...name].every(isOfToken)) throw refusedHeader(name, 'is not a name')
  if (!isText(value)) throw refusedHeader(name, 'has a character that no header may have')
  const small = name.toLowerCase()
  if (HOP_BY_HOP.has(small)) throw refusedHeader(name, 'belongs to the connection')
  if (small === 'content-length' && !/^[0-9]+$/.test(value)) throw refusedHeader(name, 'is not a number')
  return small
}

function isOfToken(character: string): boolean {
  return /[0-9A-Za-z]/.test(character) || TOKEN.includes(character)
}

function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0xff || code === 0x7f || (code < 0x20 && code !== 9)) return false
  }
  return true
}
