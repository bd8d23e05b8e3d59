// A server that is being measured: a child process, and how to be sure that it answers, and that it ends.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { endsWithUs, leave } from '../machine/ending.ts'
import { root } from '../../lib/catalogue.ts'
import { atMost } from '../../lib/time.ts'

export interface Running {
  /** The process whose tree the server is. */
  pid: number
  port: number
  end(): Promise<void>
}

/** What a server or its guard may say. */
interface Said {
  type?: string
  port?: number
  pid?: number
  ended?: string
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
  const { port = 0 } = await heard(child, ({ port: said }) => said !== undefined)
  return running(child, child.pid ?? 0, port)
}

/** Any other program. It is told the port that it is to listen on. */
export async function runProgram(
  command: string,
  wordsFor: (port: number) => string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Running> {
  const port = await freePort()
  const child = start('guard.mjs', [JSON.stringify({ command, words: wordsFor(port), cwd, env })])
  const { pid = 0 } = await heard(child, ({ pid: said }) => said !== undefined)
  const over = heard(child, () => false)
  await Promise.race([over, untilListening(port)])
  over.catch(() => {})
  return running(child, pid, port)
}

function start(name: string, words: string[]): ChildProcess {
  const script = fileURLToPath(new URL(name, import.meta.url))
  // What a server prints goes nowhere, at little cost.
  return endsWithUs(
    fork(script, words, { cwd: root, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }),
  )
}

/** Waits for a message. Rejects with what the process had to say instead. */
function heard(child: ChildProcess, isIt: (said: Said) => boolean): Promise<Said> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stderr?.on('data', (chunk) => (printed = `${printed}${String(chunk)}`.slice(-2000)))
    const fail = (why: string) => reject(new Error(lastLine(printed) ?? why))
    child.once('error', ({ message }) => fail(message))
    child.once('exit', (code, signal) => fail(`it ended at once (${signal ?? `exit code ${code}`})`))
    child.on('message', (said: Said) => {
      if (isIt(said)) resolve(said)
      else if (said.ended !== undefined) fail(`it ended at once (${said.ended})`)
      else if (said.type === 'refused') fail(said.message ?? 'it was refused')
      else if (said.error !== undefined) fail(said.error.message)
    })
    setTimeout(() => fail(`it did not start within ${START / 1000} s`), START).unref()
  })
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined
}

function running(child: ChildProcess, pid: number, port: number): Running {
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    leave(child)
    if ((await atMost(END, ended)) !== undefined) return
    child.kill('SIGKILL')
    await ended
  }
  return { pid, port, end }
}

/** Nobody else is likely to take it before the server does. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return address instanceof Object ? address.port : 0
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + START; Date.now() < deadline; await pause(INTERVAL)) {
    const isThere = await new Promise((resolve) => {
      const request = get({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.resume().on('error', () => {})
        resolve(true)
      })
      request.on('error', () => resolve(false))
    })
    if (isThere) return
  }
  throw new Error(`it did not answer within ${START / 1000} s`)
}
