// What a reload and a stop cost the clients of a server at work: started as one would start it, with two workers.
import { setTimeout as after } from 'node:timers/promises'
import { ServeCommand } from '#given/kit/host/serve-command.ts'
import { Requests, type Tally } from './requests.ts'
import type { Target } from './server.ts'
import type { Measured } from '../report/measured.ts'
import { APPLICATION } from '../servers/contestants.ts'
import { root } from '../../lib/catalogue.ts'

const ROUNDS = 10
/** ms of load before each signal. */
const LOAD = 300

/** In each round a server is started, reloaded and stopped. */
export async function signals(target: Target): Promise<Measured[]> {
  const [reload, stop]: [Tally, Tally] = [{}, {}]
  for (let round = 0; round < ROUNDS; round++) {
    const server = serve(target)
    const load = new Requests(await server.port())
    await after(LOAD)
    load.tally = reload
    await reloadWorkers(server)
    await after(LOAD)
    await load.sendNewcomersHome()
    load.tally = stop
    load.serverIsEnding = true
    stopWorkers(server)
    await Promise.all([server.ended, load.over])
  }
  return [rowFor('SIGHUP', reload, target), rowFor('SIGTERM', stop, target)]
}

function rowFor(signal: string, { answered = 0, ...failures }: Tally, { note }: Target): Measured {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
  const codes = Object.entries(failures).map(([code, count]) => `${count} × ${code}`)
  if (failed > 0) note(`Under ${signal}: ${codes.join(', ')}.`)
  const all = (answered + failed).toLocaleString('en')
  return { what: `requests lost to ${ROUNDS} × ${signal}, of ${all} at full rate`, value: failed, bar: 0 }
}

/** `npm run serve 9 … workers=2`, which ends with the measurement at the latest. */
function serve({ step, isSolution, over }: Target): ServeCommand {
  const tree = isSolution ? ['solution'] : []
  const server = new ServeCommand(root, [String(step.number), APPLICATION, 'workers=2', 'log=off', ...tree])
  const kill = () => server.signal('SIGKILL')
  over.addEventListener('abort', kill)
  void server.ended.then(() => over.removeEventListener('abort', kill))
  return server
}

async function reloadWorkers(server: ServeCommand): Promise<void> {
  if (process.platform === 'win32') server.say('reload')
  else process.kill(await server.primary(), 'SIGHUP')
  await server.prints(/Reloaded/)
}

function stopWorkers(server: ServeCommand): void {
  if (process.platform === 'win32') server.say('stop')
  else server.signal('SIGTERM')
}
