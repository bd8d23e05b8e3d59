// How the files in exercises/ compare with the starters that solutions/ yields, and with what git has of them.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findSteps, namesIn, root, treeFiles, type Step } from '../catalogue.ts'
import { read } from '../read.ts'
import { deriveStarter, stripMarkers } from './markers.ts'

export interface StarterFile {
  /** From the tree, with forward slashes: `01-echo-socket/echo.ts`. */
  file: string
  /** What solutions/ yields; undefined when it has no such file. */
  wanted: string | undefined
  /** What exercises/ holds. */
  found: string | undefined
  state: 'same' | 'differs' | 'is missing' | 'is superfluous'
}

/** Every file of every step that either tree has. */
export function compareStarters(): StarterFile[] {
  const files = new Set([...treeNames('solutions'), ...treeNames('exercises')])
  return [...files].toSorted().map((file) => {
    const wanted = starterOf(file)
    const found = read(join(root, 'exercises', file))
    return { file, wanted, found, state: stateOf(wanted, found) }
  })
}

/** The starter of one file of the tree; undefined when solutions/ has no such file. */
export function starterOf(file: string): string | undefined {
  const source = read(join(root, 'solutions', file))
  return source === undefined ? undefined : deriveStarter(source, `solutions/${file}`)
}

/** The same as the reference has it, without markers. */
export function referenceOf(file: string): string | undefined {
  const source = read(join(root, 'solutions', file))
  return source === undefined ? undefined : stripMarkers(source, `solutions/${file}`)
}

/** The names of the files in a tree's folders, with forward slashes: `01-echo-socket/echo.ts`. */
export function treeNames(tree: string): string[] {
  return findSteps().flatMap((step) => namesIn(tree, step, ''))
}

function stateOf(wanted: string | undefined, found: string | undefined): StarterFile['state'] {
  if (wanted === undefined) return 'is superfluous'
  if (found === undefined) return 'is missing'
  return wanted === found ? 'same' : 'differs'
}

/** The text of a file (its path from the root) in the last commit; undefined without git, or outside a clone. */
export function committedText(file: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['show', `HEAD:./${file}`], { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout : undefined
}

/** The first step in which a call of `todo` is left; undefined when none is. */
export function firstUnwritten(tree: string): Step | undefined {
  return findSteps().find((step) =>
    treeFiles(tree, step).some((file) => /^\s*todo\(\d/m.test(read(file) ?? '')),
  )
}
