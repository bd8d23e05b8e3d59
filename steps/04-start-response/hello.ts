// The smallest useful WSGI application: what floor 4 serves when no other is named. Given whole.

import type { Application } from '#wsgi'

export const application: Application = (environ, startResponse) => {
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  return [Buffer.from(`Hello world from a WSGI application!\nYou asked for ${environ.PATH_INFO}\n`, 'latin1')]
}
