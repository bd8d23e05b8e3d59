// Programs that this machine may have: how they are run and ended, and the names of their packages.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { Packages } from '#given/kit/how-to-get.ts'
import { atMost } from '../time.ts'

/** A program that does not even give its version in this many ms counts as absent. */
const PATIENCE = 5000
/** ms. The longest run of a program is a build, of about one minute. */
const LONGEST = 10 * 60_000

/** Runs a program and keeps what it prints. `code`: null when it could not be run, or was ended after `timeout` ms. */
export function runCaught(
  command: string,
  words: string[],
  cwd?: string,
  timeout = LONGEST,
): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { cwd, timeout, windowsHide: true })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (printed += String(chunk)))
    child.once('error', (error) => resolve({ code: null, printed: error.message }))
    child.once('close', (code) => resolve({ code, printed }))
  })
}

/** The first line that the program prints about its version; undefined when it cannot be run. */
export async function versionOf(program: string, words = ['--version']): Promise<string | undefined> {
  const { code, printed } = await runCaught(program, words, undefined, PATIENCE)
  return code === 0 ? printed.trim().split('\n')[0]?.trim() : undefined
}

/** Ends a process: what does not end within `ms` of being asked to is killed. */
export async function endProcess(child: ChildProcess, ms: number, ask: () => void): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  ask()
  if ((await atMost(ms, ended)) !== undefined) return
  child.kill('SIGKILL')
  await ended
}

/** Signals that tell this process to end. */
export const ENDINGS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** Ends this process as a signal would, with all that it clears up on its exit. */
export function exitBy(signal: NodeJS.Signals): void {
  process.exit(128 + (constants.signals[signal] ?? 0))
}

/** A SIGTERM sent to npm ends npm and its shell, and never reaches us: we only find that our parent is gone. */
export function whenAbandoned(end: () => void): NodeJS.Timeout {
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && end(), 500)
}

export const packages = {
  git: { ...sameEverywhere('git'), winget: 'Git.Git' },
  curl: { ...sameEverywhere('curl'), winget: 'cURL.cURL' },
  browser: { ...sameEverywhere('chromium'), brew: '--cask chromium', winget: 'Google.Chrome' },
} satisfies Record<string, Packages>

function sameEverywhere(name: string): Packages {
  return { apt: name, dnf: name, pacman: name, apk: name, brew: name, winget: name }
}
