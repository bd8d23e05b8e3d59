// `npm run step` on a terminal: stays, runs again on every save, and takes single keys. It shows what the command prints
// elsewhere, and below it the keys.
import { serveWords } from '../lib/application.ts'
import { filesBehind, findSteps, lessonOf, placesBehind, type Step } from '../lib/catalogue.ts'
import { FileWatch } from '../lib/machine/file-watch.ts'
import { bold, faint } from '../lib/ink.ts'
import { wrap } from '../lib/layout.ts'
import { lessonSection } from '../lib/lesson.ts'
import { arrivalFor, prepareFor } from '../lib/machine/python.ts'
import { Reruns } from './reruns.ts'
import type { Level } from '../lib/suites/results.ts'
import { Screen } from './screen.ts'
import { openKeyboard, QUIT, runCommand } from './terminal.ts'
import type { Attempt } from './trial.ts'

export interface Beginning {
  step: Step
  level: Level
  /** Said above the first verdict. */
  greeting: string[]
  isPlain?: boolean
}

export class WatchView {
  #step: Step
  readonly #greeting: string[]
  #reruns: Reruns
  #quit: (code: number) => void = () => {}
  #isOver = false
  /** Paused while a command has the terminal, or one step gives way to another: keys and saves are not ours then. */
  #files: FileWatch
  readonly #screen: Screen
  #closeKeyboard = () => {}
  readonly #onKey = (key: string) => {
    void this.#press(key).catch((error: unknown) => this.#screen.add(String(error)))
  }

  constructor({ step, level, greeting, isPlain }: Beginning) {
    this.#step = step
    this.#greeting = greeting
    this.#screen = new Screen(level, isPlain)
    this.#reruns = this.#newReruns()
    this.#files = this.#watchFiles()
  }

  /** Resolves with the exit code once the learner quits. */
  async show(): Promise<number> {
    const quitting = new Promise<number>((resolve) => (this.#quit = resolve))
    this.#closeKeyboard = openKeyboard(this.#onKey)
    this.#begin(this.#greeting)
    const code = await quitting
    // Ctrl-C is a signal from now on, and ends what does not come to its end.
    this.#closeKeyboard()
    await this.#leave()
    this.#files.end()
    return code
  }

  #begin(greeting: string[]): void {
    this.#screen.begin(bold(`Step ${this.#step.number} · ${this.#step.slug}`), greeting)
    this.#reruns.request()
  }

  #newReruns(): Reruns {
    const asked = { step: this.#step, level: this.#screen.level, isWatched: !this.#screen.isPlain }
    const isCurrent = () => this.#reruns === reruns && !this.#files.isPaused
    const present = (attempt: Attempt) => this.#screen.present(attempt, isCurrent)
    const reruns = new Reruns(asked, present, (error) => this.#screen.add(String(error)))
    return reruns
  }

  #watchFiles(): FileWatch {
    const step = this.#step
    const run = (changed: string[]) => this.#run(changed)
    return new FileWatch(placesBehind(step), filesBehind(step), run, arrivalFor(step))
  }

  async #goTo(step: Step, level: Level): Promise<void> {
    this.#screen.say(faint(`\nstep ${step.number}, ${level} …`))
    await this.#leave()
    if (this.#isOver) return
    const lack = await this.#withoutKeyboard(() => prepareFor(step))
    this.#step = step
    this.#screen.level = level
    this.#files.end()
    this.#files = this.#watchFiles()
    this.#reruns = this.#newReruns()
    this.#begin(lack)
  }

  /** Ctrl-C then ends this process and all that the work has started. */
  async #withoutKeyboard<T>(work: () => Promise<T>): Promise<T> {
    this.#closeKeyboard()
    return work().finally(() => (this.#closeKeyboard = openKeyboard(this.#onKey)))
  }

  async #leave(): Promise<void> {
    this.#files.isPaused = true
    this.#screen.hush()
    await this.#reruns.end()
  }

  #run(changed: string[] = []): void {
    this.#screen.announceRun(changed)
    this.#reruns.request(changed)
  }

  async #press(key: string): Promise<void> {
    const { number } = this.#step
    if (QUIT.includes(key)) this.#end()
    // One thing at a time: what is pressed meanwhile is not made up for.
    else if (this.#files.isPaused) return
    else if (key === '\r' || key === '\n') this.#run()
    else if (key === 'h') await this.#command('hint', String(number))
    else if (key === 'd') await this.#command('diff', String(number))
    else if (key === 's') await this.#command('serve', ...serveWords(number))
    else if (key === 'a') await this.#goTo(this.#step, this.#screen.level === 'core' ? 'strict' : 'core')
    else if (key === 'l')
      this.#screen.add(lessonSection(this.#screen.verdict?.lesson ?? lessonOf(this.#step)))
    else if (key === 'n') await this.#next()
  }

  #end(): void {
    if (this.#isOver) process.exit(130)
    this.#isOver = true
    this.#quit(this.#screen.verdict?.green ? 0 : 1)
  }

  async #next(): Promise<void> {
    const following = findSteps().find(({ number }) => number > this.#step.number)
    if (!following) return this.#screen.add('This is the last step. npm test shows the whole.')
    if (this.#screen.verdict?.green) return this.#goTo(following, 'core')
    const anyway = `npm run step ${following.number}`
    const sentence = `Not everything here is green yet. To go on all the same: ${anyway}`
    return this.#screen.add(wrap(sentence).join('\n'))
  }

  /** Gives the terminal to another command until it ends, which Ctrl-C may bring about. */
  async #command(...words: string[]): Promise<void> {
    this.#screen.say(faint(`\n${words.join(' ')} …`))
    // Vitest would take Ctrl-C for its own end, so it is closed while another command has the terminal.
    await this.#leave()
    if (this.#isOver) return
    await this.#withoutKeyboard(() => runCommand(words)).finally(() => {
      this.#screen.add('')
      this.#reruns = this.#newReruns()
      this.#files.isPaused = false
      this.#files.look()
    })
  }
}
