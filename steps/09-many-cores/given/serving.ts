// `npm run serve 9`, as a person uses it: in a process of its own, with the reference server.

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url))

/** An application that says `word` and its process. */
const SITE = `import { setTimeout as after } from 'node:timers/promises'
export const app = async (environ: any, start: Function) => {
  console.log('asked for ' + environ.PATH_INFO)
  if (environ.PATH_INFO === '/slow') await after(1000)
  if (environ.PATH_INFO === '/hang') await new Promise(() => {})
  if (environ.PATH_INFO === '/spin') for (;;);
  start('200 OK', [])
  return [Buffer.from('WORD from ' + process.pid)]
}
`

/** A folder of one test's own, in which the command is typed. */
export class Place {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'serve-9-')))
  readonly #servings: Serving[] = []

  constructor() {
    this.save('hello')
  }

  /** Writes site.ts: an application that says this, or what is no application. */
  save(word: string, text = SITE): void {
    writeFileSync(join(this.folder, 'site.ts'), text.replace('WORD', word))
  }

  serve(...words: string[]): Serving {
    const serving = new Serving(this.folder, words)
    this.#servings.push(serving)
    return serving
  }

  /** Runs a command that ends by itself: its exit code, and what it printed. */
  async run(...words: string[]): Promise<[code: number | null, output: string]> {
    const serving = this.serve(...words)
    return [await serving.ended, serving.output]
  }

  async leave(): Promise<void> {
    for (const serving of this.#servings) {
      serving.signal('SIGKILL')
      await serving.ended
    }
    rmSync(this.folder, { recursive: true })
  }
}

export class Serving {
  output = ''
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess
  #onOutput = () => {}

  constructor(folder: string, words: string[]) {
    const env = { ...process.env, INIT_CWD: folder, NODE_OPTIONS: '' }
    const all = [start, 'serve', '9', ...words, 'solution', 'port=0']
    const child = spawn(process.execPath, all, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        this.output += String(text)
        this.#onOutput()
      })
    }
    this.ended = new Promise((resolve) => child.once('close', resolve))
    this.#child = child
  }

  /** Settles with what the pattern's group found, once it has been printed. */
  async prints(pattern: RegExp): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#onOutput = () => pattern.test(this.output) && resolve()
      this.#onOutput()
      void this.ended.then(() => reject(new Error(`It ended, and had printed ${this.output}`)))
    })
    return pattern.exec(this.output)?.[1] ?? ''
  }

  forget(): void {
    this.output = ''
  }

  async port(): Promise<number> {
    return Number(await this.prints(/ at http:\/\/127\.0\.0\.1:(\d+)\/ /))
  }

  /** The process that looks after the workers. */
  async primary(): Promise<number> {
    return Number(await this.prints(/looked after by process (\d+)/))
  }

  /** What is said over the channel, since not every system has signals. */
  say(type: 'stop' | 'reload'): void {
    this.#child.send({ type })
  }

  /** A Ctrl-C of the terminal reaches more processes than this one; those do not listen. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }
}

/** A page over a connection of its own, or one that `agent` keeps. Rejects when none comes. */
export function fetchPage(port: number, path = '/', agent: Agent | false = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path, agent, timeout: 10_000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve(`${response.statusCode} ${text}`))
      response.on('error', reject)
    })
    asked.on('timeout', () => asked.destroy(new Error('nothing came')))
    asked.on('error', reject)
  })
}

/** The process that gave a page. */
export function pidIn(page: string): number {
  return Number(/from (\d+)$/.exec(page)?.[1])
}

/** The processes that answer, once there are so many of them beside `old` ones. */
export async function workersOf(port: number, count: number, old: number[] = []): Promise<number[]> {
  const pids = new Set<number>()
  while (pids.size < count) {
    // Many at a time: as long as one process does it all, the others need not.
    const pages = await Promise.all(Array.from({ length: 16 }, () => fetchPage(port)))
    for (const pid of pages.map(pidIn)) if (!old.includes(pid)) pids.add(pid)
  }
  return [...pids]
}

/** Settles when a process is no more. */
export async function untilGone(pid: number): Promise<void> {
  while (lives(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
