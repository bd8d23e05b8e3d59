// Drives a response by hand, as a server does whose client takes one chunk, waits, or leaves.

import { environFor, type HandRequest } from '#given/kit/application/call.ts'
import type { Application, Environ, Header } from '#wsgi'

export function environOf(request: HandRequest | string): Environ {
  return environFor(typeof request === 'string' ? { target: request } : request)
}

/** A response in the hands of a server: its chunks can be taken one by one, and it can be left. */
export interface Driven {
  heads: { status: string; headers: Header[] }[]
  next(): Promise<string | undefined>
  close(): void | Promise<void>
}

/** Runs it as a server does: with the first bytes that are taken, the head has gone. */
export async function drive(application: Application, request: Environ | string): Promise<Driven> {
  const heads: Driven['heads'] = []
  let isHeadSent = false
  const environ = typeof request === 'string' ? environOf(request) : request
  const body = await application(environ, (status, headers, error) => {
    if (error !== undefined && isHeadSent) throw error
    heads.push({ status, headers })
    return async () => {}
  })
  if (!(Symbol.asyncIterator in body)) throw new Error('The body should be asynchronous.')
  const chunks = body[Symbol.asyncIterator]()
  return {
    heads,
    async next() {
      const { done, value } = await chunks.next()
      if (done === true) return undefined
      isHeadSent ||= value.length > 0
      return Buffer.from(value).toString()
    },
    close: () => body.close?.(),
  }
}
