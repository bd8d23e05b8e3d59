// Programs that this machine may have, and how to get those that it has not.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A program that does not even give its version in this many ms counts as absent. */
const PATIENCE = 5000

/** The first line that the program prints about its version; undefined when it cannot be run. */
export function versionOf(program: string, words = ['--version']): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { timeout: PATIENCE, windowsHide: true })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (printed += String(chunk)))
    child.once('error', () => resolve(undefined))
    child.once('close', (code) => resolve(code === 0 ? printed.trim().split('\n')[0]?.trim() : undefined))
  })
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
