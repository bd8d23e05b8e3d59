// Lets an application hear that its client has gone. Given whole.

import type { Environ } from '#wsgi'

/**
 * Adds `wsgi_workshop.signal` to the environ: an AbortSignal that is made when it is first asked for, since most
 * applications never do and a signal costs more than the rest of the environ. Gives back a function that withdraws
 * the offer: once the response is whole, it is no news that the client goes.
 */
export function offerSignal(
  environ: Environ,
  client: { isGone: boolean; onGone(listener: () => void): () => void },
): () => void {
  let controller: AbortController | undefined
  let stop: (() => void) | undefined
  Object.defineProperty(environ, 'wsgi_workshop.signal', {
    configurable: true,
    get: () => {
      if (controller === undefined) {
        const made = new AbortController()
        if (client.isGone) made.abort()
        else stop = client.onGone(() => made.abort())
        controller = made
      }
      return controller.signal
    },
  })
  return () => stop?.()
}
