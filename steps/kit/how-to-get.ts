// What to type to get a program that this machine lacks.

import { readFileSync } from 'node:fs'

/** The names under which each system's installer knows a program; several have spaces between them. */
export interface Packages {
  apt: string
  dnf: string
  pacman: string
  apk: string
  brew: string
  winget: string
}

/** The line to type on this system, between two of `quote`; where the system is not known, what to install. */
export function howToGet(names: Packages, quote = ''): string {
  const line = lineFor(names)
  if (line !== undefined) return `${quote}${line}${quote}`
  return `install ${names.apt.split(' ').join(' and ')} with your system's package manager`
}

function lineFor(names: Packages): string | undefined {
  if (process.platform === 'darwin') return `brew install ${names.brew}`
  if (process.platform === 'win32') return `winget install ${names.winget}`
  const system = linuxFamily()
  if (/debian|ubuntu/.test(system)) return `sudo apt install ${names.apt}`
  if (/fedora|rhel/.test(system)) return `sudo dnf install ${names.dnf}`
  if (/arch/.test(system)) return `sudo pacman -S ${names.pacman}`
  return /alpine/.test(system) ? `apk add ${names.apk}` : undefined
}

function linuxFamily(): string {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').match(/^ID(?:_LIKE)?=.*$/gm)
    return lines?.join(' ') ?? ''
  } catch {
    return ''
  }
}
