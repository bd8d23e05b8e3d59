// The WSGI contract (PEP 3333) in types, and nothing else: no logic lives here.
// Where Node's sockets force a change from the PEP, the comment says so.

/** A status code and its reason phrase, such as `200 OK`. */
export type Status = string

/** One header: name and value. Every code unit of both is one byte (PEP 3333, "A Note on String Types"). */
export type Header = [name: string, value: string]

/** Sends bytes at once, head first. A promise, which PEP 3333 has not: it settles when more may be written. */
export type Write = (chunk: Uint8Array) => Promise<void>

/**
 * What an application calls to begin its response. The head is not sent before the first non-empty body chunk.
 * `excInfo` is the error that made the application change its mind: one value where Python has a triple.
 */
export type StartResponse = (status: Status, headers: Header[], excInfo?: unknown) => Write

/** The request body. The reads are promises where PEP 3333 blocks; an empty result means the end. */
export interface InputStream extends AsyncIterable<Buffer> {
  read(size?: number): Promise<Buffer>
  readline(size?: number): Promise<Buffer>
  readlines(hint?: number): Promise<Buffer[]>
}

/** Where an application reports what went wrong. Text, not bytes. */
export interface ErrorStream {
  write(text: string): void
  flush(): void
}

/** The request as a flat dictionary: CGI variables, `HTTP_` headers and the `wsgi.` keys. */
export interface Environ {
  REQUEST_METHOD: string
  SCRIPT_NAME: string
  /** The path with its percent-escapes decoded; every code unit is one byte. */
  PATH_INFO: string
  /** What follows the first `?`, as it was sent. */
  QUERY_STRING: string
  CONTENT_TYPE?: string
  CONTENT_LENGTH?: string
  SERVER_NAME: string
  SERVER_PORT: string
  SERVER_PROTOCOL: string
  'wsgi.version': [1, 0]
  'wsgi.url_scheme': 'http' | 'https'
  'wsgi.input': InputStream
  'wsgi.errors': ErrorStream
  'wsgi.multithread': boolean
  'wsgi.multiprocess': boolean
  'wsgi.run_once': boolean
  /** Aborted when the connection to the client breaks. Not in PEP 3333. Made only when it is asked for, and so
   * not among the keys that a copy of the environ takes along. */
  'wsgi_workshop.signal'?: AbortSignal
  [key: string]: unknown
}

/** What an application returns: bytes to send, and perhaps a `close` that the server always calls. */
export type Body = (Iterable<Uint8Array> | AsyncIterable<Uint8Array>) & {
  close?: () => void | Promise<void>
}

/** A WSGI application. The promise and the AsyncIterable are a widening of PEP 3333. */
export type Application = (environ: Environ, startResponse: StartResponse) => Body | Promise<Body>
