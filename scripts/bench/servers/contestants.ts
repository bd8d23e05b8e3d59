// Who is measured: each server as its own manual says to start it, with a single process for the application.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runProgram, runScript, type Running } from './run.ts'
import { CHILD, LAST, type Subject } from './subject.ts'
import { loaderIn } from '../../lib/application.ts'
import { root, theStep } from '../../lib/catalogue.ts'
import { apps } from '../../matrix/hosts.ts'
import { FIRST_WITH_WORKERS } from '../../serve/processes.ts'

/** Who can be started. A server that is started once serves all that it is asked in a group. */
export interface Contestant {
  name: string
  start(): Promise<Running>
}

export const IN_PYTHON = 'a loop inside Python'
export const BARE = 'a bare net loop'
/** What could be reached at best, and does no server's work. */
export const LIMITS = [IN_PYTHON, BARE]

/** As a command takes it. */
export const APPLICATION = `${fileURLToPath(new URL('application.ts', import.meta.url))}:app`
/** ms of a stop, which nobody waits for here. */
const GRACE = 1000

interface HowToRun {
  /** In the tables, where it is not the subject's own name. */
  name?: string
  floor?: number
  /** `module:callable`. Without it, the pages that node:http has too. */
  application?: string
  workers?: number
}

/** A floor's server, just as `npm run serve` runs it. */
export function subjectOn(subject: Subject, how: HowToRun = {}): Contestant {
  const { name = subject.name, floor = LAST, application = APPLICATION, workers } = how
  const order = {
    file: join(subject.tree, theStep(floor).folder, 'server.ts'),
    port: 0,
    application: { words: application, loader: loaderIn(subject.tree), places: [apps], python: 1 },
    ...(floor >= FIRST_WITH_WORKERS ? { processes: { workers, log: false, check: false } } : {}),
    grace: GRACE,
  }
  const child = pathToFileURL(join(subject.workshop, CHILD)).href
  return { name, start: () => runScript(child, [JSON.stringify(order)]) }
}

/** The server under test, and the one of another checkout, if there is one. */
export function subjectsOf(subject: Subject): Contestant[] {
  return [subject, subject.beside].flatMap((one) => (one === undefined ? [] : subjectOn(one)))
}

export const nodeHttp: Contestant = { name: 'node:http', start: () => runScript('peer.mjs', ['http']) }

/** A loop over `node:net` that looks at nothing. */
export const bareLoop: Contestant = { name: BARE, start: () => runScript('peer.mjs', ['net']) }

export const nginx: Contestant = { name: 'nginx', start: () => runProgram('nginx', wordsOfNginx) }

function wordsOfNginx(port: number): string[] {
  const folder = join(root, '.workshop', 'bench', 'nginx')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'nginx.conf'), nginxConfig(port))
  return ['-e', 'stderr', '-p', folder, '-c', 'nginx.conf']
}

function nginxConfig(port: number): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
pid nginx.pid;
worker_processes 1;
error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off;
  ${kinds.map((name) => `${name}_temp_path ${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    default_type "text/plain; charset=utf-8";
    location / { return 200 "Hello, world!"; }
  }
}
`
}
