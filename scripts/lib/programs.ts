// Programs that this machine may have, and how to get those that it has not.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

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

/** The path or name of a browser; undefined when none is found in the usual places. */
export async function findBrowser(): Promise<string | undefined> {
  const paths = browserPaths().filter((path) => existsSync(path))
  if (paths[0]) return paths[0]
  if (process.platform === 'win32') return undefined
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'firefox', 'microsoft-edge']) {
    if (await versionOf(name)) return name
  }
  return undefined
}

function browserPaths(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Safari', 'Firefox', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app`,
    )
  }
  if (process.platform !== 'win32') return []
  const homes = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
    (name) => process.env[name] ?? [],
  )
  const browsers = [
    'Microsoft/Edge/Application/msedge.exe',
    'Google/Chrome/Application/chrome.exe',
    'Mozilla Firefox/firefox.exe',
  ]
  return homes.flatMap((home) => browsers.map((browser) => join(home, browser)))
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
  python: {
    apt: 'python3 python3-venv',
    dnf: 'python3',
    pacman: 'python',
    brew: 'python',
    winget: 'Python.Python.3.13',
  },
  git: { apt: 'git', dnf: 'git', pacman: 'git', brew: 'git', winget: 'Git.Git' },
  curl: { apt: 'curl', dnf: 'curl', pacman: 'curl', brew: 'curl', winget: 'cURL.cURL' },
  browser: {
    apt: 'chromium',
    dnf: 'chromium',
    pacman: 'chromium',
    brew: '--cask chromium',
    winget: 'Mozilla.Firefox',
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
