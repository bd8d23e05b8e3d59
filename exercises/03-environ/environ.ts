// The request as WSGI has it: one flat dictionary (PEP 3333, "environ Variables").

import { todo } from '#given/kit/todo.ts'
import type { Environ } from '#wsgi'
import { requestErrors, emptyInput } from '#given/03-environ/streams.ts'
import type { RequestLine } from '../02-request-line/request-line.ts'
import type { Field } from './fields.ts'
import { hostOf } from './host.ts'
import { parseTarget, percentDecode } from './target.ts'

export const SOFTWARE = 'wsgi-workshop/0.1'

/** Both ends of the connection that a request came in on. */
export interface Ends {
  serverName: string
  serverPort: number
  remoteAddress: string
  remotePort: number
}

/** Builds the environ of one request. Throws an HttpError when the request cannot be served as it is. */
export function buildEnviron(request: RequestLine, fields: Field[], ends: Ends): Environ {
  // TODO 3.3: Give back the keys that PEP 3333 requires: those of the type Environ that have no question mark.
  //   PATH_INFO may hold the whole target for now. Ports are strings here. `wsgi.input` is `emptyInput` until
  //   step 6, `wsgi.errors` is `requestErrors`.
  // TODO 3.4: PATH_INFO and QUERY_STRING are the two parts of the target: call `parseTarget`.
  // TODO 3.5: Add the variables that `headerVariables` makes of the header fields.
  // TODO 3.6: PATH_INFO is percent-decoded, QUERY_STRING is not: call `percentDecode`.
  // TODO 3 strict: Add REMOTE_ADDR, REMOTE_PORT, SERVER_SOFTWARE, and REQUEST_URI, which is the target as it was sent.
  // TODO 3 strict: HTTP_HOST is what `hostOf` says, if it says anything: put it after the spread, so that an absolute-form
  //   target overrides the Host field.
  todo(3, 3)
}

/** Header fields as CGI variables: `User-Agent` becomes `HTTP_USER_AGENT` (RFC 3875, section 4.1.18). */
export function headerVariables(fields: Field[]): Record<string, string> {
  const variables: Record<string, string> = {}
  // TODO 3.5: A name in upper case, with `_` for each `-` and `HTTP_` before it. Content-Type and Content-Length go
  //   without `HTTP_`.
  // TODO 3 strict: Join fields of one name in their order with a comma and a space, Cookie with a semicolon and a space.
  // TODO 3 strict: Leave out a name with an underscore: X_Forwarded_For must not pose as X-Forwarded-For.
  todo(3, 5)
  return variables
}
