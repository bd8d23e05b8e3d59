// Calls back when a source file is saved. Each folder is watched by itself: Node's recursive watching on Linux has
// missed files that an editor replaced by renaming.
import { readdirSync, watch, type Dirent } from 'node:fs'
import { join } from 'node:path'

/** Editors write a file in several steps; this many ms without a further event mean that they are done. */
const SETTLED = 25
/** What a learner's own application lies in may be a whole project, or a home: no more folders than this. */
const MOST_FOLDERS = 500

/** Watches a folder, or several, and those below; returns what ends the watching. */
export function watchFolders(tops: string | string[], onSave: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watchers = foldersBelow([tops].flat()).map((folder) => {
    const watcher = watch(folder, (_event, file) => {
      if (file !== null && !/\.(?:[cm]?[jt]sx?|py)$/.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(onSave, SETTLED)
    })
    // A folder that is removed is no longer of interest.
    watcher.on('error', () => watcher.close())
    return watcher
  })
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/** These folders and those below, the upper ones first; not what tools keep for themselves. */
function foldersBelow(tops: string[]): string[] {
  const found = new Set(tops)
  // What is added on the way comes up in its turn.
  for (const folder of found) {
    const entries = entriesOf(folder)
    if (entries === undefined && !tops.includes(folder)) found.delete(folder)
    for (const entry of entries ?? []) {
      const isOurs = entry.isDirectory() && !/^(?:\..*|node_modules|__pycache__)$/.test(entry.name)
      if (isOurs && found.size < MOST_FOLDERS) found.add(join(folder, entry.name))
    }
  }
  return [...found]
}

/** Undefined for a folder that may not be read. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}
