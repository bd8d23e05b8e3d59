// Lets an application hear that its client has gone. Given whole.

import type { Environ } from '#wsgi'

interface Client {
  readonly isGone: boolean
  onGone(listener: () => void): () => void
}

/** What stands behind the signal of one request. */
export class Offer {
  readonly #client: Client
  #controller: AbortController | undefined
  #stop: (() => void) | undefined

  constructor(client: Client) {
    this.#client = client
  }

  get signal(): AbortSignal {
    return (this.#controller ??= this.#control()).signal
  }

  /** Once the response is whole, it is no news that the client goes. */
  withdraw(): void {
    this.#stop?.()
  }

  #control(): AbortController {
    const controller = new AbortController()
    if (this.#client.isGone) controller.abort()
    else this.#stop = this.#client.onGone(() => controller.abort())
    return controller
  }
}

/** Where an environ keeps its offer: no list of its keys shows it. */
const OFFER = Symbol('offer')

/** One for all requests, so that none needs a function of its own. */
const signal: PropertyDescriptor & ThisType<{ [OFFER]: Offer }> = {
  configurable: true,
  get() {
    return this[OFFER].signal
  },
}

/**
 * Adds `wsgi_workshop.signal` to the environ: an AbortSignal that is made when it is first asked for, since most
 * applications never do and a signal costs more than the rest of the environ.
 */
export function offerSignal(environ: Environ & { [OFFER]?: Offer }, client: Client): Offer {
  const offer = new Offer(client)
  environ[OFFER] = offer
  Object.defineProperty(environ, 'wsgi_workshop.signal', signal)
  return offer
}
