// Python, for the commands that run suites: the step with the framework apps has tests that need it. It is set up once,
// before they run, since no test should wait for a network.
import {
  PythonMissing,
  isSetUpWorthTrying,
  readyPython,
  setUpPython,
} from '#given/05-framework-apps/python/environment.ts'
import type { Step } from './catalogue.ts'

/** The first step with tests that need Python. */
const FIRST_WITH_PYTHON = 5

/** Makes .venv the first time that a step needs it. What is missing is told once: the other tests run without it. */
export async function preparePython(step: Step): Promise<void> {
  if (step.number < FIRST_WITH_PYTHON || 'python' in readyPython() || !isSetUpWorthTrying()) return
  try {
    await setUpPython((line) => console.log(line))
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error
    console.log(`${error.message}\nUntil then, tests that need Python are not run.`)
  }
  console.log()
}
