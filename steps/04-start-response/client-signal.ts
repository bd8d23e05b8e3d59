// Lets an application hear that its client has gone. Given whole.

import type { Environ } from '#wsgi'

/**
 * Adds `wsgi_workshop.signal` to the environ: an AbortSignal that is made when it is first asked for, since most
 * applications never do and a signal costs more than the rest of the environ.
 */
export function offerSignal(
  environ: Environ,
  client: { isGone: boolean; onGone(listener: () => void): void },
): void {
  let controller: AbortController | undefined
  Object.defineProperty(environ, 'wsgi_workshop.signal', {
    configurable: true,
    get: () => {
      if (controller === undefined) {
        const made = new AbortController()
        if (client.isGone) made.abort()
        else client.onGone(() => made.abort())
        controller = made
      }
      return controller.signal
    },
  })
}
