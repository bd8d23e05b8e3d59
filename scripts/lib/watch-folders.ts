// Calls back when a source file is saved. Each folder is watched by itself: Node's recursive watching on Linux has
// missed files that an editor replaced by renaming.
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** Editors write a file in several steps; this many ms without a further event mean that they are done. */
const SETTLED = 25

/** Watches a folder and those below it; returns what ends the watching. */
export function watchFolders(top: string, onSave: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const below = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  const folders = [top, ...below.map((entry) => join(entry.parentPath, entry.name))]
  const watchers = folders.map((folder) => {
    const watcher = watch(folder, (_event, file) => {
      if (file !== null && !/\.[cm]?[jt]sx?$/.test(file)) return
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
