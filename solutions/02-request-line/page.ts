// The smallest whole response: a page of plain text.

import { reasonOf } from '#given/02-request-line/http-error.ts'

/** A response whose body is `text`, every code unit one byte. It tells the client that the connection will close. */
export function page(status: number, text: string): string {
  //> 2.1 Build the response: the status line (`reasonOf` knows the words),
  //> the header lines Content-Type, Content-Length and Connection,
  //> an empty line, the text. Each line before the text ends in CRLF.
  //> 2.S Add a Date, as in "Sun, 06 Nov 1994 08:49:37 GMT": `toUTCString` of `new Date()`.
  const lines = [
    `HTTP/1.1 ${status} ${reasonOf(status)}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${text.length}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    '',
    text,
  ]
  return lines.join('\r\n')
  //<
}
