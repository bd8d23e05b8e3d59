// A correct step 5 in another style: the path is shortened from its end, segment by segment, until something is mounted
// there.

import type { Application } from '#wsgi'

export type Mounts = Record<string, Application>

export function mount(mounts: Mounts): Application {
  const byPrefix = new Map(Object.entries(mounts))
  return function mounted(environ, startResponse) {
    let prefix = environ.PATH_INFO
    while (!byPrefix.has(prefix) && prefix.includes('/')) prefix = prefix.slice(0, prefix.lastIndexOf('/'))
    const application = byPrefix.get(prefix)
    if (application !== undefined) {
      const { PATH_INFO: path, SCRIPT_NAME: above } = environ
      Object.assign(environ, { SCRIPT_NAME: above + prefix, PATH_INFO: path.substring(prefix.length) })
      return application(environ, startResponse)
    }
    startResponse('404 Not Found', [['Content-Type', 'text/html']])
    return [Buffer.from('<p>No application is here.')]
  }
}
