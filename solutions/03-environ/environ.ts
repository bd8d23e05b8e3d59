// The request as WSGI has it: one flat dictionary (PEP 3333, "environ Variables").

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
  //> 3.3 Give back the keys that PEP 3333 requires: those of the type Environ that have no question mark.
  //> PATH_INFO may hold the whole target for now. Ports are strings here. `wsgi.input` is `emptyInput` until
  //> step 6, `wsgi.errors` is `requestErrors`.
  //> 3.4+ PATH_INFO and QUERY_STRING are the two parts of the target: call `parseTarget`.
  //> 3.5+ Add the variables that `headerVariables` makes of the header fields.
  //> 3.6+ PATH_INFO is percent-decoded, QUERY_STRING is not: call `percentDecode`.
  //> 3.S Add REMOTE_ADDR, REMOTE_PORT, SERVER_SOFTWARE, and REQUEST_URI, which is the target as it was sent.
  //> 3.S HTTP_HOST is what `hostOf` says, if it says anything: put it after the spread, so that an absolute-form
  //> target overrides the Host field.
  const { path, query, authority } = parseTarget(request.method, request.target)
  const host = hostOf(request, fields, authority)
  return {
    REQUEST_METHOD: request.method,
    SCRIPT_NAME: '',
    PATH_INFO: percentDecode(path),
    QUERY_STRING: query,
    REQUEST_URI: request.target,
    SERVER_NAME: ends.serverName,
    SERVER_PORT: String(ends.serverPort),
    SERVER_PROTOCOL: request.version,
    SERVER_SOFTWARE: SOFTWARE,
    REMOTE_ADDR: ends.remoteAddress,
    REMOTE_PORT: String(ends.remotePort),
    ...headerVariables(fields),
    ...(host !== undefined && { HTTP_HOST: host }),
    'wsgi.version': [1, 0],
    'wsgi.url_scheme': 'http',
    'wsgi.input': emptyInput,
    'wsgi.errors': requestErrors,
    'wsgi.multithread': false,
    'wsgi.multiprocess': false,
    'wsgi.run_once': false,
  }
  //<
}

/** Header fields as CGI variables: `User-Agent` becomes `HTTP_USER_AGENT` (RFC 3875, section 4.1.18). */
export function headerVariables(fields: Field[]): Record<string, string> {
  const variables: Record<string, string> = {}
  //> 3.5 A name in upper case, with `_` for each `-` and `HTTP_` before it. Content-Type and Content-Length go
  //> without `HTTP_`.
  //> 3.S Join fields of one name in their order with a comma and a space, Cookie with a semicolon and a space.
  //> 3.S Leave out a name with an underscore: X_Forwarded_For must not pose as X-Forwarded-For.
  for (const [name, value] of fields) {
    const variable = variableName(name)
    if (variable === '') continue
    const before = variables[variable]
    const separator = variable === 'HTTP_COOKIE' ? '; ' : ', '
    variables[variable] = before === undefined ? value : before + separator + value
  }
  //<
  return variables
}

//> -
/** The same few names come with every request. Not more than these: clients can make up names without end. */
const known = new Map<string, string>()
const KNOWN = 1000

/** Empty for a name with an underscore, which has none. */
function variableName(name: string): string {
  const before = known.get(name)
  if (before !== undefined) return before
  const upper = name.toUpperCase().replaceAll('-', '_')
  const variable = upper === 'CONTENT_TYPE' || upper === 'CONTENT_LENGTH' ? upper : `HTTP_${upper}`
  const taken = name.includes('_') ? '' : variable
  if (known.size < KNOWN) known.set(name, taken)
  return taken
}
//<
