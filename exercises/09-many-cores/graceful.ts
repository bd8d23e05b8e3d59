// A stop that loses nothing: what has been asked is answered, and nobody is invited to ask again.

import { todo } from '#given/kit/todo.ts'
import type { Server } from 'node:net'
import type { Deadlines } from '../08-hostile-clients/deadlines.ts'

/** ms without a word after which we believe that no request is on its way. */
const LULL = 1000

export class GracefulStop {
  /** The deadlines of each connection that there is. */
  readonly sessions = new Set<Deadlines>()
  #isStopping = false

  /** Whether a connection may take another request: step 7 asks this for the head of each response. */
  readonly mayPersist = (): boolean => {
    // TODO 9.1: It may: give true.
    // TODO 9.2: Not once we are stopping. Step 7 then says `Connection: close`.
    todo(9, 1)
  }

  /** Stops listening, and settles when the last connection has ended: after `grace` ms, by force. */
  async stop(server: Server, grace: number, lull = LULL): Promise<void> {
    this.#isStopping = true
    // TODO 9.1: `server.close(callback)` stops listening at once, and calls back when the last connection has ended.
    //   Wait for that.
    // TODO 9 strict: Connections that keep silent would hold us up: every `lull / 10` ms, again and again, call
    //   `endIfIdle(lull)` on each of `this.sessions`. One may fall silent later. Not with 0: a request may be on its way,
    //   and would be lost.
    // TODO 9 strict: After `grace` ms, `cut` those that are left. Leave no timer behind.
    todo(9, 1)
  }
}
