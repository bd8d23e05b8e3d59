// A conversation told as a generator of the lines of a head.

import type { Connection } from '#given/01-echo-socket/connection.ts'
import { HttpError } from '#given/02-request-line/http-error.ts'
import { ByteReader } from './byte-reader.ts'
import type { RequestLineLimits } from './limits.ts'
import { page } from './page.ts'
import { readRequestLine } from './request-line.ts'
import { printLines } from './transcript.ts'

export async function converse(connection: Connection, limits: RequestLineLimits): Promise<void> {
  const reader = new ByteReader(() => connection.read())
  const asked = await readRequestLine(reader, limits)
  if (!asked) return
  const words = [asked.method, asked.target, asked.version].join(' ')
  const transcript = [words]
  for await (const line of headerLines(reader)) transcript.push(line)
  printLines('< ', [...transcript, ''].join('\r\n') + '\r\n')
  await connection.write(page(200, `You asked for ${words.replace(/ (?=\S+$)/, ' over ')}\n`))
}

async function* headerLines(reader: ByteReader): AsyncGenerator<string> {
  for (;;) {
    const line = await reader.readLine(8192, 431)
    if (line === null) throw new HttpError(400, 'That head has no end.')
    if (line === '') return
    yield line
  }
}
