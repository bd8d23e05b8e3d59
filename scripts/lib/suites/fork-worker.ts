// What vitest asks of a pool's worker. Vitest waits for an answer to each of its requests, some for a minute and some
// without end, and what it is told of a process that died depends on when that was. So it is told nothing of the kind:
// whatever a process can no longer answer is answered for it, and every run comes to its end by the usual way.
import type { ChildProcess } from 'node:child_process'
import type { PoolWorker, WorkerRequest, WorkerResponse } from 'vitest/node'

const TEARDOWN_MS = 2_000

/** A process that could not even be started is gone, too. */
export function isGone(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

export class ForkWorker implements PoolWorker {
  readonly name = 'workshop-forks'
  /** Code reaches the process through files, which is faster than through messages. */
  readonly cacheFs = true
  readonly #open: () => ChildProcess
  readonly #suites: Map<number, string>
  #opened: ChildProcess | undefined
  /** What vitest waits for. */
  #owed: WorkerResponse['type'] | undefined

  constructor(open: () => ChildProcess, suites: Map<number, string>) {
    this.#open = open
    this.#suites = suites
  }

  async start(): Promise<void> {
    if (this.#opened) return
    const child = (this.#opened = this.#open())
    child.on('message', (message) => {
      if (message instanceof Object && 'type' in message && message.type === this.#owed)
        this.#owed = undefined
    })
    child.once('exit', () => this.#answerForIt())
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#suites.delete(child.pid ?? 0)
    if (isGone(child)) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  send(message: WorkerRequest): void {
    const child = this.#child
    const pid = child.pid ?? 0
    if (message.type === 'start') this.#owed = 'started'
    if (message.type === 'run') {
      this.#owed = 'testfileFinished'
      this.#suites.set(pid, message.context.files[0]?.filepath ?? '')
    }
    if (message.type === 'stop') {
      this.#owed = 'stopped'
      // The suite is through; what still spins in the process has no say any more.
      this.#suites.delete(pid)
      setTimeout(() => child.kill('SIGKILL'), TEARDOWN_MS).unref()
    }
    if (isGone(child)) this.#answerForIt()
    // A failure to send is of no interest: the end of the process follows.
    else if (child.connected) child.send(message, () => {})
  }

  /** An exit or an error would be thrown in this process at the moments when vitest does not listen for errors. */
  on(event: string, callback: (arg: unknown) => void): void {
    if (event === 'message') this.#child.on(event, callback)
  }

  off(event: string, callback: (arg: unknown) => void): void {
    this.#child.off(event, callback)
  }

  deserialize(data: unknown): unknown {
    return data
  }

  /** Without a start there is no run; in all else, what it did until now counts. */
  #answerForIt(): void {
    const type = this.#owed
    if (type === undefined) return
    this.#owed = undefined
    const error = type === 'started' && { error: new Error('The test process has ended.') }
    this.#child.emit('message', { __vitest_worker_response__: true, type, ...error })
  }

  get #child(): ChildProcess {
    if (!this.#opened) throw new Error('This test process was never started.')
    return this.#opened
  }
}
