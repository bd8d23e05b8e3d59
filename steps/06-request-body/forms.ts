// What floor 6 serves when no application is named: a form to send and a file to upload. The answer shows the body as
// it came over the wire, and what the application made of it.

import { createHash } from 'node:crypto'
import type { Application, Body, Environ, StartResponse } from '#wsgi'
import { answerPage, formsPage, type Facts } from './forms-page.ts'
import { boundaryOf, readParts, type PartHead } from './multipart.ts'

/** Bytes of a form: more than anybody types. */
const LONGEST_FORM = 65_536
/** Bytes read at a time from a file. */
const PIECE = 65_536
/** Bytes of a field that are shown. */
const BEGINNING = 1000

export const application: Application = async (environ, startResponse) => {
  const { REQUEST_METHOD: method, PATH_INFO: path } = environ
  if (path === '/form' && method === 'POST') return answer(environ, startResponse, await readForm(environ))
  if (path === '/upload' && method === 'POST')
    return answer(environ, startResponse, await readUpload(environ))
  if (path === '/upload' && method === 'PUT') return answer(environ, startResponse, await readFile(environ))
  if (path === '/') return respond(startResponse, '200 OK', 'text/html', formsPage)
  if (path === '/hello') return respond(startResponse, '200 OK', 'text/plain', 'Hello. The forms are at /\n')
  return respond(startResponse, '404 Not Found', 'text/plain', 'There is no such page.\n')
}

/** A form as `curl --data` and a browser send it: `name=Ada&note=1+%2B+1`. */
async function readForm(environ: Environ): Promise<Facts> {
  const body = (await environ['wsgi.input'].read(LONGEST_FORM)).toString('utf8')
  return [['The body', body], ...new URLSearchParams(body)]
}

/** A form with a file in it, as `curl --form` and a browser send it. Of the file no more than a piece is kept. */
async function readUpload(environ: Environ): Promise<Facts> {
  const boundary = boundaryOf(environ.CONTENT_TYPE)
  if (boundary === undefined) return [['The body', 'is no multipart/form-data']]
  const parts: { head: PartHead; measure: Measure }[] = []
  for await (const piece of readParts(environ['wsgi.input'], boundary)) {
    if ('filename' in piece) parts.push({ head: piece, measure: new Measure() })
    else parts.at(-1)?.measure.add(piece)
  }
  return parts.map(({ head: { name, filename, type }, measure }) => {
    return [name, filename === undefined ? measure.beginning : `${filename}, ${type}, ${measure.tell()}`]
  })
}

/** A file alone, as `curl --upload-file` sends it. */
async function readFile(environ: Environ): Promise<Facts> {
  const measure = new Measure()
  for (;;) {
    const piece = await environ['wsgi.input'].read(PIECE)
    if (piece.length === 0) return [['The file', measure.tell()]]
    measure.add(piece)
  }
}

/** What is known of bytes of which only the beginning is kept. */
class Measure {
  readonly #digest = createHash('sha256')
  #size = 0
  beginning = ''

  add(bytes: Buffer): void {
    this.beginning += bytes.toString('utf8', 0, Math.max(0, BEGINNING - this.#size))
    this.#digest.update(bytes)
    this.#size += bytes.length
  }

  tell(): string {
    return `${this.#size} bytes, SHA-256 ${this.#digest.digest('hex')}`
  }
}

/** Tells how the body came, and what was found in it: to a browser as a page. */
function answer(environ: Environ, startResponse: StartResponse, found: Facts): Body {
  const facts = [...howItCame(environ), ...found]
  if (String(environ['HTTP_ACCEPT']).includes('text/html'))
    return respond(startResponse, '200 OK', 'text/html', answerPage(facts))
  const text = facts.map(([name, value]) => `${name}: ${value}\n`).join('')
  return respond(startResponse, '200 OK', 'text/plain', text)
}

function howItCame(environ: Environ): Facts {
  const variables = ['CONTENT_TYPE', 'CONTENT_LENGTH', 'HTTP_TRANSFER_ENCODING', 'HTTP_EXPECT']
  return variables.flatMap((name): Facts => {
    const value = environ[name]
    return value === undefined ? [] : [[name, String(value)]]
  })
}

function respond(startResponse: StartResponse, status: string, type: string, text: string): Body {
  startResponse(status, [['Content-Type', `${type}; charset=utf-8`]])
  return [Buffer.from(text)]
}
