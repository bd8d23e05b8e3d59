// What only the benchmark needs, and installs outside of node_modules and .venv, into .workshop/, on first use.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PythonMissing, setUpServers } from '#given/05-framework-apps/python/environment.ts'
import { recall, remember } from '#given/05-framework-apps/python/memory.ts'
import { root } from '../../lib/catalogue.ts'
import { installTool } from '../../lib/npm-tools.ts'
import { runCaught } from '../../lib/programs.ts'
import { Refusal } from '../../lib/words.ts'

const AUTOCANNON = '8.0.0'
export const UWSGI = '2.0.31'
/** Made with the Python of .venv, so that it runs the same one. */
const venv = join(root, '.workshop', 'bench-venv')
const NOT_HAD = 'it could not be had from PyPI'

/** Gives its main file. */
export async function installAutocannon(): Promise<{ module: string; version: string }> {
  const missing =
    'There is no load to measure with: autocannon could not be had from npm. Install wrk, or try again with a network.'
  const folder = await installTool({ name: 'autocannon', version: AUTOCANNON, missing })
  return { module: join(folder, 'autocannon.js'), version: AUTOCANNON }
}

/** Gives the interpreter of .venv, which then has the frameworks, gunicorn and waitress. */
export async function setUpOrRefuseServers(): Promise<string> {
  try {
    return await setUpServers((line) => console.log(line))
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error
    throw new Refusal(
      `${error.message} What needs no Python: npm run bench hello bodies workers floors growth`,
    )
  }
}

/** Its program, built from source; or why there is none. A build that failed is not tried again with the same pin. */
export async function installUwsgi(python: string): Promise<{ uwsgi: string } | { why: string }> {
  if (process.platform === 'win32') return { why: 'not on Windows' }
  const uwsgi = join(venv, 'bin', 'uwsgi')
  const mark = join(venv, 'workshop-uwsgi.txt')
  if (existsSync(uwsgi) && existsSync(mark) && readFileSync(mark, 'utf8') === UWSGI) return { uwsgi }
  const failed = join(root, '.workshop', 'uwsgi-failed.txt')
  const known = recall(failed, UWSGI)
  if (known !== undefined) return { why: `${known}; to try again, delete .workshop/uwsgi-failed.txt` }
  console.log(`Building uWSGI ${UWSGI} into .workshop/bench-venv (from the network, about a minute) …`)
  const why = await buildUwsgi(python)
  if (why !== undefined) {
    // With a network it may be had the next time.
    if (why !== NOT_HAD) remember(failed, UWSGI, why)
    return { why }
  }
  writeFileSync(mark, UWSGI)
  return { uwsgi }
}

async function buildUwsgi(python: string): Promise<string | undefined> {
  const made = await runCaught(python, ['-I', '-m', 'venv', venv], root)
  if (made.code !== 0) return 'its virtual environment could not be made'
  const patience = ['--retries', '1', '--timeout', '10', '--no-input', '--disable-pip-version-check']
  const words = ['-I', '-m', 'pip', 'install', ...patience, `uwsgi==${UWSGI}`]
  const { code, printed } = await runCaught(join(venv, 'bin', 'python'), words, root)
  if (code === 0) return undefined
  if (/you need a C compiler|gcc|cc: not found/i.test(printed) && !/Built|Building wheel/.test(printed))
    return 'it could not be built: there is no C compiler'
  return /connection|resolve|No matching distribution/i.test(printed) ? NOT_HAD : 'it could not be built'
}
