// The Python environment of the workshop: `.venv` at the root of the repository, with what requirements.txt pins. It is
// made on first need and used again as long as it is whole and its pins match; anything else is made anew.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPython } from './find-python.ts'
import { withLock, type Lock } from './lock.ts'
import { readIfThere, recall, remember } from './memory.ts'
import { install, interpreterIn, makeVenv } from './pip.ts'
import { PythonMissing } from './python-missing.ts'

export { PythonMissing } from './python-missing.ts'

type Tell = (line: string) => void

const root = fileURLToPath(new URL('../../../../', import.meta.url))
export const venv = join(root, '.venv')
const interpreter = interpreterIn(venv)
const lockFile = join(root, '.workshop', 'python.lock')
const failedFile = join(root, '.workshop', 'python-failed.txt')

/** Of what is installed, the packages whose loss would be noticed late. */
const PACKAGES = ['flask', 'django', 'pyramid']

/** What is installed together. Its mark, a file in .venv, is written last and says from which pins. */
interface Layer {
  what: string
  requirements: string
  mark: string
}

/** Says that .venv is the workshop's own, even where it is half made. */
const begun = join(venv, 'workshop-begun.txt')
const NOT_OURS =
  'There is a .venv that the workshop has not made, and it will not delete what may be yours: move it away first.'

const frameworks = layer('Flask, Django and Pyramid', 'requirements.txt', 'workshop-frameworks.txt')
const servers = layer('gunicorn and waitress', 'requirements-servers.txt', 'workshop-servers.txt')

/** The file that appears once Python applications can be run. */
export const FRAMEWORKS_MARK = frameworks.mark

function layer(what: string, requirements: string, mark: string): Layer {
  const file = fileURLToPath(new URL(requirements, import.meta.url))
  return { what, requirements: file, mark: join(venv, mark) }
}

/** Whether Python applications can be run at once. Takes about 30 ms and no network. */
export function readyPython(): { python: string } | { missing: string } {
  if (isWhole() && isInstalled(frameworks)) return { python: interpreter }
  const failure = lastFailure()
  if (failure !== undefined) return { missing: `${failure} Then try again: \`npm run doctor python\`.` }
  return { missing: 'The Python frameworks are not installed yet. To do it: `npm run doctor python`.' }
}

/** False when it failed before, slowly, with the same pins: `npm run doctor python` tries all the same. */
export function isSetUpWorthTrying(): boolean {
  return lastFailure() === undefined
}

/**
 * Makes `.venv`, or mends it, where that is needed. Gives back its interpreter. Throws PythonMissing. Several processes
 * may call it at once: one works, the others wait.
 */
export function setUpPython(tell: Tell): Promise<string> {
  return setUp([frameworks], tell)
}

/** As setUpPython, with the servers that the matrix and the tests compare with. */
export function setUpServers(tell: Tell): Promise<string> {
  return setUp([frameworks, servers], tell)
}

async function setUp(layers: Layer[], tell: Tell): Promise<string> {
  if (isWhole() && layers.every(isInstalled)) return interpreter
  try {
    mkdirSync(dirname(lockFile), { recursive: true })
    await withLock(lockFile, sayWho(tell), (lock) => bringUp(layers, tell, lock))
    rmSync(failedFile, { force: true })
    return interpreter
  } catch (error) {
    const missing = asMissing(error)
    if (missing.slow && !isInstalled(frameworks)) remember(failedFile, markOf(frameworks), missing.message)
    throw missing
  }
}

function sayWho(tell: Tell): (pid: number) => void {
  return (pid) => tell(`Another process (${pid}) is setting Python up in .venv: waiting for it …`)
}

async function bringUp(layers: Layer[], tell: Tell, lock: Lock): Promise<void> {
  const run = { onStart: (pid: number) => lock.add(pid) }
  // Another process may have done it while this one waited.
  if (!isWhole() || !isInstalled(frameworks)) {
    const base = await findPython()
    if (existsSync(venv) && !isOurs()) throw new PythonMissing(NOT_OURS)
    const again = existsSync(venv) ? ', in place of one that is not whole or not of this version' : ''
    tell(`Making .venv with Python ${base.version}${again} …`)
    rmSync(venv, { recursive: true, force: true, maxRetries: 3 })
    mkdirSync(venv)
    writeFileSync(begun, 'Made by the workshop, which may delete it.\n')
    await makeVenv(base.program, venv, run)
  }
  const missing = layers.filter((one) => !isInstalled(one))
  if (missing.length === 0) return
  tell(`Installing ${missing.map(({ what }) => what).join(', ')} (from the network, about half a minute) …`)
  await install(
    interpreter,
    layers.map(({ requirements }) => requirements),
    run,
  )
  for (const one of missing) writeFileSync(one.mark, markOf(one))
  tell('Python is ready.')
}

function isOurs(): boolean {
  return [begun, frameworks.mark, servers.mark].some((file) => existsSync(file))
}

/** Whether the interpreter starts, and the frameworks lie where it looks for them: the Python that .venv was made with may have been removed or replaced since. */
function isWhole(): boolean {
  if (!existsSync(interpreter) || !existsSync(frameworks.mark)) return false
  const question = 'import sys; print("%d.%d" % sys.version_info[:2])'
  const { status, stdout } = spawnSync(interpreter, ['-I', '-S', '-c', question], {
    timeout: 5000,
    windowsHide: true,
  })
  const config = readIfThere(join(venv, 'pyvenv.cfg')) ?? ''
  const version = /^version\s*=\s*(\d+\.\d+)/m.exec(config)?.[1]
  if (status !== 0 || String(stdout).trim() !== version) return false
  const library = process.platform === 'win32' ? 'Lib' : `lib/python${version}`
  return PACKAGES.every((name) => existsSync(join(venv, library, 'site-packages', name, '__init__.py')))
}

function isInstalled(one: Layer): boolean {
  return readIfThere(one.mark) === markOf(one)
}

/** What is pinned, without the comments. */
function markOf(one: Layer): string {
  const lines = readFileSync(one.requirements, 'utf8').split(/\r?\n/)
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n')
}

function lastFailure(): string | undefined {
  return recall(failedFile, markOf(frameworks))
}

function asMissing(error: unknown): PythonMissing {
  if (error instanceof PythonMissing) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(?:EACCES|EPERM|EROFS)$/.test(code)) {
    return new PythonMissing(
      `.venv cannot be made: ${root} cannot be written. Mend its permissions, or clone elsewhere.`,
    )
  }
  if (code === 'ENOSPC')
    return new PythonMissing('.venv cannot be made: the disk is full. Make some room (150 MB).')
  return new PythonMissing(`.venv cannot be made: ${error instanceof Error ? error.message : String(error)}.`)
}
