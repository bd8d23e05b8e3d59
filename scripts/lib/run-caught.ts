// Runs a program and keeps what it prints.
import { spawn } from 'node:child_process'

/** ms. The longest is a build, of about one minute. */
const LONGEST = 10 * 60_000

export function runCaught(
  command: string,
  words: string[],
  cwd: string,
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
