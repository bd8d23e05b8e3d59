// The test processes: vitest's own worker script in a fork, as its pool 'forks' would start it, with three things
// added. We know which processes live, so that none is left behind; what they print goes to us and not to the
// terminal; and one can be kept in reserve, already started, which takes 0.4 s off a re-run.
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from 'vitest/node'
import { ForkWorker, isGone } from './fork-worker.ts'

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
    if (!this.#last || this.#spare) return
    this.#spare = this.#start({ ...this.#last, execArgv: [...this.#last.execArgv, '--import', spareThread] })
  }

  /** Whether no test process is left. */
  get isIdle(): boolean {
    return this.#live.size === 0
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
    this.#spare = undefined
    for (const child of this.#live) child.kill('SIGKILL')
  }

  revive(): void {
    this.#isDoomed = false
  }

  #take(options: PoolOptions): ChildProcess {
    const spare = this.#spare
    this.#spare = undefined
    // On a busy machine the end of a process is told before its channel is seen to be closed.
    return spare?.connected && !isGone(spare) ? spare : this.#start(options)
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
    // Without its channel it would live on, and nobody would hear from it.
    child.on('disconnect', () => child.kill('SIGKILL'))
    // No process was started: then there is no exit either.
    child.on('error', () => child.pid === undefined && child.emit('exit'))
    child.on('exit', () => {
      this.#live.delete(child)
      if (this.#spare === child) this.#spare = undefined
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
