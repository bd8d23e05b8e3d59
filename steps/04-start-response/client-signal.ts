// Lets an application hear that its client has gone. Given whole.

import type { Environ } from '#wsgi'

interface Client {
  readonly isGone: boolean
  onGone(listener: () => void): () => void
}

/** What stands behind the signal of one request. */
interface Offer {
  client: Client
  controller?: AbortController
  stop?: () => void
}

/** Where an environ keeps its offer: no list of its keys shows it. */
const OFFER = Symbol('offer')

/** One for all requests, so that none needs a function of its own. */
const signal: PropertyDescriptor & ThisType<{ [OFFER]: Offer }> = {
  configurable: true,
  get() {
    const offer = this[OFFER]
    offer.controller ??= signalOf(offer)
    return offer.controller.signal
  },
}

/**
 * Adds `wsgi_workshop.signal` to the environ: an AbortSignal that is made when it is first asked for, since most
 * applications never do and a signal costs more than the rest of the environ. Gives back a function that withdraws
 * the offer: once the response is whole, it is no news that the client goes.
 */
export function offerSignal(environ: Environ, client: Client): () => void {
  const offer: Offer = { client }
  Object.assign(environ, { [OFFER]: offer })
  Object.defineProperty(environ, 'wsgi_workshop.signal', signal)
  return () => offer.stop?.()
}

function signalOf(offer: Offer): AbortController {
  const controller = new AbortController()
  if (offer.client.isGone) controller.abort()
  else offer.stop = offer.client.onGone(() => controller.abort())
  return controller
}
