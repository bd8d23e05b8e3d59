// What git has committed for a file. Without git, or outside a clone, nothing is known.
import { spawnSync } from 'node:child_process'
import { root } from '../catalogue.ts'

/** The text of a file (its path from the root) in the last commit, if there is one. */
export function committedText(file: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['show', `HEAD:./${file}`], { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}
