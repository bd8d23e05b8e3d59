// Nothing a learner wrote is ever lost: what a command is about to replace goes to .workshop/saved/<time>/ first.
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root, shown } from '../catalogue.ts'
import { Refusal } from '../words.ts'

export interface Saved {
  /** The folder, from the repository's root, with forward slashes. */
  folder: string
  count: number
}

/**
 * Copies `files` (absolute paths) under .workshop/saved/<time>/ as they lie under the root.
 * @throws Refusal when a copy cannot be made: the caller must then change nothing.
 */
export function save(files: string[]): Saved {
  const folder = join(root, '.workshop', 'saved', timestamp())
  try {
    for (const file of files) {
      const copy = join(folder, relative(root, file))
      mkdirSync(dirname(copy), { recursive: true })
      copyFileSync(file, copy)
    }
  } catch (error) {
    throw new Refusal(
      `Your work could not be saved to ${shown(folder)} (${reason(error)}), so nothing was changed. ` +
        `Make that folder writable and try again.`,
    )
  }
  return { folder: shown(folder), count: files.length }
}

/** One sentence on what was saved, and the way to get it back. */
export function sayWhereItIs({ folder, count }: Saved): string {
  const what = count === 1 ? 'The file replaced was' : `The ${count} files replaced were`
  return `${what} saved first. To get ${count === 1 ? 'it' : 'them'} back, copy ${folder}/exercises over exercises.`
}

/** `2026-03-01T14-05-09.123`: sorts by time, and is a legal name everywhere. */
function timestamp(): string {
  return new Date().toISOString().replaceAll(':', '-').replace('Z', '')
}

/** In a few words, without paths: the sentence round it names the folder. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'no permission to write there'
  if (['ENOTDIR', 'EEXIST'].includes(code)) return 'a file is in the way'
  if (['ENOSPC', 'EDQUOT'].includes(code)) return 'the disk is full'
  return error instanceof Error ? error.message : String(error)
}
