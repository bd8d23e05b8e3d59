// What the tests of the Python bridge share: loading one of the applications in apps, and asking it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, test, type TestContext } from 'vitest'
import { callApplication, type HandAnswer, type HandRequest } from '#given/kit/application/call.ts'
import type { Application } from '#wsgi'
import type { Loaded } from '../../loaded.ts'
import { PythonMissing, setUpPython } from '../../python/setup/environment.ts'
import type { PythonModule } from '../../python/process.ts'
import { loadPython } from '../../python/python-style.ts'
import { environOf } from './drive.ts'

export { drive } from './drive.ts'

const folder = fileURLToPath(new URL('apps', import.meta.url))
/** For files by which a test tells an application that it may go on. */
const scratch = mkdtempSync(join(tmpdir(), 'python-bridge-'))
const loads: Loaded[] = []

/** For what comes soon, unless the machine has much else to do. */
export const PATIENCE = { timeout: 10_000, interval: 20 }

afterAll(async () => {
  await Promise.all(loads.map((loaded) => loaded.close()))
  rmSync(scratch, { recursive: true, force: true })
})

/** A test that needs Python. Without it, it is skipped with a note, except in CI: there it fails. */
export function pythonTest(name: string, run: (context: TestContext) => Promise<void>): void {
  test(name, async (context) => {
    try {
      await interpreter()
    } catch (error) {
      if (!(error instanceof PythonMissing) || process.env['CI']) throw error
      return context.skip(`not run: ${error.message}`)
    }
    await run(context)
  })
}

let python: Promise<string> | undefined

export function interpreter(): Promise<string> {
  python ??= setUpPython((line) => console.log(line))
  return python
}

export function moduleNamed(module: string, callable = 'app'): PythonModule {
  return { file: join(folder, `${module}.py`), folder, module, callable }
}

interface Which {
  module?: string
  callable?: string
  processes?: number
}

export async function load({ module = 'cases', callable, processes = 1 }: Which = {}): Promise<Loaded> {
  const loaded = await loadPython(moduleNamed(module, callable), { processes, python: await interpreter() })
  loads.push(loaded)
  return loaded
}

/** Asks one process that all tests of a file may use, as long as they leave it unharmed. */
export function shared(which: Which = {}): (request: HandRequest | string) => Promise<HandAnswer> {
  let loaded: Promise<Loaded> | undefined
  return async (request) => {
    loaded ??= load(which)
    return ask((await loaded).application, request)
  }
}

export function ask(application: Application, request: HandRequest | string): Promise<HandAnswer> {
  return callApplication(application, environOf(request))
}

export async function textOf(application: Application, request: HandRequest | string): Promise<string> {
  return (await ask(application, request)).body.toString()
}

let files = 0

/** The name of a file that is not there yet, and what makes it. */
export function signal(): { name: string; give: (text?: string) => void } {
  const name = join(scratch, String(++files))
  return { name, give: (text = 'go') => writeFileSync(name, text) }
}

/** Whether a process of this number runs. One that has ended, and that nobody has waited for, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
