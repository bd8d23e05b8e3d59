// Which steps there are, and where their files lie. Everything is read from the disk when asked, and only that.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { read } from './read.ts'

export interface Step {
  number: number
  /** `echo-socket` */
  slug: string
  /** `01-echo-socket`: the folder's name under steps/ and in every tree. */
  folder: string
  /** From the heading of its lesson: `An echo socket`. */
  title: string
}

/** The repository's root, wherever the clone lies. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

let found: Step[] | undefined

/** The steps in order: the folders steps/NN-slug that hold a suite. */
export function findSteps(): Step[] {
  found ??= readdirSync(join(root, 'steps'))
    .filter((folder) => /^\d\d-/.test(folder) && existsSync(suiteFile(folder)))
    .toSorted()
    .map(describeStep)
  return found
}

/** The step of this number, which `parseWords` has made sure of. */
export function theStep(number: number | undefined): Step {
  const step = findSteps().find((candidate) => candidate.number === number)
  if (!step) throw new Error(`There is no step ${number}.`)
  return step
}

/** A step and those below it, in order: what its server is made of. */
export function floorsUpTo({ number }: Step): Step[] {
  return findSteps().filter((floor) => floor.number <= number)
}

/** The absolute paths of all that the verdict of a step depends on and that may change: its floors, and its suite. */
export function filesBehind(step: Step): string[] {
  return [...floorsUpTo(step).flatMap((floor) => treeFiles(learnersTree, floor)), suiteFile(step.folder)]
}

/** The folders of these files, and the suite: where one of them may be added. */
export function placesBehind(step: Step): string[] {
  const folders = floorsUpTo(step).map(({ folder }) => join(learnersTree, folder))
  return [...folders, suiteFile(step.folder)]
}

/** The absolute path of a step's suite. */
export function suiteFile(folder: string): string {
  return join(root, 'steps', folder, `${folder}.test.ts`)
}

/** A step's lesson, from the root. */
export function lessonOf({ folder }: Step): string {
  return `steps/${folder}/README.md`
}

/** The absolute paths of the files that `tree` (a name under the root, or an absolute path) holds for a step. */
export function treeFiles(tree: string, step: Step, ending = '.ts'): string[] {
  const folder = join(treePath(tree), step.folder)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Their names from the tree, with forward slashes: `01-echo-socket/echo.ts`. */
export function namesIn(tree: string, step: Step, ending?: string): string[] {
  return treeFiles(tree, step, ending).map((path) => shown(path).slice(tree.length + 1))
}

/** Where `tree` has, or should have, a file of solutions/. Both paths are absolute. */
export function counterpart(model: string, tree: string): string {
  return treePath(tree) + model.slice(treePath('solutions').length)
}

/** The absolute path of a tree: `exercises`, `solutions`, or a path. */
export function treePath(tree: string): string {
  return /^[\w-]+$/.test(tree) ? join(root, tree) : tree
}

function describeStep(folder: string): Step {
  const slug = folder.slice(3)
  const lesson = read(join(root, 'steps', folder, 'README.md')) ?? ''
  const title = /^# Step \d+: (.+)$/m.exec(lesson)?.[1]?.trim() ?? slug.replaceAll('-', ' ')
  return { number: Number(folder.slice(0, 2)), slug, folder, title }
}

/** The tree that the learner works in; another one can be named for trying the commands out. */
export const learnersTree = process.env['WORKSHOP_TREE'] ?? join(root, 'exercises')

/** A path as people read it: from the root, with forward slashes. */
export function shown(path: string): string {
  return relative(root, path).replaceAll('\\', '/')
}
