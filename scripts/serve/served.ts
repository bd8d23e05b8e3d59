// One run of a server in a process of its own, as `npm run serve` needs it.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ChosenApplication } from '../lib/application.ts'
import { root, type Step } from '../lib/catalogue.ts'
import type { Processes } from './processes.ts'
import type { PlainError } from '../lib/suites/results.ts'

export interface Plan {
  step: Step
  /** The absolute paths of the server's files, and of its `server.ts`. */
  tree: string
  file: string
  host: string
  port: number
  application: ChosenApplication | undefined
  /** From step 9 on: how it runs, and that it stops without losing a request. */
  processes: Processes | undefined
}

export type News =
  /** `pid` is that of the process that may be sent a SIGHUP. */
  | { type: 'serving'; port: number; pid: number }
  | { type: 'todo'; step: number; move: number; stack: string }
  | { type: 'start' | 'crash'; error: PlainError; rejection: boolean }
  /** The application does not load. `cause` is the stack of the error behind that, where there is one. */
  | { type: 'refused' | 'not reloaded'; message: string; cause: string }
  | { type: 'reloaded' | 'checked' }
  /** It was told to stop, by us or by somebody else, and has done so. */
  | { type: 'stopped' }
  | { type: 'silent' }
  | { type: 'ended'; how: string }
  | { type: 'alive' }

const script = fileURLToPath(new URL('child.mjs', import.meta.url))
/** How often, in ms, a server is asked whether it still turns. */
const ASK_EVERY = 1000
/** How long, in ms, it may leave a question unanswered before it counts as stuck in a loop. */
const PATIENCE = 3000

/** How long, in ms, a server of step 9 may take to stop; and how long we wait for it, who may be stuck. */
const GRACE = 10_000
const LONGEST_STOP = GRACE + 3000

export interface Serving {
  /** Ends it at once. Settles when its process is no more, as `finish` does. */
  stop(): Promise<void>
  /** From step 9 on, lets it answer what it has been asked. */
  finish(): Promise<void>
  /** Has its workers load the application anew. */
  reload(): void
}

/** Starts the server and reports what happens to it. */
export function serve(plan: Plan, onNews: (news: News) => void): Serving {
  const { file, host, port, application, processes } = plan
  const server = { step: plan.step.number, file, host, port, application, processes }
  const order = JSON.stringify({ ...server, grace: GRACE })
  const child = fork(script, [order], { cwd: root, execArgv: [] })
  let endIsExplained = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!endIsExplained) onNews({ type: 'ended', how: signal ?? `exit code ${code}` })
      clearInterval(asking)
      clearTimeout(silence)
      resolve()
    })
  })
  const say = (word: string) => void (child.connected && child.send(word, () => {}))
  const asking = setInterval(() => say('?'), ASK_EVERY)
  const silence = setTimeout(() => onNews({ type: 'silent' }), ASK_EVERY + PATIENCE)
  child.on('message', (news: News) => {
    silence.refresh()
    if (['start', 'crash', 'refused', 'checked', 'stopped'].includes(news.type)) endIsExplained = true
    if (news.type !== 'alive') onNews(news)
  })
  const stop = async () => {
    endIsExplained = true
    child.kill('SIGKILL')
    await ended
  }
  const finish = async () => {
    endIsExplained = true
    say('stop')
    const late = setTimeout(() => void stop(), LONGEST_STOP)
    await ended
    clearTimeout(late)
  }
  return { stop, finish: processes === undefined ? stop : finish, reload: () => say('reload') }
}
