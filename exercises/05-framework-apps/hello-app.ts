// The smallest application of your own. `npm run serve 5 exercises/05-framework-apps/hello-app.ts:app` runs it.

import { todo } from '#given/kit/todo.ts'
import type { Application } from '#wsgi'

/** Answers every request with the method and the path that it asked for: `GET /hello`, and a line feed. */
export const app: Application = (environ, startResponse) => {
  // TODO 5.1: Begin with `startResponse`: status "200 OK", and a Content-Type of text/plain. Give back a list of one
  //   chunk: the line as bytes. PATH_INFO holds a byte in each code unit, so encode the line as 'latin1'.
  todo(5, 1)
}
