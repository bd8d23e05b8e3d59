// The smallest whole response: a page of plain text.

import { todo } from '#given/kit/todo.ts'
import { reasonOf } from '#given/02-request-line/http-error.ts'

/** A response whose body is `text`, every code unit one byte. It tells the client that the connection will close. */
export function page(status: number, text: string): string {
  // TODO 2.1: Build the response: the status line (`reasonOf` knows the words),
  //   the header lines Content-Type, Content-Length and Connection,
  //   an empty line, the text. Each line before the text ends in CRLF.
  // TODO 2 strict: Add a Date, as in "Sun, 06 Nov 1994 08:49:37 GMT": `toUTCString` of `new Date()`.
  todo(2, 1)
}
