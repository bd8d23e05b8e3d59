// `npm run serve 9`, as a person uses it: in a process of its own, with the reference server.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServeCommand } from '#given/kit/host/serve-command.ts'

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
  readonly #servings: ServeCommand[] = []

  constructor() {
    this.save('hello')
  }

  /** Writes site.ts: an application that says this, or what is no application. */
  save(word: string, text = SITE): void {
    writeFileSync(join(this.folder, 'site.ts'), text.replace('WORD', word))
  }

  serve(...words: string[]): ServeCommand {
    const serving = new ServeCommand(this.folder, ['9', ...words, 'solution'])
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
