// `npm run step` on a terminal: stays, runs again on every save, and takes single keys. It shows what the plain
// command prints, and below it the keys.
import { serveWords } from '../lib/application.ts'
import { filesBehind, findSteps, lessonOf, placesBehind, type Step } from '../lib/catalogue.ts'
import { FileWatch } from '../lib/file-watch.ts'
import { bold, faint } from '../lib/ink.ts'
import { wrap } from '../lib/layout.ts'
import { lessonSection } from '../lib/lesson.ts'
import { linesOf } from './blocks.ts'
import { Reruns } from './reruns.ts'
import type { Level } from '../lib/suites/results.ts'
import { Screen } from './screen.ts'
import { openKeyboard, runCommand } from './terminal.ts'
import type { Attempt } from './trial.ts'
import type { Verdict } from './verdict.ts'

/** q, Ctrl-C and Ctrl-D. */
const QUIT = ['q', '\x03', '\x04']

export interface Beginning {
  step: Step
  level: Level
  /** Said above the first verdict. */
  greeting: string[]
}

export class WatchView {
  #step: Step
  #greeting: string[]
  #verdict: Verdict | undefined
  #reruns: Reruns
  #quit: (code: number) => void = () => {}
  /** Paused while a command has the terminal, or one step gives way to another: keys and saves are not ours then. */
  #files: FileWatch
  readonly #screen: Screen
  #closeKeyboard = () => {}
  readonly #onKey = (key: string) => {
    void this.#press(key).catch((error: unknown) => this.#screen.add(String(error)))
  }

  constructor({ step, level, greeting }: Beginning) {
    this.#step = step
    this.#greeting = greeting
    this.#screen = new Screen(level)
    this.#reruns = this.#newReruns()
    this.#files = this.#watchFiles()
  }

  /** Resolves with the exit code once the learner quits. */
  async show(): Promise<number> {
    const quitting = new Promise<number>((resolve) => (this.#quit = resolve))
    this.#closeKeyboard = openKeyboard(this.#onKey)
    this.#begin()
    const code = await quitting
    this.#closeKeyboard()
    await this.#leave()
    this.#files.end()
    return code
  }

  #begin(): void {
    const title = bold(`Step ${this.#step.number} · ${this.#step.slug}`)
    this.#screen.show([{ lines: [...this.#greeting, title, '', faint('running …')] }], 'without keys')
    this.#reruns.request()
  }

  #newReruns(): Reruns {
    const asked = { step: this.#step, level: this.#screen.level, isWatched: true }
    const present = (attempt: Attempt) => this.#present(attempt)
    return new Reruns(asked, present, (error) => this.#screen.add(String(error)))
  }

  #watchFiles(): FileWatch {
    const step = this.#step
    return new FileWatch(placesBehind(step), filesBehind(step), (changed) => this.#run(changed))
  }

  async #goTo(step: Step, level: Level): Promise<void> {
    await this.#leave()
    this.#step = step
    this.#screen.level = level
    this.#verdict = undefined
    this.#files.end()
    this.#files = this.#watchFiles()
    this.#comeBack()
    this.#begin()
  }

  async #leave(): Promise<void> {
    this.#files.isPaused = true
    this.#screen.hush()
    await this.#reruns.end()
  }

  #comeBack(): void {
    this.#reruns = this.#newReruns()
    this.#files.isPaused = false
  }

  #run(changed: string[] = []): void {
    this.#screen.announceRun()
    this.#reruns.request(changed)
  }

  #present({ verdict, annotated }: Attempt): void {
    this.#paint(verdict)
    const reruns = this.#reruns
    void annotated.then((full) => {
      const isStillShown = this.#verdict === verdict && this.#reruns === reruns && !this.#files.isPaused
      if (isStillShown && linesOf(full.blocks).length !== linesOf(verdict.blocks).length) this.#paint(full)
    })
  }

  #paint(verdict: Verdict): void {
    this.#verdict = verdict
    this.#screen.show([{ lines: this.#greeting }, ...verdict.blocks])
    this.#greeting = []
  }

  async #press(key: string): Promise<void> {
    if (this.#files.isPaused) return
    const { number } = this.#step
    if (QUIT.includes(key)) this.#quit(this.#verdict?.green ? 0 : 1)
    else if (key === '\r') this.#run()
    else if (key === 'h') await this.#command('hint', String(number))
    else if (key === 'd') await this.#command('diff', String(number))
    else if (key === 's') await this.#command('serve', ...serveWords(number))
    else if (key === 'a') await this.#goTo(this.#step, this.#screen.level === 'core' ? 'strict' : 'core')
    else if (key === 'l') this.#screen.add(lessonSection(this.#verdict?.lesson ?? lessonOf(this.#step)))
    else if (key === 'n') await this.#next()
  }

  async #next(): Promise<void> {
    const following = findSteps().find(({ number }) => number > this.#step.number)
    if (!following) return this.#screen.add('This is the last step. npm test shows the whole.')
    if (this.#verdict?.green) return this.#goTo(following, 'core')
    const anyway = `npm run step ${following.number}`
    const sentence = `Not everything here is green yet. To go on all the same: ${anyway}`
    return this.#screen.add(wrap(sentence).join('\n'))
  }

  /** Gives the terminal to another command until it ends, which Ctrl-C may bring about. */
  async #command(...words: string[]): Promise<void> {
    // Vitest would take Ctrl-C for its own end, so it is closed while another command has the terminal.
    await this.#leave()
    this.#closeKeyboard()
    process.stdout.write('\n')
    await runCommand(words)
    this.#closeKeyboard = openKeyboard(this.#onKey)
    this.#screen.add('')
    this.#comeBack()
    this.#files.look()
  }
}
