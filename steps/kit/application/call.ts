// Runs an application without a server: a request made by hand goes in, all that it answers comes out.

import type { Application, Environ, Header } from '#wsgi'
import { BodyInput } from './body-input.ts'

export interface HandRequest {
  method?: string
  /** In origin-form: `/a%20b?c=d`. */
  target: string
  headers?: Header[]
  /** An iterable has no CONTENT_LENGTH, as if its coding were chunked. */
  body?: Uint8Array | AsyncIterable<Uint8Array>
}

export interface HandAnswer {
  status: string
  headers: Header[]
  body: Buffer
}

/** The environ of such a request, as floor 3 would build it; `wsgi.input` has the body. */
export function environFor({ method = 'GET', target, headers = [], body }: HandRequest): Environ {
  const [path = '', ...query] = target.split('?')
  const variables = headers.map(([name, value]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value])
  const { HTTP_CONTENT_TYPE: type, ...fields } = Object.fromEntries(variables)
  return {
    REQUEST_METHOD: method,
    SCRIPT_NAME: '',
    PATH_INFO: decode(path),
    QUERY_STRING: query.join('?'),
    REQUEST_URI: target,
    SERVER_NAME: '127.0.0.1',
    SERVER_PORT: '8888',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: '127.0.0.1',
    REMOTE_PORT: '50000',
    HTTP_HOST: '127.0.0.1:8888',
    ...fields,
    ...(type !== undefined && { CONTENT_TYPE: type }),
    ...(body instanceof Uint8Array && { CONTENT_LENGTH: String(body.length) }),
    ...(body !== undefined && !(body instanceof Uint8Array) && { HTTP_TRANSFER_ENCODING: 'chunked' }),
    'wsgi.version': [1, 0],
    'wsgi.url_scheme': 'http',
    'wsgi.input': new BodyInput(body ?? Buffer.alloc(0)),
    'wsgi.errors': { write: (text) => void process.stderr.write(text), flush: () => {} },
    'wsgi.multithread': false,
    'wsgi.multiprocess': false,
    'wsgi.run_once': false,
  }
}

/** Calls the application as a server does: awaits and iterates what it returns, and closes it. */
export async function callApplication(application: Application, environ: Environ): Promise<HandAnswer> {
  let start: { status: string; headers: Header[] } | undefined
  const chunks: Buffer[] = []
  const write = async (chunk: Uint8Array) => void chunks.push(Buffer.from(chunk))
  const body = await application(environ, (status, headers, excInfo) => {
    if (excInfo !== undefined && chunks.length > 0) throw excInfo
    start = { status, headers }
    return write
  })
  try {
    for await (const chunk of body) if (chunk.length > 0) await write(chunk)
  } finally {
    await body.close?.()
  }
  if (start === undefined) throw new Error('The application never called start_response.')
  return { ...start, body: Buffer.concat(chunks) }
}

function decode(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
