// Notices what a learner saves, by content: a file saved as it was is no news. Says which files have changed.
import { join } from 'node:path'
import { filesBehind, learnersTree, root, type Step } from '../lib/catalogue.ts'
import { read } from '../lib/read.ts'
import { watchFolders } from '../lib/watch-folders.ts'

/** Some mounted folders report no changes, so the files are also looked at this often, in ms. */
const LOOK_EVERY = 1000

export class FileWatch {
  /** While it is, nothing is noticed; a `look` afterwards notices all of it. */
  isPaused = false
  readonly #onChange: (changed: string[]) => void
  readonly #endings: (() => void)[]
  #step: Step
  #texts: Map<string, string>

  /** `onChange` gets absolute paths. */
  constructor(step: Step, onChange: (changed: string[]) => void) {
    this.#step = step
    this.#texts = textsOf(step)
    this.#onChange = onChange
    const look = () => this.look()
    const timer = setInterval(look, LOOK_EVERY)
    const folders = [learnersTree, join(root, 'steps')].map((folder) => watchFolders(folder, look))
    this.#endings = [() => clearInterval(timer), ...folders]
  }

  /** From now on the files of another step; as they are now, they are not news. */
  turnTo(step: Step): void {
    this.#step = step
    this.#texts = textsOf(step)
  }

  look(): void {
    if (this.isPaused) return
    const before = this.#texts
    const now = textsOf(this.#step)
    const files = new Set([...now.keys(), ...before.keys()])
    const changed = [...files].filter((file) => now.get(file) !== before.get(file))
    this.#texts = now
    if (changed.length > 0) this.#onChange(changed)
  }

  end(): void {
    for (const end of this.#endings) end()
  }
}

/** Every file that the verdict of a step depends on, with its text. */
function textsOf(step: Step): Map<string, string> {
  return new Map(filesBehind(step).map((file) => [file, read(file) ?? '']))
}
