// Which Python runs an application: that of the virtual environment that is active, for an application of one's own; the
// workshop's, which has the pinned frameworks, for those that the workshop gives.

import { existsSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUpPython, venv } from './environment.ts'
import { interpreterIn } from './pip.ts'
import { PythonMissing } from './python-missing.ts'

const given = fileURLToPath(new URL('../../apps', import.meta.url))

/** The interpreter for the application in `file`, an absolute path. Makes `.venv` where that is needed. Throws PythonMissing. */
export async function interpreterFor(file: string, tell: (line: string) => void): Promise<string> {
  const active = process.env['VIRTUAL_ENV']
  if (!active || resolve(active) === venv || isBelow(given, file)) return setUpPython(tell)
  const interpreter = interpreterIn(resolve(active))
  if (existsSync(interpreter)) return interpreter
  throw new PythonMissing(
    `There is no Python in ${active}, which VIRTUAL_ENV names: activate an environment that exists, or none (deactivate).`,
  )
}

function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, dirname(file))
  return !way.startsWith('..') && !isAbsolute(way)
}
