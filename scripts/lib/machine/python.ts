// Python, for the commands that run suites: the step with the framework apps has tests that need it. It is set up once,
// before they run, since no test should wait for a network.
import {
  FRAMEWORKS_MARK,
  PythonMissing,
  isSetUpWorthTrying,
  readyPython,
  setUpPython,
} from '#given/05-framework-apps/python/setup/environment.ts'
import { FIRST_WITH_LOADER } from '../application.ts'
import type { Step } from '../catalogue.ts'

/** The step with tests that need Python: the first that runs applications for it. */
export const WITH_PYTHON = FIRST_WITH_LOADER

/** For the `catch` of what sets Python up: where it cannot be had, why is what comes of it. */
export function asMissing(error: unknown): PythonMissing {
  if (error instanceof PythonMissing) return error
  throw error
}

/**
 * Makes .venv the first time that it is needed. What is missing is told once: the other tests run without it. Gives what
 * was told of that, for a screen that is cleared.
 */
export async function preparePython(): Promise<string[]> {
  if ('python' in readyPython() || !isSetUpWorthTrying()) return []
  const found = await setUpPython((line) => console.log(line)).catch(asMissing)
  const lack = found instanceof PythonMissing ? [found.message, UNTIL_THEN] : []
  console.log([...lack, ''].join('\n'))
  return lack
}

const UNTIL_THEN = 'Until then, tests that need Python are not run.'

/** What a step needs of this machine, made ready. */
export async function prepareFor({ number }: Step): Promise<string[]> {
  return number === WITH_PYTHON ? preparePython() : []
}

/** The file that appears when another command has made it ready. */
export function arrivalFor({ number }: Step): string | undefined {
  return number === WITH_PYTHON ? FRAMEWORKS_MARK : undefined
}
