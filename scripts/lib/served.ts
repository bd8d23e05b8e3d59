// One run of a server in a process of its own, as `npm run serve` needs it.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ChosenApplication } from './application-words.ts'
import { root } from './catalogue.ts'
import type { PlainError } from './results.ts'

export interface Served {
  /** The absolute path of the `server.ts`. */
  file: string
  port: number
  application: ChosenApplication | undefined
}

export type News =
  | { type: 'serving'; port: number }
  | { type: 'todo'; step: number; move: number; stack: string }
  | { type: 'start' | 'crash'; error: PlainError; rejection: boolean }
  /** The application does not load. `cause` is the stack of the error behind that, where there is one. */
  | { type: 'refused'; message: string; cause: string }
  | { type: 'silent' }
  | { type: 'ended'; how: string }
  | { type: 'alive' }

const script = fileURLToPath(new URL('serve-child.mjs', import.meta.url))
/** How long, in ms, a server may leave a question unanswered before it counts as stuck in a loop. */
const PATIENCE = 3000

/** Starts the server and reports what happens to it. `stop` settles when its process is no more. */
export function serve(
  { file, port, application }: Served,
  onNews: (news: News) => void,
): { stop(): Promise<void> } {
  const order = JSON.stringify({ file, port, application })
  const child = fork(script, [order], { cwd: root, execArgv: [] })
  let endIsExplained = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!endIsExplained) onNews({ type: 'ended', how: signal ?? `exit code ${code}` })
      pulse.stop()
      resolve()
    })
  })
  const pulse = takePulse(
    () => child.connected && child.send('?', () => {}),
    () => onNews({ type: 'silent' }),
  )
  child.on('message', (news: News) => {
    pulse.felt()
    if (news.type === 'start' || news.type === 'crash' || news.type === 'refused') endIsExplained = true
    if (news.type !== 'alive') onNews(news)
  })
  return {
    async stop() {
      endIsExplained = true
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Asks every second; tells once when no answer has come for `PATIENCE`. */
function takePulse(ask: () => unknown, onSilence: () => void): { felt(): void; stop(): void } {
  let last = Date.now()
  let told = false
  const timer = setInterval(() => {
    if (!told && Date.now() - last > PATIENCE) {
      told = true
      onSilence()
    }
    ask()
  }, 1000)
  return {
    felt() {
      last = Date.now()
      told = false
    },
    stop: () => clearInterval(timer),
  }
}
