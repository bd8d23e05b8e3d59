// A Python file as Python would import it: the folder that goes on its path, and the dotted name from there.

import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FoundModule } from './find-module.ts'
import { LoadError } from '../load-error.ts'
import type { Loaded } from '../loaded.ts'
import { interpreterFor } from '../python/setup/own-environment.ts'
import { PythonMissing } from '../python/setup/python-missing.ts'
import { loadPython } from '../python/python-style.ts'

/** Sets Python up where that has not been done. Rejects with a LoadError. */
export async function loadPythonModule(
  found: FoundModule,
  callable: string,
  processes: number,
): Promise<Loaded> {
  const { file } = found
  const python = await interpreter(file)
  return loadPython({ file, ...importName(found), callable }, { processes, python })
}

async function interpreter(file: string): Promise<string> {
  try {
    return await interpreterFor(file, (line) => console.error(line))
  } catch (error) {
    // Without a cause: it would be taken for a fault in somebody's line.
    if (error instanceof PythonMissing) throw new LoadError(error.message)
    throw error
  }
}

/** A folder with an `__init__.py` is a package, and its name is part of the names of its modules. */
function importName({ file, dotted }: FoundModule): { folder: string; module: string } {
  if (dotted !== undefined) return { folder: dotted.place, module: dotted.name }
  const isPackage = basename(file) === '__init__.py'
  let folder = isPackage ? dirname(dirname(file)) : dirname(file)
  let module = isPackage ? basename(dirname(file)) : basename(file, '.py')
  while (existsSync(join(folder, '__init__.py'))) {
    module = `${basename(folder)}.${module}`
    folder = dirname(folder)
  }
  return { folder, module }
}
