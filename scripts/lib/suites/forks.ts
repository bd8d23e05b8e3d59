// The test processes: vitest's own worker script in a fork, as its pool 'forks' would start it, with three things
// added. We know which processes live, so that none is left behind; what they print goes to us and not to the
// terminal; and one can be kept in reserve, already started, which takes 0.4 s off a re-run.
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node'

const TEARDOWN_MS = 2_000
const spareThread = new URL('../../../steps/kit/host/spare-thread.mjs', import.meta.url).href

export class Forks implements PoolRunnerInitializer {
  readonly name = 'workshop-forks'
  /** Called when a process that runs a suite ends before vitest has stopped it. */
  onDeath: (pid: number, suite: string) => void = () => {}
  readonly #live = new Set<ChildProcess>()
  readonly #suites = new Map<number, string>()
  #spare: ChildProcess | undefined
  #last: PoolOptions | undefined
  #isDoomed = false

  createPoolWorker = (options: PoolOptions): PoolWorker => {
    this.#last = options
    return new ForkWorker(() => this.#take(options), this.#suites)
  }

  /** Starts the process for the next run already, if there was a run to learn from. */
  prepareSpare(): void {
    if (!this.#last || this.#spare?.connected) return
    this.#spare = this.#start({ ...this.#last, execArgv: [...this.#last.execArgv, '--import', spareThread] })
  }

  /** The path of the suite that this process runs; undefined when it runs none, or is gone. */
  suiteOf(pid: number): string | undefined {
    return this.#suites.get(pid)
  }

  kill(pid: number): void {
    for (const child of this.#live) if (child.pid === pid) child.kill('SIGKILL')
  }

  /** Ends all processes, and each that is started from now on, until `revive`. */
  killAll(): void {
    this.#isDoomed = true
    for (const child of this.#live) child.kill('SIGKILL')
  }

  revive(): void {
    this.#isDoomed = false
  }

  #take(options: PoolOptions): ChildProcess {
    const child = this.#spare?.connected ? this.#spare : this.#start(options)
    this.#spare = undefined
    return child
  }

  #start({ distPath, env, execArgv }: PoolOptions): ChildProcess {
    // No interface of vitest's: hence the exact version in package.json.
    const child = fork(join(distPath, 'workers/forks.js'), [], {
      env,
      execArgv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    })
    this.#live.add(child)
    if (this.#isDoomed) child.kill('SIGKILL')
    child.on('exit', () => {
      this.#live.delete(child)
      const pid = child.pid ?? 0
      const suite = this.#suites.get(pid)
      if (suite !== undefined) this.onDeath(pid, suite)
      this.#suites.delete(pid)
    })
    // What goes past console.log, such as V8's last words when memory runs out, is read and dropped.
    child.stdout?.resume()
    child.stderr?.resume()
    return child
  }
}

/** What vitest asks of a pool's worker. */
class ForkWorker implements PoolWorker {
  readonly name = 'workshop-forks'
  /** Code reaches the process through files, which is faster than through messages. */
  readonly cacheFs = true
  readonly #open: () => ChildProcess
  readonly #suites: Map<number, string>
  #opened: ChildProcess | undefined

  constructor(open: () => ChildProcess, suites: Map<number, string>) {
    this.#open = open
    this.#suites = suites
  }

  async start(): Promise<void> {
    if (this.#opened) return
    const child = (this.#opened = this.#open())
    // Vitest would wait a minute for a process that was killed while it started or stopped.
    const answer = { __vitest_worker_response__: true, error: new Error('The test process has ended.') }
    child.once('exit', () => {
      for (const type of ['started', 'stopped']) child.emit('message', { ...answer, type })
    })
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#suites.delete(child.pid ?? 0)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  send(message: WorkerRequest): void {
    const child = this.#child
    const pid = child.pid ?? 0
    if (message.type === 'run') this.#suites.set(pid, message.context.files[0]?.filepath ?? '')
    if (message.type === 'stop') {
      // The suite is through; what still spins in the process has no say any more.
      this.#suites.delete(pid)
      setTimeout(() => child.kill('SIGKILL'), TEARDOWN_MS).unref()
    }
    if (child.connected) child.send(message)
  }

  on(event: string, callback: (arg: unknown) => void): void {
    this.#child.on(event, callback)
  }

  off(event: string, callback: (arg: unknown) => void): void {
    this.#child.off(event, callback)
  }

  deserialize(data: unknown): unknown {
    return data
  }

  get #child(): ChildProcess {
    if (!this.#opened) throw new Error('This test process was never started.')
    return this.#opened
  }
}
