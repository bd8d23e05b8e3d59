// A repository with nothing but the given Python code in it, on a system with a pretended Python or with none.

import { execFile, spawn } from 'node:child_process'
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
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'

const script = fileURLToPath(new URL('python-environment.mjs', import.meta.url))
const pretended = fileURLToPath(new URL('pretended-python.sh', import.meta.url))
const given = fileURLToPath(new URL('../python', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'python-environment-'))

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

export interface Result {
  gave?: unknown
  threw?: string
  message?: string
  told: string[]
}

let made = 0

export class Place {
  readonly root = join(scratch, String(++made))
  readonly system = join(this.root, 'system')
  readonly venv = join(this.root, '.venv')
  readonly interpreter = join(this.venv, 'bin', 'python')
  readonly lock = join(this.root, '.workshop', 'python.lock')
  readonly pins = join(this.root, 'steps/05-framework-apps/python/requirements.txt')

  constructor() {
    mkdirSync(this.system, { recursive: true })
    cpSync(given, join(this.root, 'steps/05-framework-apps/python'), { recursive: true })
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

  /** Calls these functions of environment.ts, one after the other, in a process of their own. */
  async call(...words: string[]): Promise<Result[]> {
    const { stdout } = await promisify(execFile)(process.execPath, this.#words(words), { env: this.#env() })
    const lines = stdout.trim().split('\n')
    return lines.map((line): Result => JSON.parse(line))
  }

  start(...words: string[]) {
    return spawn(process.execPath, this.#words(words), { env: this.#env(), stdio: 'ignore' })
  }

  #words(words: string[]): string[] {
    return [script, join(this.root, 'steps/05-framework-apps/python/environment.ts'), ...words]
  }

  #env(): NodeJS.ProcessEnv {
    return { PATH: this.system, TMPDIR: tmpdir() }
  }
}
