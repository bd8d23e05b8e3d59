// Servers for frameworks of Python, with a single process for the application: gunicorn, waitress and uWSGI.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Contestant } from './contestants.ts'
import { runProgram } from './run.ts'
import { root } from '../../lib/catalogue.ts'
import { runCaught } from '../../lib/machine/programs.ts'
import { apps } from '../../matrix/hosts.ts'

export const UWSGI = '2.0.31'

/** `module`: that of the applications. `python`: an interpreter that has the servers. */
export function gunicorn(python: string, module: string, kind: 'sync' | 'gthread'): Contestant {
  const words = ['-m', 'gunicorn', '-w', '1', '-k', kind, '--no-control-socket', '--log-level', 'error']
  if (kind === 'gthread') words.push('--threads', '4')
  const wordsFor = (port: number) => [...words, '-b', `127.0.0.1:${port}`, `${module}:app`]
  return {
    name: kind === 'sync' ? 'gunicorn, sync' : 'gunicorn, 4 threads',
    start: () => runProgram(python, wordsFor, apps),
  }
}

export function waitress(python: string, module: string): Contestant {
  const wordsFor = (port: number) => ['-m', 'waitress', `--listen=127.0.0.1:${port}`, `${module}:app`]
  return { name: 'waitress', start: () => runProgram(python, wordsFor, apps) }
}

/** With a process of its own that speaks HTTP, since a client cannot speak uwsgi. */
export function uwsgi(python: string, module: string): Contestant {
  const one = ['--master', '--processes', '1', '--need-app', '--disable-logging', '--die-on-term']
  const where = ['-H', join(python, '..', '..'), '--pythonpath', apps, '--module', `${module}:app`]
  const wordsFor = (port: number) => ['--http', `127.0.0.1:${port}`, '--http-keepalive', ...one, ...where]
  return { name: 'uWSGI', start: async () => runProgram(await installUwsgi(python), wordsFor, apps) }
}

/** Its program, built from source on first use, with the Python of .venv so that it runs the same one. */
async function installUwsgi(python: string): Promise<string> {
  const venv = join(root, '.workshop', `uwsgi-${UWSGI}`)
  const program = join(venv, 'bin', 'uwsgi')
  if (existsSync(program)) return program
  console.log(`Building uWSGI ${UWSGI} into .workshop (from the network, about a minute) …`)
  await runCaught(python, ['-I', '-m', 'venv', venv], root)
  const patience = ['--retries', '1', '--timeout', '10', '--no-input', '--disable-pip-version-check']
  const words = ['-I', '-m', 'pip', 'install', ...patience, `uwsgi==${UWSGI}`]
  const { printed } = await runCaught(join(venv, 'bin', 'python'), words, root)
  if (existsSync(program)) return program
  const why = printed.trim().split('\n').at(-1) ?? ''
  throw new Error(/C compiler/i.test(printed) ? 'there is no C compiler to build it with' : why)
}
