// Floor 9, the finished server: several processes on one port, which can be stopped and renewed without losing a request.

import { logged } from '#given/09-many-cores/access-log.ts'
import { application as ownPage } from '#given/09-many-cores/own-page.ts'
import { forkWorker, type WorkerPlan } from '#given/09-many-cores/fork-worker.ts'
import type { Listener } from '../01-echo-socket/listener.ts'
import { serverLimits } from '../08-hostile-clients/limits.ts'
import { listenFor, type ServerOptions as OneServer } from '../08-hostile-clients/server.ts'
import { GracefulStop } from './graceful.ts'
import { Supervisor } from './supervisor.ts'

export { loadApplication } from '../05-framework-apps/server.ts'

export interface ServerOptions extends OneServer {
  /** Print a line for each request. */
  log?: boolean
  /** Whether other processes still hold the port: whoever is told to leave would come back to them. */
  othersListen?: () => boolean
}

export interface Stoppable extends Pick<Listener, 'port' | 'close'> {
  /** Answers what has been asked, and ends: after `grace` ms by force. See GracefulStop for `lull`. */
  stop(grace: number, lull?: number): Promise<void>
}

/** One process of the server: this one. */
export async function startServer(options: ServerOptions): Promise<Stoppable> {
  const { application = ownPage, limits, trusted = [], log = false, othersListen, ...address } = options
  const graceful = new GracefulStop()
  const service = {
    application: log ? logged(application) : application,
    limits: { ...serverLimits, ...limits },
    trusted,
    sessions: graceful.sessions,
    mayPersist: () => graceful.mayPersist() || (othersListen?.() ?? false),
  }
  const { server, port, close } = await listenFor(service, address)
  return { port, close, stop: (grace, lull) => graceful.stop(server, grace, lull) }
}

/** ms after which a worker, which has the same grace, has ended of its own accord, if it ever will. */
const MARGIN = 1000

export interface Workers extends Stoppable {
  /** Replaces all workers, and with them the application. Rejects if a new one cannot start; the old ones go on then. */
  reload(): Promise<void>
}

/** Several processes of the server, each with the application that `plan.module` names, on one port. */
export async function startWorkers(plan: WorkerPlan, workers: number): Promise<Workers> {
  let port = plan.port
  // Port 0 stays 0: node:cluster gives all of them the same one for it.
  const supervisor = new Supervisor(() => forkWorker(plan, (given) => (port = given)), workers)
  await supervisor.start()
  return {
    port,
    close: () => supervisor.stop(0),
    stop: (grace) => supervisor.stop(grace + MARGIN),
    reload: () => supervisor.reload(plan.grace + MARGIN),
  }
}
