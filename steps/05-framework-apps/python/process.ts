// A Python process as the operating system sees it: started, spoken to through its pipes, ended.

import { spawn, type ChildProcess, type StdioPipe } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { FrameReader, type OnFrame } from './frame-reader.ts'
import { HeldFrames } from './held-frames.ts'

const script = fileURLToPath(new URL('worker.py', import.meta.url))

/** How long, in ms, a process may take to end by itself. */
const GRACE = 1000
/** In, out, errors, and a pipe that is never written to: its end tells Python that this process has died. */
const PIPES: StdioPipe[] = ['pipe', 'pipe', 'pipe', 'pipe']

export interface PythonModule {
  /** The absolute path of the .py file. */
  file: string
  /** The folder that goes on sys.path first. */
  folder: string
  /** The name to import: `app`, or `package.app`. */
  module: string
  /** The callable in it; it may have dots. */
  callable: string
}

export class PythonProcess {
  /** Resolves with how it ended, once that has happened and all that it said has been read. Never rejects. */
  readonly ended: Promise<string>
  readonly #child: ChildProcess
  readonly #input: Writable | null
  readonly #onFrame: OnFrame
  #held: HeldFrames | undefined
  #hasUnsent = false

  constructor(python: string, { file, folder, module, callable }: PythonModule, onFrame: OnFrame) {
    // Python would not look for modules beside worker.py if PYTHONSAFEPATH were set.
    const env = { ...process.env, PYTHONSAFEPATH: '' }
    const words = [script, file, folder, module, callable]
    const held = (this.#held = HeldFrames.open())
    const more = held ? { words: [String(PIPES.length)], stdio: [held.descriptor] } : { words: [], stdio: [] }
    const stdio = [...PIPES, ...more.stdio]
    const child = spawn(python, [...words, ...more.words], { stdio, env, windowsHide: true })
    this.#child = child
    this.#input = child.stdin
    // A write may find the process dead; `ended` tells of that.
    child.stdin?.on('error', () => {})
    child.stderr?.on('data', (text: Buffer) => process.stderr.write(text))
    this.#onFrame = onFrame
    const reader = new FrameReader(onFrame)
    child.stdout?.on('data', (bytes: Buffer) => reader.push(bytes))
    this.ended = this.#untilEnded()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** What is sent in one turn of the event loop goes in one write. */
  send(frame: Buffer): void {
    const input = this.#input
    if (input === null || !input.writable) return
    if (!this.#hasUnsent) {
      this.#hasUnsent = true
      input.cork()
      setImmediate(() => {
        this.#hasUnsent = false
        input.uncork()
      })
    }
    input.write(frame)
  }

  /** Takes the frames that it holds back. They come again when it sends them. */
  takeHeld(): void {
    if (this.#held !== undefined) new FrameReader(this.#onFrame).push(this.#held.look())
  }

  /** Lets it end by itself, for a second. Never rejects. */
  async close(): Promise<void> {
    this.#input?.end()
    const timer = setTimeout(() => this.kill(), GRACE)
    await this.ended
    clearTimeout(timer)
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  async #untilEnded(): Promise<string> {
    const child = this.#child
    const how = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`could not be started (${error.message})`))
      child.once('exit', (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      )
    })
    // A program that the application started may hold these pipes open for longer.
    const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null)
    await Promise.race([Promise.all(pipes.map(untilClosed)), pause(GRACE, undefined, { ref: false })])
    for (const pipe of child.stdio) pipe?.destroy()
    this.takeHeld()
    this.#held?.close()
    this.#held = undefined
    return how
  }
}

async function untilClosed(pipe: Readable): Promise<void> {
  if (!pipe.closed) await once(pipe, 'close')
}
