// Makes a worker process with node:cluster: this process opens the listening socket, and each worker gets a copy of it.
// Given whole.

import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { todos } from '#given/kit/todo.ts'

/** What a worker is to do. It has to survive being turned into JSON. */
export interface WorkerPlan {
  /** The file URL of the floor's server.ts. */
  server: string
  /** `module:callable`, or none for the server's own page. */
  module?: string
  /** Where the module is looked for. Usual: see find-module.ts of step 5. */
  places?: string[]
  host: string
  port: number
  /** Python processes of each worker, if the module is one in Python. */
  python?: number
  log?: boolean
  trusted?: string[]
  limits?: Record<string, number>
  /** ms that a stop may take. */
  grace: number
}

/** A worker as whoever forks it sees it. */
export interface ForkedWorker {
  /** Settles when it listens; rejects when it ended before it could. */
  ready: Promise<void>
  /** Settles when the process is no more. */
  exited: Promise<void>
  /** Asks it to answer what it has been asked, and to end. */
  stop(): void
  /** Ends it at once. */
  kill(): void
}

/** What a worker says. */
type Message =
  | { type: 'serving'; port: number }
  /** It takes no connections any more. */
  | { type: 'deaf' }
  | { type: 'failed'; error: object; cause?: object }
  | { type: 'todo'; step: number; move: number; stack: string }

// The workers accept connections themselves, each as many as it has time for. The usual way, except on Windows, is that
// this process accepts them and hands them out in turn: then a worker that computes is handed one too, which has to wait
// for it, and whose client would wait for ever if that worker died.
cluster.schedulingPolicy = cluster.SCHED_NONE

// Whoever is told to leave comes back at once. Before that, none of the workers that are to stop may hold the port any
// more: a connection that none of them accepts is lost.
const listening = new Set<Worker>()
const deaf = new Set<Worker>()

function listensNoMore(worker: Worker): void {
  listening.delete(worker)
  deaf.add(worker)
  if (listening.size > 0) return
  for (const one of deaf) say(one, 'leave')
  deaf.clear()
}

function say(worker: Worker, type: string): void {
  if (worker.isConnected()) worker.send({ type }, () => {})
}

const script = fileURLToPath(new URL('worker.mjs', import.meta.url))

/** Starts one. `onListening` is told the port, once the worker listens. */
export function forkWorker(plan: WorkerPlan, onListening: (port: number) => void): ForkedWorker {
  cluster.setupPrimary({ exec: script, args: [JSON.stringify(plan)], execArgv: [], silent: false })
  const worker = cluster.fork()
  // It serves, and nobody has told it to end.
  let isAtWork = false
  const exited = untilEnded(worker, (how) => {
    if (isAtWork)
      console.error(
        `The worker process ${worker.process.pid} has ended (${how}). Another one takes its place.`,
      )
  })
  void exited.then(() => listensNoMore(worker))
  const ready = untilServing(worker, exited, (port) => {
    isAtWork = true
    onListening(port)
  })
  const stop = () => {
    isAtWork = false
    listening.add(worker)
    say(worker, 'stop')
  }
  const kill = () => {
    isAtWork = false
    worker.process.kill('SIGKILL')
  }
  return { ready, exited, stop, kill }
}

function untilEnded(worker: Worker, tell: (how: string) => void): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', (code: number | null, signal: string | null) => {
      tell(signal ?? `exit code ${code}`)
      resolve()
    })
    // The system may have no process left to give. An `error` of one that runs is followed by its `exit`, if by any.
    worker.on('error', () => worker.process.pid === undefined && resolve())
  })
}

function untilServing(worker: Worker, exited: Promise<void>, tell: (port: number) => void): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message.type === 'todo') todos.publish(message)
      if (message.type === 'deaf') listensNoMore(worker)
      if (message.type === 'failed') reject(errorFrom(message))
      if (message.type !== 'serving') return
      tell(message.port)
      resolve()
    })
    void exited.then(() => reject(new Error('A worker ended before it could serve.')))
  })
  // Whoever awaits it hears of it; nobody has to.
  ready.catch(() => {})
  return ready
}

/** The error that a worker ended with. */
function errorFrom({ error, cause }: Message & { type: 'failed' }): Error {
  return Object.assign(new Error(), error, cause && { cause: Object.assign(new Error(), cause) })
}
