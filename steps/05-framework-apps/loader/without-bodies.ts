// For a server that reads no bodies yet: whoever sends a form to an application on it is told why the form is empty.

import type { Application } from '#wsgi'
import { hasBody } from '../python/collect.ts'

/** `application`, which says so once, at the first request that has a body. */
export function withoutBodies(application: Application, tell: (line: string) => void): Application {
  let isTold = false
  return (environ, startResponse) => {
    if (!isTold && hasBody(environ)) {
      isTold = true
      tell(
        `${environ.REQUEST_METHOD} ${environ.PATH_INFO} has a body, and the application finds none: ` +
          'this server reads no bodies before step 6.',
      )
    }
    return application(environ, startResponse)
  }
}
