// What to type to get Python, or its venv module, on this system.

import { readFileSync } from 'node:fs'

/** How to get a Python that is new enough, with its venv module. */
export function howToGetPython(): string {
  if (process.platform === 'darwin') return '`brew install python`'
  if (process.platform === 'win32') return '`winget install Python.Python.3.13`'
  return onLinux({ apt: 'python3 python3-venv', dnf: 'python3', pacman: 'python', apk: 'python3' })
}

/** How to get the venv module for a Python that is there without it, as Debian's is. `version` is such as `3.11`. */
export function howToGetVenv(version: string): string {
  if (process.platform !== 'linux') return howToGetPython()
  return onLinux({ apt: `python${version}-venv`, dnf: 'python3-libs', pacman: 'python', apk: 'python3' })
}

interface Packages {
  apt: string
  dnf: string
  pacman: string
  apk: string
}

function onLinux(names: Packages): string {
  const system = linuxFamily()
  if (/debian|ubuntu/.test(system)) return `\`sudo apt install ${names.apt}\``
  if (/fedora|rhel/.test(system)) return `\`sudo dnf install ${names.dnf}\``
  if (/arch/.test(system)) return `\`sudo pacman -S ${names.pacman}\``
  if (/alpine/.test(system)) return `\`apk add ${names.apk}\``
  return `install ${names.apt.split(' ').join(' and ')} with your system's package manager`
}

function linuxFamily(): string {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').match(/^ID(?:_LIKE)?=.*$/gm)
    return lines?.join(' ') ?? ''
  } catch {
    return ''
  }
}
