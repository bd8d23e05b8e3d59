// Python, for the commands that run suites: the step with the framework apps has tests that need it. It is set up once,
// before they run, since no test should wait for a network.
import {
  PythonMissing,
  isSetUpWorthTrying,
  readyPython,
  setUpPython,
} from '#given/05-framework-apps/python/environment.ts'
import { FIRST_WITH_LOADER } from './application.ts'

/** The step with tests that need Python: the first that runs applications for it. */
export const WITH_PYTHON = FIRST_WITH_LOADER

/** For the `catch` of what sets Python up: where it cannot be had, why is what comes of it. */
export function asMissing(error: unknown): PythonMissing {
  if (error instanceof PythonMissing) return error
  throw error
}

/** Makes .venv the first time that it is needed. What is missing is told once: the other tests run without it. */
export async function preparePython(): Promise<void> {
  if ('python' in readyPython() || !isSetUpWorthTrying()) return
  const found = await setUpPython((line) => console.log(line)).catch(asMissing)
  if (found instanceof PythonMissing)
    console.log(`${found.message}\nUntil then, tests that need Python are not run.`)
  console.log()
}
