// The Python bridge: modules that cannot be imported, and callables that are none.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { LoadError } from '../../load-error.ts'
import type { PythonModule } from '../../python/process.ts'
import { loadPython } from '../../python/python-style.ts'
import { interpreter, load, moduleNamed, pythonTest, signal, textOf } from './cases.ts'

let printed = ''

beforeEach(() => {
  printed = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += Buffer.from(text).toString()
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

/** The sentence with which loading this is refused. */
async function refusal(module: PythonModule, processes = 1): Promise<string> {
  const loading = loadPython(module, { processes, python: await interpreter() })
  const error: unknown = await loading.catch((reason: unknown) => reason)
  if (error instanceof LoadError) return error.message
  throw new Error('It was loaded.', { cause: error })
}

pythonTest(
  "a module that fails prints Python's own traceback once, however many processes are wanted",
  async () => {
    expect(await refusal(moduleNamed('fails_on_import'), 3)).toBe(
      "fails_on_import.py cannot be imported (NameError: name 'undefined_name' is not defined). " +
        'Python says above where: mend it there.',
    )
    expect(printed.match(/Traceback/g)).toHaveLength(1)
    expect(printed).toMatch(/^Traceback .*\n {2}File ".*fails_on_import\.py", line 8, in <module>\n/)
    expect(printed).toContain('in prepare')
  },
)

pythonTest('a syntax error is shown with its line', async () => {
  expect(await refusal(moduleNamed('broken_syntax'))).toMatch(
    /^broken_syntax\.py cannot be imported \(SyntaxError: /,
  )
  expect(printed).toMatch(/^ {2}File ".*broken_syntax\.py", line 1\n {4}def app\(environ, start_response\)\n/)
})

pythonTest('a package that is not there is named, with what to type', async () => {
  const sentence = await refusal(moduleNamed('needs_a_package'))
  expect(sentence).toContain(
    'needs_a_package.py imports "no_such_package_at_all", which is not in the environment ',
  )
  expect(sentence).toMatch(/install it: \S+ -m pip install no_such_package_at_all$/)
})

pythonTest('a module that ends Python, and one that has the name of another, are told apart', async () => {
  expect(await refusal(moduleNamed('exits'))).toContain('exits.py ends Python while it is imported')
  const signalModule = moduleNamed('signal')
  const folder = join(signalModule.folder, 'hidden')
  expect(await refusal({ ...signalModule, folder, file: join(folder, 'signal.py') })).toBe(
    'Python has a module "signal" of its own, which hides signal.py: give the file another name.',
  )
})

pythonTest('a callable that is not there, or is none, is named with those that could be meant', async () => {
  expect(await refusal(moduleNamed('flask_cases', 'nosuch'))).toBe(
    'flask_cases.py has no "nosuch". What could be meant: app, valid.',
  )
  expect(await refusal(moduleNamed('cases', 'number'))).toMatch(
    /^"number" in cases\.py is of type int, which cannot be called\. What could be meant: app, /,
  )
  expect(await refusal(moduleNamed('cases', 'app.nosuch'))).toContain('cases.py has no "app.nosuch".')
  expect(printed).toBe('')
})

pythonTest('an interpreter that is not there is a sentence, too', async () => {
  const loading = loadPython(moduleNamed('cases'), { processes: 1, python: '/no/such/python' })
  await expect(loading).rejects.toThrow(/could not be started \(spawn .*ENOENT\) before it had loaded/)
})

pythonTest('a callable may be named with dots, and a module lie in a package', async () => {
  const { application } = await load({ callable: 'Nested.app' })
  expect(await textOf(application, '/')).toBe('Hello world\n')
  const { name } = signal()
  const folder = dirname(name)
  mkdirSync(join(folder, 'a package'))
  mkdirSync(join(folder, 'a package', 'inner'))
  const file = join(folder, 'a package', 'inner', 'wsgi.py')
  writeFileSync(
    file,
    'def application(environ, start_response):\n  start_response("200 OK", [])\n  return [__name__.encode()]\n',
  )
  const module = { file, folder: join(folder, 'a package'), module: 'inner.wsgi', callable: 'application' }
  const loaded = await loadPython(module, { processes: 1, python: await interpreter() })
  expect(await textOf(loaded.application, '/')).toBe('inner.wsgi')
  await loaded.close()
})

pythonTest("this repository's own modules are not in the way of an application's", async () => {
  const { application } = await load()
  expect(JSON.parse(await textOf(application, '/search_path'))).toEqual([moduleNamed('cases').folder, false])
})
