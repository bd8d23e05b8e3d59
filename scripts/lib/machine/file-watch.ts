// Notices what is saved, by content: a file saved as it was is no news. Says which files have changed.
import { unwatchFile, watchFile } from 'node:fs'
import { basename } from 'node:path'
import { watch, type FSWatcher } from 'chokidar'
import { read } from '../read.ts'

/** Editors write a file in several steps; this many ms without a further event mean that they are done. */
const SETTLED = 25
/**
 * In ms. A folder mounted from another system (WSL, a container) reports only what is saved on this side, so that no
 * trial of ours could tell: the files are always looked at, too, which takes a few thousandths of a core.
 */
const LOOK_EVERY = 1000
/** What a learner's own application lies in may be a whole project, or a home: no more files and folders than this. */
const MOST_PATHS = 2000

const SOURCE = /\.(?:[cm]?[jt]sx?|py)$/
/** What tools keep for themselves. */
const OF_TOOLS = /^(?:\..*|node_modules|__pycache__|site-packages)$/

export class FileWatch {
  /** While it is, nothing is told; a `look` afterwards tells all of it. */
  isPaused = false
  /** Settles when every file is being watched. */
  readonly ready: Promise<unknown>
  readonly #onChange: (changed: string[]) => void
  readonly #watchers: FSWatcher[]
  readonly #texts: Map<string, string | undefined>
  readonly #touched = new Set<string>()
  readonly #awaited: string
  #timer: NodeJS.Timeout | undefined

  /**
   * `paths`: files, and folders with all below. `known`: those of the files whose text as it is now is no news. `awaited`:
   * a file that may appear one day, in a folder that is not there yet.
   */
  constructor(paths: string[], known: string[], onChange: (changed: string[]) => void, awaited = '') {
    this.#onChange = onChange
    this.#awaited = awaited
    if (awaited !== '') watchFile(awaited, { interval: LOOK_EVERY }, () => this.#touch([awaited]))
    this.#texts = new Map([...known, awaited].map((file) => [file, read(file)]))
    const ignored = ignoredBelow(paths)
    this.#watchers = [false, true].map((usePolling) =>
      watch(paths, { ignored, usePolling, interval: LOOK_EVERY }),
    )
    const watching = this.#watchers.map((watcher) => this.#listen(watcher))
    // The clock of a mounted folder may be another one.
    this.ready = Promise.all(watching).then(() => this.#touch(known))
  }

  /** Tells what has changed. */
  look(): void {
    if (this.isPaused) return
    const changed = [...this.#touched].filter((file) => this.#isNews(file))
    this.#touched.clear()
    if (changed.length > 0) this.#onChange(changed)
  }

  end(): void {
    this.isPaused = true
    clearTimeout(this.#timer)
    unwatchFile(this.#awaited)
    for (const watcher of this.#watchers) void watcher.close()
  }

  #listen(watcher: FSWatcher): Promise<void> {
    // To begin with, every file is an addition: what has been saved in these moments is news all the same.
    let since = Date.now()
    watcher.once('ready', () => (since = 0))
    watcher.on('add', (file, stats) => {
      if (!stats || stats.mtimeMs >= since) this.#touch([file])
    })
    for (const event of ['change', 'unlink'] as const) watcher.on(event, (file) => this.#touch([file]))
    // The system may have no watchers left. The other one of ours needs none.
    watcher.on('error', () => {})
    return new Promise((resolve) => watcher.once('ready', resolve))
  }

  #touch(files: string[]): void {
    for (const file of files) this.#touched.add(file)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.look(), SETTLED)
  }

  #isNews(file: string): boolean {
    const text = read(file)
    const isSame = this.#texts.has(file) && this.#texts.get(file) === text
    this.#texts.set(file, text)
    return !isSame
  }
}

function ignoredBelow(tops: string[]): (path: string, stats?: { isFile(): boolean }) => boolean {
  const watched = new Set(tops)
  return (path, stats) => {
    if (watched.has(path)) return false
    if (OF_TOOLS.test(basename(path)) || watched.size >= MOST_PATHS) return true
    if (stats?.isFile() && !SOURCE.test(path)) return true
    if (stats) watched.add(path)
    return false
  }
}
