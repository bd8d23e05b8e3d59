// The heads of requests and responses, from WSGI's way of writing them to node:http's and back.

import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { HOP_BY_HOP } from '#given/04-start-response/hop-by-hop.ts'
import { emptyInput } from '#given/03-environ/streams.ts'
import type { Environ, Header, Status } from '#wsgi'
import { targetBelow } from '../target.ts'

/** Bytes that no URI may have are percent-encoded, which is what their sender meant: node:http would refuse them. */
export function requestTarget(environ: Environ): string {
  return targetBelow(environ).replace(/[^\x21-\x7e]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}

/**
 * The request's headers, from the variables that the server made of them. Those of the client's connection are the server's
 * business, as is `Expect`; those of the connection in memory are node:http's.
 */
export function requestHeaders(environ: Environ): Record<string, string> {
  // HTTP/1.1 wants a Host. A client of HTTP/1.0 need not send one (PEP 3333, "URL Reconstruction").
  const headers: Record<string, string> = { host: `${environ.SERVER_NAME}:${environ.SERVER_PORT}` }
  for (const [key, value] of Object.entries(environ)) {
    if (!key.startsWith('HTTP_') || typeof value !== 'string') continue
    const name = key.slice('HTTP_'.length).toLowerCase().replaceAll('_', '-')
    if (!HOP_BY_HOP.has(name) && name !== 'expect') headers[name] = value
  }
  // CGI leaves it open whether what is absent is empty (RFC 3875, section 4.1).
  if (environ.CONTENT_TYPE) headers['content-type'] = environ.CONTENT_TYPE
  // Our server reads no bodies until step 6, and none will follow.
  if (environ['wsgi.input'] === emptyInput) return headers
  if (environ['HTTP_TRANSFER_ENCODING'] !== undefined) headers['transfer-encoding'] = 'chunked'
  else if (environ.CONTENT_LENGTH) headers['content-length'] = environ.CONTENT_LENGTH
  return headers
}

export function statusOf({ statusCode = 0, statusMessage }: IncomingMessage): Status {
  // HTTP allows an empty reason, WSGI does not.
  return `${statusCode} ${statusMessage || (STATUS_CODES[statusCode] ?? 'Unknown')}`
}

/** The application's headers, each as often as it was set. */
export function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push([name, value])
  }
  return headers
}
