// The tests' end of a server host: one worker thread or process that runs the server under test.

import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Failure } from '../failure/failure.ts'
import { todoOf } from '../todo.ts'
import { patient, unhurried } from '../unhurried.ts'

const script = new URL('server-host.mjs', import.meta.url)
/** How long, in ms, a server may take to do what it was asked, before it counts as stuck. */
const PATIENCE = patient(5000)
/** How long, in ms, an event loop with nothing to do may take to turn. */
const TURN = unhurried(1000)
/** So many servers that did not start, one after the other, are enough: the next would not either, after as long a wait. */
const MOST_LATE_STARTS = 2

interface PlainError {
  name: string
  message: string
  stack: string
}

type Message =
  | { type: 'output'; text: string }
  | { type: 'todo'; step: number; move: number; stack?: string }
  | { type: 'crash'; error: PlainError; rejection: boolean }
  | { type: 'reply'; id: number; value?: unknown; error?: PlainError }
  | { type: 'loading'; module: string }
  | { type: 'bye' }

declare global {
  /** Started ahead of time by spare-thread.mjs, for the first server of a test run. */
  var workshopSpareThread: Worker | undefined
}

/** Something the server under test threw where nobody caught it. The stack holds the learner's own lines. */
export class ServerCrash extends Error {
  override name = 'ServerCrash'

  constructor(error: PlainError, what: string) {
    super(`${what}: ${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`)
    this.stack = error.stack
  }
}

/** The server's event loop no longer turns: nothing that it was asked before can come to its end. */
class Frozen extends Failure {
  override name = 'Frozen'
}

/** How many servers in a row did not start in time. */
let lateStarts = 0

/** Emits `trouble` with an Error when the server crashes or reaches a TODO. */
export class Host extends EventEmitter<{ trouble: [Error] }> {
  output = ''
  alive = true
  /** Settles with the exit code once the host has ended. */
  readonly exited: Promise<number | null>
  readonly #post: (message: object) => void
  readonly #kill: () => unknown
  readonly #replies = new Map<number, (message: Message & { type: 'reply' }) => void>()
  /** The module that began last, while the server is being imported. */
  #loading = ''
  #nextId = 0

  constructor(kind: 'thread' | 'process') {
    super()
    const peer = kind === 'thread' ? startThread() : startProcess()
    this.#post = peer.post
    this.#kill = peer.kill
    peer.emitter.on('message', (message: Message) => this.#hear(message))
    peer.emitter.on('error', (error: Error) => this.emit('trouble', error))
    this.exited = new Promise((resolve) => {
      peer.emitter.on('exit', (code: number | null) => {
        this.alive = false
        resolve(code)
      })
    })
  }

  /** Asks the host to do something. Rejects with what it threw, or when it is stuck, which it is after `patience` ms. */
  async ask(verb: string, words: object = {}, patience = PATIENCE): Promise<unknown> {
    if (verb === 'start' && lateStarts >= MOST_LATE_STARTS) throw new Failure(NOT_TRIED)
    const answer = await this.#answer(verb, words, patience)
    if (verb === 'start') lateStarts = answer === 'late' ? lateStarts + 1 : 0
    if (answer === 'late') throw await this.#giveUp(verb, patience)
    if (answer === null || typeof answer === 'number') throw new Failure('The server has ended by itself.')
    if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error)
    return answer.value
  }

  /** Whether the server's event loop turns within `ms`. One that does not is let alone. */
  async turns(ms: number): Promise<boolean> {
    return this.alive && (await this.#answer('ping', {}, ms)) instanceof Object
  }

  async #answer(
    verb: string,
    words: object,
    patience: number,
  ): Promise<(Message & { type: 'reply' }) | number | null | 'late'> {
    const id = this.#nextId++
    const reply = new Promise<Message & { type: 'reply' }>((resolve) => this.#replies.set(id, resolve))
    this.#post({ id, verb, ...words })
    const answer = await Promise.race([reply, this.exited, late(patience)])
    this.#replies.delete(id)
    return answer
  }

  async #giveUp(verb: string, patience: number): Promise<Failure> {
    const isFrozen = !(await this.turns(TURN))
    await this.end()
    const what = this.#loading === '' ? stuck(verb, patience) : stuckImport(this.#loading)
    return isFrozen ? new Frozen(what) : new Failure(what)
  }

  /** Waits until the server has seen all that clients have done so far: a connection, some bytes, a reset. */
  async notices(): Promise<void> {
    // Each round is a turn of the server's event loop; a connection, what it brings and its end take one each.
    for (let turn = 0; turn < 3; turn++) await this.ask('ping')
  }

  async end(): Promise<void> {
    if (this.alive) this.#kill()
    await this.exited
  }

  #hear(message: Message): void {
    if (message.type === 'output') this.output += message.text
    if (message.type === 'reply') this.#replies.get(message.id)?.(message)
    if (message.type === 'loading') this.#loading = message.module
    if (message.type === 'todo') this.emit('trouble', todoOf(message))
    if (message.type === 'crash')
      this.emit('trouble', new ServerCrash(message.error, crashed(message.rejection)))
  }
}

function startThread() {
  const worker = globalThis.workshopSpareThread ?? new Worker(script, { execArgv: [] })
  globalThis.workshopSpareThread = undefined
  worker.ref()
  return {
    emitter: worker,
    post: (message: object) => worker.postMessage(message),
    kill: () => worker.terminate(),
  }
}

function startProcess() {
  const child = fork(fileURLToPath(script), [], {
    execArgv: ['--expose-gc'],
    stdio: 'ignore',
    serialization: 'json',
  })
  return {
    emitter: child,
    post: (message: object) => child.send(message),
    kill: () => child.kill('SIGKILL'),
  }
}

function late(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref())
}

function crashed(rejection: boolean): string {
  return rejection
    ? 'Your server crashed: a promise was rejected and nobody caught it'
    : 'Your server crashed: an error was thrown and nobody caught it'
}

const NOT_TRIED = 'startServer() did not finish in the tests before this one, so it was not called again.'

function stuck(verb: string, patience: number): string {
  const what =
    { start: 'startServer() did not finish', stop: 'close() did not finish' }[verb] ??
    'The server did not answer'
  return `${what} within ${patience / 1000} s.\nIs there ${verb === 'stop' ? 'a connection that nobody ends, ' : ''}a loop that never ends, or a promise that never settles?`
}

function stuckImport(url: string): string {
  const module = fileURLToPath(url).replaceAll('\\', '/').split('/').slice(-2).join('/')
  return (
    `${module} did not come to its end within ${PATIENCE / 1000} s while it was being imported.\n` +
    'Is there a loop that never ends, or an `await`, outside of any function?'
  )
}
