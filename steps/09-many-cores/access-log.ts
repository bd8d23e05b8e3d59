// One line for each request, in the combined log format with the time taken in ms at its end. Given whole: it is an
// application round another, which is what WSGI calls middleware.

import { isUint8Array } from 'node:util/types'
import type { Application, Body, Environ } from '#wsgi'

/** One request, as far as the log tells of it. */
interface Entry {
  status: string
  /** Bytes of the body. */
  bytes: number
  /** Writes the line. */
  end(): void
}

/** The application with a log. `print` gets each line, without its end. */
export function logged(application: Application, print: (line: string) => void = console.log): Application {
  return async (environ, startResponse) => {
    const entry = begin(environ, print)
    try {
      const body = await application(environ, (status, headers, excInfo) => {
        const write = startResponse(status, headers, excInfo)
        entry.status = status
        return (chunk) => write(count(chunk, entry))
      })
      return counted(body, entry)
    } catch (error) {
      entry.status = '500'
      entry.end()
      throw error
    }
  }
}

function begin(environ: Environ, print: (line: string) => void): Entry {
  const began = performance.now()
  // Now, since an application may change its environ.
  const client = String(environ['REMOTE_ADDR'] ?? '-')
  const target = String(environ['REQUEST_URI'] ?? environ.PATH_INFO)
  const asked = quote(`${environ.REQUEST_METHOD} ${target} ${environ.SERVER_PROTOCOL}`)
  const from = `${quote(environ['HTTP_REFERER'])} ${quote(environ['HTTP_USER_AGENT'])}`
  const isHead = environ.REQUEST_METHOD === 'HEAD'
  return {
    status: '-',
    bytes: 0,
    end() {
      const sent = `${this.status.slice(0, 3)} ${isHead ? 0 : this.bytes}`
      const ms = (performance.now() - began).toFixed(1)
      // The two hyphens stand for names that nobody asks for any more.
      print(`${client} - - [${stamp(new Date())}] ${asked} ${sent} ${from} ${ms}`)
    },
  }
}

/** The body, whose chunks are counted and whose end is told. A list stays one, so that its length can be declared. */
function counted(body: Body, entry: Entry): Body {
  const close = async () => {
    try {
      await body.close?.()
    } finally {
      entry.end()
    }
  }
  if (Array.isArray(body)) {
    body.forEach((chunk) => count(chunk, entry))
    // A copy: the application may return the same list again.
    return Object.assign([...body], { close })
  }
  // What is no body is the server's to complain of.
  if (typeof body !== 'object' || body === null || isUint8Array(body)) {
    entry.end()
    return body
  }
  return Object.assign(each(body, entry), { close })
}

async function* each(body: Body, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield count(chunk, entry)
  } catch (error) {
    // Nothing had been sent: the server answers with a 500 in the application's place.
    if (entry.bytes === 0) entry.status = '500'
    throw error
  }
}

function count(chunk: Uint8Array, entry: Entry): Uint8Array {
  if (isUint8Array(chunk)) entry.bytes += chunk.length
  return chunk
}

/** In quotes; no client may break out of them, or out of the line. */
function quote(text: unknown): string {
  if (typeof text !== 'string') return '"-"'
  return `"${text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })}"`
}

/** `22/Nov/2026:14:18:05 +0000`, made of "Sun, 22 Nov 2026 14:18:05 GMT". */
function stamp(time: Date): string {
  return time.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
}
