// Who is measured: each server as its own manual says to start it, with a single process for the application.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loaderIn } from '../../lib/application.ts'
import { apps } from '../../matrix/hosts.ts'
import { runProgram, runScript, type Running } from './run.ts'
import { installUwsgi } from './tools.ts'
import { root, theStep } from '../../lib/catalogue.ts'

/** Who can be started. A server that is started once serves all that it is asked in a group. */
export interface Contestant {
  name: string
  start(): Promise<Running>
}

/** The server under test, which stands in a tree. */
export interface Subject {
  /** In the tables: `reference`, or `your server`. */
  name: string
  tree: string
}

export interface HowToRun {
  floor?: number
  /** `module:callable`. Without it, the pages that node:http has too. */
  application?: string
  workers?: number
  python?: number
}

/** The floor that is the finished server. */
const LAST = 9
const OWN = `${fileURLToPath(new URL('application.ts', import.meta.url))}:app`
/** ms of a stop, which nobody waits for here. */
const GRACE = 1000

/** A floor's server, just as `npm run serve` runs it. */
export function subjectOn({ name, tree }: Subject, how: HowToRun = {}): Contestant {
  const { floor = LAST, application = OWN, workers, python = 1 } = how
  const order = {
    file: join(tree, theStep(floor).folder, 'server.ts'),
    port: 0,
    application: { words: application, loader: loaderIn(tree), places: [apps], python },
    ...(floor === LAST ? { processes: { workers, log: false, check: false } } : {}),
    grace: GRACE,
  }
  return { name, start: () => runScript('../../serve/child.mjs', [JSON.stringify(order)]) }
}

/** `node:http`, or `net`: a loop that looks at nothing. */
export function inNode(kind: 'node:http' | 'net', name: string = kind): Contestant {
  return { name, start: () => runScript('peer.mjs', [kind]) }
}

export function nginx(): Contestant {
  const folder = join(root, '.workshop', 'bench', 'nginx')
  return {
    name: 'nginx',
    start: () =>
      runProgram('nginx', (port) => {
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, 'nginx.conf'), nginxConfig(port))
        return ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf']
      }),
  }
}

function nginxConfig(port: number): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${name};`,
  )
  return `
daemon off;
pid nginx.pid;
worker_processes 1;
error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off;
  ${paths.join(' ')}
  server {
    listen 127.0.0.1:${port};
    default_type "text/plain; charset=utf-8";
    location / { return 200 "Hello, world!"; }
  }
}
`
}

/** What Python programs are started with: beside the applications, leaving nothing there. */
export const inApps = { cwd: apps, env: { PYTHONDONTWRITEBYTECODE: '1' } }

/** `module`: that of the applications. `python`: an interpreter that has the servers. */
export function gunicorn(python: string, module: string, kind: 'sync' | 'gthread'): Contestant {
  const threads = kind === 'gthread' ? ['--threads', '4'] : []
  return {
    name: kind === 'sync' ? 'gunicorn, sync' : 'gunicorn, 4 threads',
    start: () => {
      if (process.platform === 'win32') throw new Error('not on Windows')
      const words = [
        '-m',
        'gunicorn',
        '-w',
        '1',
        '-k',
        kind,
        ...threads,
        '--no-control-socket',
        '--log-level',
        'error',
      ]
      return runProgram(python, (port) => [...words, '-b', `127.0.0.1:${port}`, `${module}:app`], inApps)
    },
  }
}

export function waitress(python: string, module: string): Contestant {
  const wordsFor = (port: number) => ['-m', 'waitress', `--listen=127.0.0.1:${port}`, `${module}:app`]
  return { name: 'waitress', start: () => runProgram(python, wordsFor, inApps) }
}

/** With a process of its own that speaks HTTP, since a client cannot speak uwsgi. */
export function uwsgi(python: string, module: string): Contestant {
  const start = async () => {
    const found = await installUwsgi(python)
    if ('why' in found) throw new Error(found.why)
    const one = ['--master', '--processes', '1', '--need-app', '--disable-logging', '--die-on-term']
    const where = ['-H', join(python, '..', '..'), '--pythonpath', apps, '--module', `${module}:app`]
    const wordsFor = (port: number) => ['--http', `127.0.0.1:${port}`, '--http-keepalive', ...one, ...where]
    return runProgram(found.uwsgi, wordsFor, inApps)
  }
  return { name: 'uWSGI', start }
}
