// From the words `module:callable` to an application that the server can call, whatever it was written with. The
// server's own code knows nothing of all this.

import { spawnSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { adapt, type FetchAdapter } from './loader/application-styles.ts'
import { findModule, shownPath, splitWords, usualPlaces } from './loader/find-module.ts'
import { LoadError } from './load-error.ts'
import type { Loaded } from './loaded.ts'
import { pick } from './loader/pick.ts'
import { loadPythonModule } from './loader/python-module.ts'

export interface LoadOptions {
  /** Where a module is looked for, in this order. Usual: where the learner stands, then apps/. */
  places?: string[]
  /** Python processes. Usual: 1. */
  python?: number
}

/**
 * `fetchApplication`: the Fetch-style adapter of the tree that asks. Rejects with a LoadError: there is no such
 * application, or it does not load.
 */
export async function loadApplication(
  words: string,
  fetchApplication: FetchAdapter,
  options: LoadOptions = {},
): Promise<Loaded> {
  const { module, callable } = splitWords(words)
  const found = findModule(module, options.places ?? usualPlaces())
  if (found.isPython) return loadPythonModule(found, callable, options.python ?? 1)
  const exported = await importModule(found.file)
  return adapt(pick(exported, callable, shownPath(found.file)), words, fetchApplication)
}

/** How often each file has been imported. */
const imports = new Map<string, number>()

/** A module that is loaded again is imported anew: what it exported before may have been closed. */
async function importModule(file: string): Promise<object> {
  const before = imports.get(file) ?? 0
  imports.set(file, before + 1)
  try {
    return await import(pathToFileURL(file).href + (before === 0 ? '' : `?load=${before}`))
  } catch (error) {
    // A part that is still to be written says so itself.
    if (error instanceof Error && error.name === 'Todo') throw error
    throw new LoadError(`${shownPath(file)} cannot be imported: ${reason(error, file)}`, { cause: error })
  }
}

function reason(error: unknown, file: string): string {
  const missing = missingPackage(error)
  if (missing !== undefined)
    return `"${missing}" is not installed for it. In ${shownPath(dirname(file))}: npm install ${missing}`
  if (!(error instanceof Error)) return `it throws ${String(error)}`
  // esbuild says "Transform failed with 1 error:" and on the next line `file:3:5: ERROR: what is wrong`.
  const [, syntax] = /ERROR: (.+)/.exec(error.message) ?? []
  if (syntax !== undefined) return `Syntax error: ${syntax}`
  return `${error.name}: ${error.message}${error instanceof SyntaxError ? lineOfFault(file) : ''}`
}

/** The package that an import asks for in vain; undefined where it is a file, or something else is wrong. */
function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))))
    return undefined
  const [, specifier = ''] = /^Cannot find (?:package|module) '([^']+)'/.exec(error.message) ?? []
  return /^((?:@[^/.]+\/)?[^/.@][^/]*)/.exec(specifier)?.[1]
}

/** Node itself leaves the place out of the error that it throws. */
function lineOfFault(file: string): string {
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' })
  const [first = ''] = stderr.split(/\r?\n/)
  const [, line] = /:(\d+)$/.exec(first) ?? []
  return line !== undefined && first.includes(basename(file)) ? ` (line ${line})` : ''
}
