// One request and its answer, as step 2 has it: the server says what it was asked for.

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
  //> 2.1 Wait for the request with `await connection.read()`,
  //> then send a page with `await connection.write(…)`.
  //> 2.2+ Print what came, with `printLines` and the prefix `< `.
  //> 2.4+ Parse the first line (import `parseRequestLine`, too).
  //> The page says "You asked for GET /hello over HTTP/1.1".
  //> 2.6+ One read is not one request: make a ByteReader for the bytes.
  //> Let `readRequestLine` read the first line from it, then read lines
  //> (`HEADER_LINE`, 431) up to the empty one. Null: the client left.
  //> 2.S A client that leaves among its header lines: an HttpError, 400.
  const reader = new ByteReader(() => connection.read())
  const request = await readRequestLine(reader, limits)
  if (request === null) return
  const { method, target, version } = request
  printLines('< ', `${method} ${target} ${version}`)
  let line: string | null
  do {
    line = await reader.readLine(HEADER_LINE, 431)
    if (line === null) throw new HttpError(400, 'The request breaks off before its header section ends.')
    printLines('< ', line)
  } while (line !== '')
  await connection.write(page(200, `You asked for ${method} ${target} over ${version}\n`))
  //<
}
