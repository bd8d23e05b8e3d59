// Finds a Python that is new enough to run the frameworks, whatever name it goes by on this system.

import { execFile } from 'node:child_process'
import { howToGetPython, howToGetVenv } from './how-to-get.ts'
import { PythonMissing } from './python-missing.ts'

export const OLDEST = [3, 10] as const

/** A program that has not answered after this many ms counts as absent. */
const PATIENCE = 5000

export interface BasePython {
  /** The absolute path of the interpreter. */
  program: string
  /** Such as `3.11.7`. */
  version: string
}

interface Probe extends BasePython {
  /** What was typed: `python3`. */
  name: string
  hasVenv: boolean
}

/** A program of Python's name that is no Python. */
interface Stub {
  name: string
  stub: true
}

/** Where `python3` is too old, or not there, a newer one may still be. */
const NEWER = [14, 13, 12, 11, 10].map((minor) => [`python3.${minor}`])

/** Prints the version, the path and, unless there is no venv module, a third line. Python 2 runs it, too. */
const QUESTION = `
import sys
print('%d.%d.%d' % sys.version_info[:3])
print(sys.executable)
import ensurepip, venv
print('venv')
`

/** Throws PythonMissing, which says what was found instead. */
export async function findPython(): Promise<BasePython> {
  const usual = [['python3'], ['python'], ...(process.platform === 'win32' ? [['py', '-3']] : [])]
  const found = await probeAll(usual)
  const good = found.find(isGood) ?? (await probeAll(NEWER)).find(isGood)
  if (good !== undefined) return good
  throw new PythonMissing(whatIsWrong(found))
}

async function probeAll(names: string[][]): Promise<(Probe | Stub)[]> {
  const probes = await Promise.all(names.map(probe))
  return probes.filter((found) => found !== undefined)
}

function probe(words: string[]): Promise<Probe | Stub | undefined> {
  const name = words.join(' ')
  const [program = '', ...rest] = words
  return new Promise((resolve) => {
    const options = { timeout: PATIENCE, killSignal: 'SIGKILL', windowsHide: true } as const
    execFile(program, [...rest, '-c', QUESTION], options, (_, printed, complained) => {
      const [version = '', path = '', venv] = printed.trim().split(/\r?\n/)
      if (/^\d+\.\d+\.\d+$/.test(version)) resolve({ name, version, program: path, hasVenv: venv === 'venv' })
      else if ((printed + complained).includes('Microsoft Store')) resolve({ name, stub: true })
      else resolve(undefined)
    })
  })
}

function isGood(found: Probe | Stub): found is Probe {
  return 'version' in found && isNewEnough(found.version) && found.hasVenv
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

function whatIsWrong(found: (Probe | Stub)[]): string {
  const pythons = found.filter((one) => 'version' in one)
  const withoutVenv = pythons.find(({ version }) => isNewEnough(version))
  const [old] = pythons
  const [stub] = found
  if (withoutVenv !== undefined) {
    const { name, version } = withoutVenv
    const get = howToGetVenv(version.split('.').slice(0, 2).join('.'))
    return `\`${name}\` is Python ${version}, but without its venv module. To get that: ${get}.`
  }
  const wanted = `Python ${OLDEST.join('.')} or newer`
  const get = `To get one: ${howToGetPython()}.`
  if (old !== undefined)
    return `\`${old.name}\` is Python ${old.version}, and the frameworks need ${wanted}. ${get}`
  if (stub !== undefined) {
    return `\`${stub.name}\` is not Python: it only opens the Microsoft Store. The frameworks need ${wanted}. ${get}`
  }
  return `There is no Python here, and the frameworks need ${wanted}. ${get}`
}
