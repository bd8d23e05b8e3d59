// The workshop's own files, by kind: paths from the root, with forward slashes.
import { glob } from 'zx'
import { root } from '../lib/catalogue.ts'

/** All Markdown. */
export function documents(): string[] {
  return glob.sync(['*.md', 'steps/**/*.md'], { cwd: root })
}

/** All code but the learner's; `pattern` is of its names. */
export function sources(pattern = '*.{ts,js,mjs}'): string[] {
  return glob.sync(`{scripts,solutions,steps}/**/${pattern}`, { cwd: root })
}
