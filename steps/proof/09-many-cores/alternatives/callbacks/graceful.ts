// A correct step 9 in another style: events and callbacks, and a timer that sets itself again.

import { once } from 'node:events'
import type { Server } from 'node:net'
import type { Deadlines } from '../08-hostile-clients/deadlines.ts'

export class GracefulStop {
  readonly sessions = new Set<Deadlines>()
  private accepts = true

  readonly mayPersist = (): boolean => this.accepts

  async stop(server: Server, grace: number, lull = 1000): Promise<void> {
    this.accepts = false
    const end = performance.now() + grace
    let timer: NodeJS.Timeout
    const look = () => {
      const isTooLate = performance.now() >= end
      for (const session of this.sessions)
        if (isTooLate) session.cut()
        else session.endIfIdle(lull)
      timer = setTimeout(look, Math.min(lull / 8, 20))
    }
    const closed = once(server, 'close')
    server.close()
    look()
    await closed.finally(() => clearTimeout(timer))
  }
}
