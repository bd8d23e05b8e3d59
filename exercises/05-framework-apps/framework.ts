// A web framework in one class: routes, a request over the environ, a reply through start_response.

import { todo } from '#given/kit/todo.ts'
import type { Application, Body, Environ, Header, StartResponse } from '#wsgi'
import { hasHeader } from '../04-start-response/head.ts'

export type Params = Record<string, string>

/** What a handler gets: the environ in the words of a framework. */
export interface FrameworkRequest {
  method: string
  /** The decoded path, as text. */
  path: string
  /** What stands in the path where the pattern has a `:name`. */
  params: Params
  query: URLSearchParams
  /** Reads the body as text. */
  text(): Promise<string>
  environ: Environ
}

/** What a handler gives. A string alone is a page of plain text. */
export interface Reply {
  /** Usually "200 OK". */
  status?: string
  headers?: Header[]
  /** Usually empty. */
  body?: string | Body
}

export type Handler = (request: FrameworkRequest) => string | Reply | Promise<string | Reply>

interface Route {
  method: string
  pattern: string
  handler: Handler
}

export class Framework {
  readonly #routes: Route[] = []

  get(pattern: string, handler: Handler): void {
    this.#routes.push({ method: 'GET', pattern, handler })
  }

  post(pattern: string, handler: Handler): void {
    this.#routes.push({ method: 'POST', pattern, handler })
  }

  /** The WSGI application that this framework is. */
  readonly application: Application = async (environ, startResponse) => {
    const request = readRequest(environ)
    return sendReply(await this.#reply(request), request, startResponse)
  }

  async #reply(request: FrameworkRequest): Promise<string | Reply> {
    // TODO 5.4: Find the first of `this.#routes` whose method is the request's and whose pattern fits its path
    //   (`matchPath`). Give what its handler gives, or a reply with status "404 Not Found".
    // TODO 5.5: The handler finds what `matchPath` gave in `request.params`.
    // TODO 5 strict: A HEAD is answered as a GET: look for that method.
    // TODO 5 strict: Before you give the 404: if the path fits and no method does, the status is "405 Method Not Allowed", and
    //   the header Allow lists the methods that do: "GET, HEAD, POST".
    todo(5, 4)
  }
}

/** What stands in the path where the pattern has a `:name`; null when they do not fit. */
export function matchPath(pattern: string, path: string): Params | null {
  // TODO 5.4: Give `{}` when both are the same, else null.
  // TODO 5.5: Compare them segment by segment (`split('/')`). A segment `:name` fits any that is not empty, and
  //   `params.name` becomes what stands there.
  todo(5, 4)
}

/** The environ in the words of a framework. */
function readRequest(environ: Environ): FrameworkRequest {
  return {
    method: environ.REQUEST_METHOD,
    path: textOf(environ.PATH_INFO),
    params: {},
    query: new URLSearchParams(environ.QUERY_STRING),
    text: async () => (await environ['wsgi.input'].read()).toString('utf8'),
    environ,
  }
}

/** The text that a string of bytes stands for. In WSGI every code unit is one byte, and browsers send UTF-8. */
function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Begins the response, and gives its body. */
function sendReply(reply: string | Reply, request: FrameworkRequest, startResponse: StartResponse): Body {
  const { status = '200 OK', headers = [], body = '' } = typeof reply === 'string' ? { body: reply } : reply
  // TODO 5.4: Call `startResponse`. A reply that has no Content-Type (`hasHeader`) gets "text/plain; charset=utf-8". Give
  //   back the body: a text as a list of one chunk of bytes, any other as it is.
  // TODO 5 strict: Call `startResponse` with a list of its own. It may change that; the list of the reply is the handler's.
  // TODO 5 strict: Before you give the body back: that of a HEAD has no chunk, but the `close` of the one it stands for.
  todo(5, 4)
}
