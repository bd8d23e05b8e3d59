// What a reload and a stop cost the clients of a server at work: started as one would start it, with two workers.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
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
    const server = await Serving.start(target)
    const load = new Requests(server.port)
    await after(LOAD)
    load.tally = reload
    server.reload()
    await server.says(/Reloaded/)
    await after(LOAD)
    await load.sendNewcomersHome()
    load.tally = stop
    load.serverIsEnding = true
    server.stop()
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

/** `npm run serve 9 … workers=2`, and what one tells it. */
class Serving {
  readonly ended: Promise<unknown>
  port = 0
  readonly #child: ChildProcess
  /** The process that looks after the workers. */
  #primary = 0
  #printed = ''
  #wake = () => {}

  private constructor({ step, isSolution, over }: Target) {
    const tree = isSolution ? ['solution'] : []
    const words = ['serve', String(step.number), APPLICATION, 'workers=2', 'log=off', 'port=0', ...tree]
    this.#child = fork(join(root, 'scripts', 'start.mjs'), words, { cwd: root, silent: true, execArgv: [] })
    const kill = () => this.#child.kill('SIGKILL')
    over.addEventListener('abort', kill)
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text) => {
        this.#printed += String(text)
        this.#wake()
      })
    this.ended = once(this.#child, 'exit').then(() => {
      over.removeEventListener('abort', kill)
      this.#wake()
    })
  }

  static async start(target: Target): Promise<Serving> {
    const serving = new Serving(target)
    const [, port, primary] = await serving.says(/:(\d+)\/ .*\n.*process (\d+)/)
    serving.port = Number(port)
    serving.#primary = Number(primary)
    return serving
  }

  /** Waits until it has printed this. */
  async says(text: RegExp): Promise<string[]> {
    for (;;) {
      const found = text.exec(this.#printed)
      if (found !== null) return found
      if (this.#child.exitCode !== null) throw new Error(this.#printed)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  reload(): void {
    if (process.platform === 'win32') this.#child.send({ type: 'reload' })
    else process.kill(this.#primary, 'SIGHUP')
  }

  stop(): void {
    if (process.platform === 'win32') this.#child.send({ type: 'stop' })
    else this.#child.kill('SIGTERM')
  }
}
