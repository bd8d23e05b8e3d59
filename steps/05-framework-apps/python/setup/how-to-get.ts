// What to type to get Python, or its venv module, on this system.

import { howToGet, type Packages } from '../../../kit/how-to-get.ts'

const PYTHON: Packages = {
  apt: 'python3 python3-venv',
  dnf: 'python3',
  pacman: 'python',
  apk: 'python3',
  brew: 'python',
  winget: 'Python.Python.3.13',
}

/** How to get a Python that is new enough, with its venv module. */
export function howToGetPython(): string {
  return howToGet(PYTHON, '`')
}

/** How to get the venv module for a Python that is there without it, as Debian's is. `version` is such as `3.11`. */
export function howToGetVenv(version: string): string {
  return howToGet({ ...PYTHON, apt: `python${version}-venv`, dnf: 'python3-libs' }, '`')
}
