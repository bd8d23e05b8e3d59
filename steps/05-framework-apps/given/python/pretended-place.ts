// A repository with nothing but the given Python code in it, on a system with a pretended Python or with none.

import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'

const script = fileURLToPath(new URL('environment.mjs', import.meta.url))
const pretended = fileURLToPath(new URL('pretended-python.sh', import.meta.url))
const steps = fileURLToPath(new URL('../../..', import.meta.url))
/** What the Python code is made of. */
const parts = ['05-framework-apps/python', 'kit/how-to-get.ts']
const scratch = mkdtempSync(join(tmpdir(), 'python-environment-'))

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

export interface Result {
  gave?: unknown
  threw?: string
  message?: string
  told: string[]
}

type Environment = typeof import('../../python/setup/environment.ts')
type Name = 'readyPython' | 'isSetUpWorthTrying' | 'setUpPython' | 'setUpServers'

let made = 0

export class Place {
  readonly root = join(scratch, String(++made))
  readonly system = join(this.root, 'system')
  readonly venv = join(this.root, '.venv')
  readonly interpreter = join(this.venv, 'bin', 'python')
  readonly lock = join(this.root, '.workshop', 'python.lock')
  readonly pins = join(this.root, 'steps/05-framework-apps/python/setup/requirements.txt')

  lastTold = ''

  constructor() {
    mkdirSync(this.system, { recursive: true })
    for (const part of parts) cpSync(join(steps, part), join(this.root, 'steps', part), { recursive: true })
    writeFileSync(join(this.root, 'package.json'), '{ "type": "module" }')
  }

  /** Puts a Python on the system. `behaviour` is what is the matter with it: see pretended-python.sh. */
  static withPython(behaviour = ''): Place {
    const place = new Place()
    copyFileSync(pretended, join(place.system, 'python3'))
    chmodSync(join(place.system, 'python3'), 0o755)
    place.behave(behaviour)
    return place
  }

  behave(behaviour: string): void {
    writeFileSync(join(this.system, 'behaviour'), `${behaviour}\n`)
  }

  /** How often pip was called in the environment that is there now. */
  get installs(): number {
    const file = join(this.venv, 'bin', 'pip-calls')
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
  }

  /** Calls these functions of its environment.ts, one after the other. */
  async call(...names: Name[]): Promise<Result[]> {
    const environment: Environment = await import(/* @vite-ignore */ pathToFileURL(this.#file).href)
    const path = process.env['PATH']
    process.env['PATH'] = this.system
    const results = []
    for (const name of names) results.push(await this.#resultOf(environment[name]))
    process.env['PATH'] = path
    return results
  }

  /** Calls setUpPython in a process of its own. */
  start(): { child: ChildProcess; result: Promise<Result> } {
    const env = { PATH: this.system, TMPDIR: tmpdir() }
    const child = spawn(process.execPath, [script, this.#file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const result = text(child.stdout).then((line): Result =>
      JSON.parse(line === '' ? '{ "told": [] }' : line),
    )
    return { child, result }
  }

  get #file(): string {
    return join(this.root, 'steps/05-framework-apps/python/setup/environment.ts')
  }

  async #resultOf(call: Environment[Name]): Promise<Result> {
    const told: string[] = []
    const tell = (line: string) => {
      told.push(line)
      this.lastTold = line
    }
    try {
      return { gave: await call(tell), told }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return { threw: error.name, message: error.message, told }
    }
  }
}
