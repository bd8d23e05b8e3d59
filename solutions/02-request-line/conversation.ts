// One request and its answer, as step 2 has it: the server says what it was asked for.

import type { Connection } from '../01-echo-socket/connection.ts'
import { ByteReader } from './byte-reader.ts'
import type { RequestLineLimits } from './limits.ts'
import { page } from './page.ts'
import { readRequestLine } from './request-line.ts'
import { printLines } from './transcript.ts'

/** The longest header line, in bytes, that we read past. Step 3 makes something of these lines. */
const HEADER_LINE = 8192

/** Reads a request, prints it, and answers in a sentence. What it throws, `attend` answers. */
export async function converse(connection: Connection, limits: RequestLineLimits): Promise<void> {
  //> 2.1 Wait for the request with `await connection.read()`, then send a page with `await connection.write(…)`.
  //> 2.2+ Print what came, with `printLines` and the prefix `< `.
  //> 2.4+ Parse the first line with `parseRequestLine` (import it), and answer "You asked for GET /hello over HTTP/1.1".
  //> 2.6+ One read is not one request: read lines from a ByteReader over `connection.read`, up to the empty one.
  //> `readRequestLine` reads the first; it gives null when the client left without a word.
  const reader = new ByteReader(() => connection.read())
  const request = await readRequestLine(reader, limits)
  if (request === null) return
  const { method, target, version } = request
  printLines('< ', `${method} ${target} ${version}`)
  for (let line: string | null = ' '; line;) {
    line = await reader.readLine(HEADER_LINE, 431)
    printLines('< ', line ?? '')
  }
  await connection.write(page(200, `You asked for ${method} ${target} over ${version}\n`))
  //<
}
