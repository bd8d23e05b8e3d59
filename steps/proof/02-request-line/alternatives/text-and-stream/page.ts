// A page put together from a Map of headers, in another order than the reference's.

import { reasonOf } from '#given/02-request-line/http-error.ts'

export function page(status: number, text: string): string {
  const headers = new Map<string, string | number>([
    ['connection', 'close'],
    ['date', new Date().toUTCString()],
    ['content-length', Buffer.byteLength(text, 'latin1')],
    ['content-type', 'text/plain; charset=utf-8'],
  ])
  const head = [...headers].reduce((sofar, [name, value]) => `${sofar}${name}: ${value}\r\n`, '')
  return `HTTP/1.1 ${status} ${reasonOf(status)}\r\n${head}\r\n${text}`
}
