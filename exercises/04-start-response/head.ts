// The head of a response: what an application may put into it, what the server adds, and how it is written down.

import { todo } from '#given/kit/todo.ts'
import type { Header, Status } from '#wsgi'
import { SOFTWARE } from '../03-environ/environ.ts'
import { httpDate } from '#given/04-start-response/http-date.ts'
import { isNamed } from '../03-environ/fields.ts'
import { HOP_BY_HOP } from '#given/04-start-response/hop-by-hop.ts'
import { notAStatus, notHeaders, refusedHeader } from '#given/04-start-response/faults.ts'

// RFC 9112, section 4: status-line = HTTP-version SP status-code SP [ reason-phrase ], which PEP 3333 wants.
// No 1xx: such a response is not the last word, and WSGI has one word.
const STATUS = /^[2-5]\d\d [\t\x20-\x7e\x80-\xff]+$/
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// A CR or LF in a value would end the line, and what follows would pass for a header or a body of ours.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** The bytes of a head, each code unit one byte, with the empty line that ends it. */
export function formatHead(status: Status, headers: Header[]): string {
  // TODO 4.1: The status line, a line for each header, an empty line. A line ends in CRLF.
  todo(4, 1)
}

/** The application's headers, and those that the server owes the client where the application gave none. */
export function completeHeaders(headers: Header[], now: Date): Header[] {
  const complete = [...headers]
  // TODO 4.4: Add Date, as in "Sun, 06 Nov 1994 08:49:37 GMT", and Server, unless the application has.
  todo(4, 4)
  return complete
}

export function hasHeader(headers: Header[], name: string): boolean {
  return headers.some((header) => isNamed(header, name))
}

/** Throws a ContractError unless this may stand in a status line. */
export function checkStatus(status: unknown): asserts status is Status {
  // TODO 4 strict: Three digits (no 1xx), a space, a reason without control characters: else throw `notAStatus`.
}

/** Throws a ContractError unless these may stand in a head. */
export function checkHeaders(headers: unknown): asserts headers is Header[] {
  // TODO 4 strict: A list of [name, value] pairs of strings (`notHeaders`); the name a token, the value without control characters
  //   (`refusedHeader`).
  // TODO 4 strict: No hop-by-hop header (PEP 3333, "Other HTTP Features"). One Content-Length at the most, of digits only.
}
