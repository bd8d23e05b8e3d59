// A server that is being measured: a child process, and how to be sure that it answers, and that it ends. It has a
// channel to us, and ends by itself when that is closed: a benchmark that is killed leaves no server behind.
import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '#given/kit/host/free-port.ts'
import { root } from '../../lib/catalogue.ts'
import { endProcess } from '../../lib/machine/programs.ts'

export interface Running {
  /** The process whose tree the server is. */
  pid: number
  port: number
  end(): Promise<void>
}

/** What a server or its guard may say of itself, or what has become of it. */
interface Said {
  port?: number
  pid?: number
  message?: string
  error?: { message: string }
}

/** ms that a server may take to answer for the first time, and to end. */
const START = 20_000
const END = 4000
/** ms between two tries to reach it. */
const INTERVAL = 25

/** A script of this folder that says its port, as `{ port }`, and ends when we do. */
export async function runScript(name: string, words: string[]): Promise<Running> {
  const child = start(name, words)
  const port = await heard(child, ({ port: said }) => said)
  return { pid: child.pid ?? 0, port, end: () => end(child) }
}

/** Any other program. It is told the port that it is to listen on. */
export async function runProgram(
  command: string,
  wordsFor: (port: number) => string[],
  cwd = root,
): Promise<Running> {
  const port = await freePort()
  const child = start('guard.mjs', [JSON.stringify({ command, words: wordsFor(port), cwd })])
  const pid = await heard(child, ({ pid: said }) => said)
  const over = heard(child, () => undefined)
  await Promise.race([over, untilListening(port)])
  over.catch(() => {})
  return { pid, port, end: () => end(child) }
}

function start(name: string, words: string[]): ChildProcess {
  const script = fileURLToPath(new URL(name, import.meta.url))
  // What a server prints goes nowhere, at little cost.
  return fork(script, words, { cwd: root, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
}

/** Waits for a message that has it. Rejects with what the process had to say instead. */
function heard(child: ChildProcess, wanted: (said: Said) => number | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stderr?.on('data', (chunk) => (printed = `${printed}${String(chunk)}`.slice(-2000)))
    const fail = (why: string) => reject(new Error(printed.trim().split('\n').at(-1)?.trim() || why))
    child.once('error', ({ message }) => fail(message))
    child.once('close', (code, signal) => fail(`it ended at once (${signal ?? `exit code ${code}`})`))
    child.on('message', (said: Said) => {
      const found = wanted(said)
      const why = said.error?.message ?? said.message
      if (found !== undefined) resolve(found)
      else if (why !== undefined) fail(why)
    })
    setTimeout(() => fail(`it did not start within ${START / 1000} s`), START).unref()
  })
}

function end(child: ChildProcess): Promise<void> {
  return endProcess(child, END, () => child.connected && child.disconnect())
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + START; Date.now() < deadline; await pause(INTERVAL))
    if ((await ask(port, '/').catch(() => undefined)) !== undefined) return
  throw new Error(`it did not answer within ${START / 1000} s`)
}

/** One request on a connection of its own, with a body of so many bytes or none. */
export function ask(port: number, path: string, body?: number): Promise<Response> {
  const post = body === undefined ? {} : { method: 'POST', body: 'x'.repeat(body) }
  return fetch(`http://127.0.0.1:${port}${path}`, { ...post, headers: { Connection: 'close' } })
}
