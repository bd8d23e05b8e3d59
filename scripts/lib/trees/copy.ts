// A copy of the workshop in a temporary folder, for those that write into exercises/ and are not the learner.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namesIn, root, type Step } from '../catalogue.ts'
import { referenceOf, starterOf } from './starters.ts'
import { read } from '../read.ts'

const PARTS = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'scripts', 'steps', 'solutions']

export type Content = 'starter' | 'solution'

export interface Copy {
  folder: string
  /** Makes a step of exercises/ its starter, or the solution. */
  fill(step: Step, as: Content): void
  remove(): void
}

/** The packages are linked to and not copied; everything else is the copy's own. */
export function makeCopy(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'wsgi-workshop-copy-'))
  for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const exercises = join(folder, 'exercises')
  cpSync(join(root, 'solutions'), exercises, { recursive: true })
  return {
    folder,
    fill: (step, as) => fill(exercises, step, as),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Writes only the files that change, as a learner's editor would. */
function fill(exercises: string, step: Step, as: Content): void {
  const make = as === 'starter' ? starterOf : referenceOf
  for (const name of namesIn('solutions', step)) {
    const file = join(exercises, name)
    const text = make(name) ?? ''
    if (read(file) !== text) writeFileSync(file, text)
  }
}
