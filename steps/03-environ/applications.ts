// The application of this suite: on later floors it shows the environ as floor 3 does by itself.

import type { Application } from '#wsgi'
import { environTable } from './environ-table.ts'

export const table: Application = (environ, startResponse) => {
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  return [Buffer.from(environTable(environ), 'latin1')]
}
