// The applications that this suite runs on the server under test. Each tells in X-Asked what it was asked for.

import { createHash } from 'node:crypto'
import type { Application, Body, Environ, StartResponse } from '#wsgi'

const bytes = (text: string) => Buffer.from(text, 'latin1')

function start({ REQUEST_METHOD: method, PATH_INFO: path }: Environ, startResponse: StartResponse): void {
  startResponse('200 OK', [
    ['Content-Type', 'text/plain'],
    ['X-Asked', `${method} ${path}`],
  ])
}

/** Reads the whole body, and sends it back with its size. */
export const echoes: Application = async (environ, startResponse) => {
  const body = await environ['wsgi.input'].read()
  start(environ, startResponse)
  return [bytes(`${body.length} bytes: `), body]
}

/** Never reads. At /fails it throws. */
export const ignores: Application = (environ, startResponse) => {
  if (environ.PATH_INFO === '/fails') throw new Error('the pump is dry')
  start(environ, startResponse)
  return [bytes('no interest')]
}

/** Reads 5 bytes and leaves the others. */
export const readsFive: Application = async (environ, startResponse) => {
  const body = await environ['wsgi.input'].read(5)
  start(environ, startResponse)
  return [bytes('5 bytes: '), body]
}

/** Sends back the lines of the body as a JSON list. */
export const lists: Application = async (environ, startResponse) => {
  const lines = await environ['wsgi.input'].readlines()
  start(environ, startResponse)
  return [bytes(JSON.stringify(lines.map((line) => line.toString('latin1'))))]
}

/** Tells whether it may read up to the end of a body whose length it does not know. */
export const asksForAnEnd: Application = (environ, startResponse) => {
  start(environ, startResponse)
  return [bytes(`wsgi.input_terminated: ${String(environ['wsgi.input_terminated'])}`)]
}

/** Reads the body piece by piece, keeps none of it, and tells how much it was. */
export const counts: Application = async (environ, startResponse) => {
  const digest = createHash('sha256')
  let size = 0
  for (;;) {
    const piece = await environ['wsgi.input'].read(65_536)
    if (piece.length === 0) break
    digest.update(piece)
    size += piece.length
  }
  start(environ, startResponse)
  return [bytes(`${size} bytes, SHA-256 ${digest.digest('hex')}`)]
}

/** Reads a byte at a time, and sends the body back. */
export const nibbles: Application = async (environ, startResponse) => {
  const parts: Buffer[] = []
  for (;;) {
    const part = await environ['wsgi.input'].read(1)
    if (part.length === 0) break
    parts.push(part)
  }
  start(environ, startResponse)
  return parts
}

let goOn = () => {}

/** Says that it has begun, and reads its body only when another request has asked for /go. */
export const readsWhenTold: Application = async (environ, startResponse) => {
  if (environ.PATH_INFO === '/go') goOn()
  else {
    const told = new Promise<void>((resolve) => (goOn = resolve))
    console.log('the application has begun')
    await told
  }
  return echoes(environ, startResponse)
}

/** Sends its first bytes and then reads. */
export const startsEarly: Application = (environ, startResponse) => {
  start(environ, startResponse)
  return readsLate(environ)
}

async function* readsLate(environ: Environ): AsyncGenerator<Uint8Array> {
  yield bytes('first ')
  yield await environ['wsgi.input'].read()
}

/** Does not believe it when a read fails: reads again and again, and takes what comes for the body. */
export const stubborn: Application = async (environ, startResponse): Promise<Body> => {
  const input = environ['wsgi.input']
  for (const attempt of [() => input.read(), () => input.readline(), () => input.read(1)]) {
    try {
      await attempt()
    } catch {
      // Perhaps the next one.
    }
  }
  const body = await input.read()
  start(environ, startResponse)
  return [bytes('whole: '), body]
}
