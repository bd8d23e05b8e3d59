// One request and its answer, as step 2 has it: the server says what it was asked for.

import { todo } from '#given/kit/todo.ts'
import type { Connection } from '#given/01-echo-socket/connection.ts'
import { ByteReader } from './byte-reader.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import type { RequestLineLimits } from './limits.ts'
import { page } from './page.ts'
import { readRequestLine } from './request-line.ts'
import { printLines } from './transcript.ts'

/** The longest header line, in bytes, that we read past. Step 3 makes something of these lines. */
const HEADER_LINE = 8192

/** Reads a request, prints it, and answers in a sentence. What it throws, `attend` answers. */
export async function converse(connection: Connection, limits: RequestLineLimits): Promise<void> {
  // TODO 2.1: Wait for the request with `await connection.read()`,
  //   then send a page with `await connection.write(…)`.
  // TODO 2.2: Print what came, with `printLines` and the prefix `< `.
  // TODO 2.4: Parse the first line (import `parseRequestLine`, too).
  //   The page says "You asked for GET /hello over HTTP/1.1".
  // TODO 2.6: One read is not one request: make a ByteReader for the bytes.
  //   Let `readRequestLine` read the first line from it, then read lines
  //   (`HEADER_LINE`, 431) up to the empty one. Null: the client left.
  // TODO 2 strict: A client that leaves among its header lines: an HttpError, 400.
  todo(2, 1)
}
