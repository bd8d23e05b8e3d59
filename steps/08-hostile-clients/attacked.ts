// What a server runs while `npm run attack` attacks it.

import type { Application } from '#wsgi'

const MUCH = Buffer.alloc(16 * 1_048_576, 'x')

/** A page; at /much one that is larger than all sockets; at /ignored one that reads nothing. Else bodies are read. */
export const application: Application = async (environ, startResponse) => {
  const path = environ.PATH_INFO
  if (path !== '/ignored') {
    const input = environ['wsgi.input']
    while ((await input.read(65_536)).length > 0);
  }
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  return [path === '/much' ? MUCH : Buffer.from('Here I am.\n')]
}
