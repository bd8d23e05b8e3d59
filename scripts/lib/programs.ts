// Programs that this machine may have, and how to get those that it has not.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

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

/** The names under which each system's installer knows a program. */
interface Packages {
  apt: string
  dnf: string
  pacman: string
  brew: string
  winget: string
}

export const packages = {
  git: { apt: 'git', dnf: 'git', pacman: 'git', brew: 'git', winget: 'Git.Git' },
  curl: { apt: 'curl', dnf: 'curl', pacman: 'curl', brew: 'curl', winget: 'cURL.cURL' },
  browser: {
    apt: 'chromium',
    dnf: 'chromium',
    pacman: 'chromium',
    brew: '--cask chromium',
    winget: 'Google.Chrome',
  },
} satisfies Record<string, Packages>

/** The line to type on this system. */
export function howToGet(names: Packages): string {
  if (process.platform === 'darwin') return `brew install ${names.brew}`
  if (process.platform === 'win32') return `winget install ${names.winget}`
  const system = linuxFamily()
  if (/debian|ubuntu/.test(system)) return `sudo apt install ${names.apt}`
  if (/fedora|rhel/.test(system)) return `sudo dnf install ${names.dnf}`
  if (/arch/.test(system)) return `sudo pacman -S ${names.pacman}`
  return `install the package ${names.apt.split(' ')[0]} with your system's package manager`
}

function linuxFamily(): string {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').match(/^ID(?:_LIKE)?=.*$/gm)
    return lines?.join(' ') ?? ''
  } catch {
    return ''
  }
}
