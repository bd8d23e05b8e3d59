// `npm run serve`, as a person uses it: in a process of its own, typed in a folder of its own.

import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../../../scripts/start.mjs', import.meta.url))

export class ServeCommand {
  /** All that it has printed, or all since `forget`. */
  output = ''
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>
  readonly #child: ChildProcess
  #onOutput = () => {}

  /** `words` follow `npm run serve`. `folder` is where they are typed; the port is any that is free. */
  constructor(folder: string, words: string[]) {
    const env = { ...process.env, INIT_CWD: folder, NODE_OPTIONS: '' }
    const all = [start, 'serve', ...words, 'port=0']
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

  /** Forgets what has been printed. */
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
