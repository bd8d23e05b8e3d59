// Replaces files of the learner's, after saving those in which something was written. All of it is saved before any of
// it changes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../catalogue.ts'
import { reason, save, type Saved } from './saved.ts'
import { read } from '../read.ts'
import { starterOf } from './starters.ts'
import { Refusal } from '../words.ts'

/**
 * Writes those of the learner's files of these names that are not as `textOf` has them, and gives their names from the
 * root, with forward slashes; `saved` when something was replaced.
 */
export function replaceFiles(
  names: string[],
  textOf: (name: string) => string | undefined,
): { changed: string[]; saved: Saved | undefined } {
  const different = names
    .map((name) => ({ file: `exercises/${name}`, text: textOf(name) ?? '' }))
    .filter(({ file, text }) => read(join(root, file)) !== text)
  const existing = different.filter(({ file }) => holdsWork(file)).map(({ file }) => join(root, file))
  const saved = existing.length > 0 ? save(existing) : undefined
  for (const { file, text } of different) write(file, text, saved)
  return { changed: different.map(({ file }) => file), saved }
}

/** Whether there is a file that is not the starter as it was given. */
function holdsWork(file: string): boolean {
  const text = read(join(root, file))
  return text !== undefined && text !== starterOf(file.replace('exercises/', ''))
}

function write(file: string, text: string, saved: Saved | undefined): void {
  try {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  } catch (error) {
    const where = saved ? ` What was there is in ${saved.folder}.` : ''
    throw new Refusal(`${file} could not be written (${reason(error)}).${where}`)
  }
}
