// How this suite looks at applications, with a server and without one.

import { matchPath } from '#server/05-framework-apps/framework.ts'
import { mount } from '#server/05-framework-apps/mount.ts'
import { Answer, type Expected } from '#given/kit/wire/ask.ts'
import {
  callApplication,
  environFor,
  type HandAnswer,
  type HandRequest,
} from '#given/kit/application/call.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { Incoming } from '#given/kit/wire/response-reader.ts'
import type { Server } from '#given/kit/host/server.ts'
import { patient } from '#given/kit/unhurried.ts'
import type { Application } from '#wsgi'
import { offerSignal } from '../04-start-response/client-signal.ts'

/** How long, in ms, an application may take for its first answer: a framework has to be loaded for it. */
const LOADING = patient(5000)

export function request(line: string): string {
  return `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
}

/** Asks for `/path`, or `POST /path`, and fails unless the answer is as expected. */
export async function answers(server: Server, line: string, expected: Expected): Promise<Answer> {
  const answer = await server.ask(request(line.startsWith('/') ? `GET ${line}` : line))
  answer.is(expected)
  return answer
}

/** The answer to a HEAD as far as its head goes, and what came after it. */
export async function asksHead(server: Server, path: string): Promise<Answer> {
  const client = await server.connect()
  await client.send(request(`HEAD ${path}`))
  await client.until(() => client.received.includes('\r\n\r\n'))
  const { received } = client
  const head = received.subarray(0, received.indexOf('\r\n\r\n') + 4)
  return new Answer(new Incoming(head).parse(client.scene, true), client.scene)
}

/** All values that a header has in an answer. */
export function values(headers: readonly (readonly [string, string])[], name: string): string[] {
  return headers.filter(([known]) => known.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
}

/** Gives an application a request, with no server between them. */
export function call(application: Application, made: HandRequest): Promise<HandAnswer> {
  return callApplication(application, environFor(made))
}

/** An application that says where it is mounted, and what is left of the path. */
export function tells(name: string): Application {
  return (environ, startResponse) => {
    startResponse('200 OK', [['Content-Type', 'text/plain']])
    return [Buffer.from(`${name} is at "${environ.SCRIPT_NAME}", asked for "${environ.PATH_INFO}"`)]
  }
}

/** Fails unless what is mounted still finds in its environ what the server put there for those who ask. */
export async function handsSignalOn(): Promise<void> {
  let found: unknown
  const asks: Application = (environ, startResponse) => {
    found = environ['wsgi_workshop.signal']
    return tells('shop')(environ, startResponse)
  }
  const environ = environFor({ target: '/shop/cart' })
  offerSignal(environ, { isGone: false, onGone: () => () => {} })
  await callApplication(mount({ '/shop': asks }), environ)
  if (found === environ['wsgi_workshop.signal']) return
  throw new Failure(
    'mount({ "/shop": shop }) was given an environ that has a wsgi_workshop.signal; in the one that shop got, it is\n' +
      'missing. A copy such as { ...environ } leaves it out: call the application with this very environ.',
  )
}

/** What Node's fetch makes of a page: status and text. Waits while a framework is loaded. */
export async function fetchPage({ port }: Server, path: string): Promise<{ status: string; text: string }> {
  const url = `http://127.0.0.1:${port}${path}`
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(LOADING), redirect: 'manual' })
    return { status: `${answer.status} ${answer.statusText}`, text: await answer.text() }
  } catch (error) {
    const reason = error instanceof Error ? (error.cause ?? error) : error
    throw new Failure(`fetch("${url}") failed: ${String(reason)}`)
  }
}

/** Fails unless `matchPath` gives these parameters, in an object of whatever kind, or null. */
export function givesMatch(pattern: string, path: string, expected: object | null): void {
  const found = matchPath(pattern, path)
  gives(`matchPath(${JSON.stringify(pattern)}, ${JSON.stringify(path)})`, found && { ...found }, expected)
}
