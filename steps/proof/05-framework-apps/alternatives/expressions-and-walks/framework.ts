// A correct step 5 in another style: a pattern is compiled to a regular expression once, and a path has one entry with
// its handlers by method.

import type { Application, Body, Environ, Header, StartResponse } from '#wsgi'
import { hasHeader } from '../04-start-response/head.ts'

export type Params = Record<string, string>

export interface FrameworkRequest {
  method: string
  path: string
  params: Params
  query: URLSearchParams
  text(): Promise<string>
  environ: Environ
}

export interface Reply {
  status?: string
  headers?: Header[]
  body?: string | Body
}

export type Handler = (request: FrameworkRequest) => string | Reply | Promise<string | Reply>

interface Place {
  expression: RegExp
  names: string[]
  handlers: Map<string, Handler>
}

export class Framework {
  private readonly places = new Map<string, Place>()

  get(pattern: string, handler: Handler): void {
    this.add('GET', pattern, handler)
  }

  post(pattern: string, handler: Handler): void {
    this.add('POST', pattern, handler)
  }

  readonly application: Application = (environ, startResponse) => this.serve(environ, startResponse)

  private add(method: string, pattern: string, handler: Handler): void {
    const place = this.places.get(pattern) ?? { ...compile(pattern), handlers: new Map<string, Handler>() }
    if (!place.handlers.has(method)) place.handlers.set(method, handler)
    this.places.set(pattern, place)
  }

  private async serve(environ: Environ, startResponse: StartResponse): Promise<Body> {
    const path = Buffer.from(environ.PATH_INFO, 'latin1').toString()
    const isHead = environ.REQUEST_METHOD === 'HEAD'
    const allowed = new Set<string>()
    for (const place of this.places.values()) {
      const params = fit(place, path)
      if (params === null) continue
      const handler = place.handlers.get(isHead ? 'GET' : environ.REQUEST_METHOD)
      if (handler !== undefined)
        return answer(await handler(requestOf(environ, path, params)), isHead, startResponse)
      for (const method of place.handlers.keys()) allowed.add(method)
    }
    if (allowed.has('GET')) allowed.add('HEAD')
    const refusal: Reply =
      allowed.size === 0
        ? { status: '404 Not Found', body: 'Nothing here.\n' }
        : { status: '405 Method Not Allowed', headers: [['allow', [...allowed].join(',')]] }
    return answer(refusal, isHead, startResponse)
  }
}

export function matchPath(pattern: string, path: string): Params | null {
  return fit(compile(pattern), path)
}

function compile(pattern: string): Omit<Place, 'handlers'> {
  const names: string[] = []
  const parts = pattern.split('/').map((part) => {
    if (!part.startsWith(':')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(part.slice(1))
    return '([^/]+)'
  })
  return { expression: new RegExp(`^${parts.join('/')}$`), names }
}

function fit({ expression, names }: Omit<Place, 'handlers'>, path: string): Params | null {
  const found = expression.exec(path)
  if (found === null) return null
  return Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
}

function requestOf(environ: Environ, path: string, params: Params): FrameworkRequest {
  return {
    environ,
    path,
    params,
    method: environ.REQUEST_METHOD,
    query: new URLSearchParams(environ.QUERY_STRING),
    async text() {
      return String(await environ['wsgi.input'].read())
    },
  }
}

function answer(given: string | Reply, isHead: boolean, startResponse: StartResponse): Body {
  const reply = typeof given === 'string' ? { body: given } : given
  const headers = Array.from(reply.headers ?? [])
  if (!hasHeader(headers, 'content-type')) headers.push(['content-type', 'text/plain; charset=utf-8'])
  startResponse(reply.status ?? '200 OK', headers)
  const body = reply.body ?? ''
  if (typeof body === 'string') return isHead ? [] : [Buffer.from(body)]
  return isHead ? Object.assign([], { close: () => body.close?.() }) : body
}
