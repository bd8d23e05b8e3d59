// What floor 7 serves when no application is named: how many requests have come over the connection that this one
// came over. At /slowly the page comes line by line, so that nobody knows its length beforehand.

import { setTimeout as after } from 'node:timers/promises'
import type { Application } from '#wsgi'

export const application: Application = (environ, startResponse) => {
  const port = environ['REMOTE_PORT']
  const connection = port === undefined ? 'this connection' : `the connection from port ${String(port)}`
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  const page = Buffer.from(`Request ${String(environ['wsgi_workshop.request_number'])} on ${connection}\n`)
  return environ.PATH_INFO === '/slowly' ? lineByLine(page) : [page]
}

async function* lineByLine(page: Buffer): AsyncGenerator<Buffer> {
  yield page
  for (const line of ['This line came half a second later,\n', 'and this one half a second after that.\n']) {
    await after(500)
    yield Buffer.from(line)
  }
}
