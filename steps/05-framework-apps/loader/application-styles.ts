// What applications look like, and how each kind becomes one that speaks WSGI. They are known by their shape: no
// framework is imported here, and one that nobody has thought of may fit all the same.

import { createServer, Server, type RequestListener } from 'node:http'
import type { Application } from '#wsgi'
import { LoadError } from '../load-error.ts'
import type { Loaded } from '../loaded.ts'
import { nodeApplication } from '../node/node-style.ts'
import type { Picked } from './pick.ts'

export type FetchHandler = (request: Request) => Response | Promise<Response>
export type FetchAdapter = (handler: FetchHandler) => Application

interface FetchStyle {
  fetch: FetchHandler
}

interface Koa {
  callback(): RequestListener
}

interface Fastify {
  server: Server
  ready(): PromiseLike<unknown>
  close(): PromiseLike<unknown>
}

interface Context {
  /** As in `koaapp:app`. */
  words: string
  fetchApplication: FetchAdapter
  owner: object | undefined
}

/** The kinds, each with its shape and what becomes of it. The first that fits is taken: a bare function comes last. */
const STYLES = [
  style(isFetchStyle, (app, { fetchApplication }) => fetchApplication((request) => app.fetch(request))),
  style(isKoa, (app) => nodeApplication(serverFor(app.callback()))),
  style(
    isFastify,
    (app, { words }) => whenReady(app, words),
    (app) => app.close(),
  ),
  style(isExpress, (app) => nodeApplication(serverFor(app))),
  style(isServer, (server) => nodeApplication(server)),
  style(isFunction, (application, { owner }) => (owner ? application.bind(owner) : application)),
]

/** The application, from what a module has under the name in `words`. Rejects with a LoadError when it is none. */
export async function adapt(
  { value, owner }: Picked,
  words: string,
  fetchApplication: FetchAdapter,
): Promise<Loaded> {
  for (const load of STYLES) {
    const loaded = await load(value, { words, owner, fetchApplication })
    if (loaded !== undefined) return loaded
  }
  throw new LoadError(
    `${words} is ${described(value)}, and no application: that is a function (environ, startResponse), ` +
      'or what one makes with Express, Koa, Fastify, Hono or node:http.',
  )
}

type Load = (value: unknown, context: Context) => Promise<Loaded | undefined>

/** One kind. What it has to `end` ends with the server. */
function style<Shape>(
  fits: (value: unknown) => value is Shape,
  make: (app: Shape, context: Context) => Application | Promise<Application>,
  end: (app: Shape) => PromiseLike<unknown> | undefined = () => undefined,
): Load {
  return async (value, context) => {
    if (!fits(value)) return undefined
    const application = await make(value, context)
    return { application, close: () => quietly(end(value)) }
  }
}

async function quietly(ending: PromiseLike<unknown> | undefined): Promise<void> {
  try {
    await ending
  } catch (error) {
    console.error('The application did not end well:', error)
  }
}

/** The head of a request has passed the limits of our own server: Node's are not needed. */
function serverFor(listener: RequestListener): Server {
  return createServer({ maxHeaderSize: 1_048_576 }, listener)
}

/** Fastify loads its plugins first. */
async function whenReady(app: Fastify, words: string): Promise<Application> {
  try {
    await app.ready()
  } catch (error) {
    throw new LoadError(`${words} does not get ready: ${String(error)}`, { cause: error })
  }
  return nodeApplication(app.server)
}

/** Hono, and any object with a `fetch`, which Deno and Bun run as well. */
function isFetchStyle(value: unknown): value is FetchStyle {
  return hasFunctions(value, 'fetch')
}

function isKoa(value: unknown): value is Koa {
  return hasFunctions(value, 'callback', 'listen')
}

function isFastify(value: unknown): value is Fastify {
  return (
    hasFunctions(value, 'ready', 'close', 'routing') && 'server' in value && value.server instanceof Server
  )
}

/** Connect, too. */
function isExpress(value: unknown): value is RequestListener {
  return typeof value === 'function' && hasFunctions(value, 'handle', 'listen')
}

function isServer(value: unknown): value is Server {
  return value instanceof Server
}

/** Taken for an application of WSGI: nothing more can be seen from outside. */
function isFunction(value: unknown): value is Application {
  return typeof value === 'function' && !isClass(value)
}

function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))
}

function hasFunctions(value: unknown, ...names: string[]): value is object {
  const holder: object = Object(value)
  return names.every((name) => typeof Reflect.get(holder, name) === 'function')
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (isClass(value)) return 'a class'
  if (value instanceof Promise) return 'a promise (export what it resolves to: put `await` before it)'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
