// What the type checker says about a step's exercises: a note beside the verdict. It runs while the suite does, and
// whatever it says, or if it cannot run at all, the verdict stands.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { shorten } from '../lib/ink.ts'
import { root, shown, treeFiles, treePath, type Step } from '../lib/catalogue.ts'

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

export interface TypeCheck {
  /** The note, or undefined when there is nothing to say. */
  note: Promise<string | undefined>
  stop: () => void
}

export function checkTypes(tree: string, step: Step): TypeCheck {
  // The temporary folder goes with the note, or with this process.
  const folder = mkdtempSync(join(tmpdir(), 'wsgi-workshop-types-'))
  const project = join(folder, 'tsconfig.json')
  writeFileSync(project, JSON.stringify(projectFor(tree, step)))
  // Paths are printed from the working directory.
  const words = [compiler, '--project', project, '--pretty', 'false']
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  child.once('error', () => {})
  child.unref()
  const clearUp = () => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', clearUp)
  const note = text(child.stdout)
    .then((output) => describe(output, tree))
    .catch(() => undefined)
    .finally(() => {
      process.off('exit', clearUp)
      clearUp()
    })
  return { note, stop: () => void child.kill() }
}

/** The workshop's own settings, for the files of this step alone; what they import is checked with them. */
function projectFor(tree: string, step: Step): object {
  return {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(root, 'node_modules', '@types')] },
    include: [],
    files: treeFiles(tree, step),
  }
}

/** Characters of a message of the compiler's: a line of a narrow terminal. Types written out in full are not worth it. */
const LONGEST = 66

function describe(output: string, tree: string): string | undefined {
  const all = [...output.matchAll(/^(.+)\((\d+),\d+\): error TS\d+: (.+?)\r?$/gm)]
  const errors = all.filter(([, file = '']) => resolve(root, file).startsWith(treePath(tree)))
  const [, file = '', line, what] = errors[0] ?? []
  if (what === undefined) return undefined
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return `${shown(resolve(root, file))}:${line}\n  ${shorten(what, LONGEST)}${more}`
}
