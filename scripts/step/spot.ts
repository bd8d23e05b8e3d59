// Where a learner has to write next: the file and the line, found in the files as they are now.
import { join } from 'node:path'
import { root, shown, theStep, treeFiles } from '../lib/catalogue.ts'
import { hintOf, type HintedPlace } from '../lib/hints.ts'
import { ownPlace } from '../lib/suites/own-line.ts'
import type { PlainError, TestResult } from '../lib/suites/results.ts'
import { read } from '../lib/read.ts'
import { placeOf } from '../lib/trees/declarations.ts'

export interface Spot {
  /** From the repository's root, with forward slashes. */
  file: string
  /** From 1. */
  line: number
  /** The function or class; empty when it is not known. */
  fn: string
  /** The text of the TODO that stands there, if one does. */
  todo: string[]
  /** Other places that may be to blame. */
  also?: Pick<Spot, 'file' | 'line' | 'fn'>[]
}

/** Where to write, for a test that fails in `tree` (an absolute path). */
export function spotOf(test: TestResult, tree: string): Spot | undefined {
  if (test.error?.name === 'Todo') return todoSpot(test.error, tree)
  const thrown = ownPlace(stackOf(test), tree)
  return thrown ? { file: thrown.file, line: thrown.line, fn: '', todo: [] } : hintedSpot(test, tree)
}

/** A failure of the kit's has no place in the learner's code, but the server may have told of an error of its own. */
function stackOf({ error, output }: TestResult): string {
  if (error?.name !== 'Failure') return error?.stack ?? ''
  return /^The server made a mistake: [^]*/m.exec(output)?.[0] ?? ''
}

/** The call of `todo` that was reached, and the comment above it. */
function todoSpot(error: PlainError, tree: string): Spot | undefined {
  const { step = 0, move = 0 } = error
  const reached = ownPlace(error.stack, tree)
  if (!reached) return undefined
  const { file, line } = reached
  const comment = commentOf(linesOf(join(root, file)), `${step}.${move}`, line)
  return { file, fn: '', ...(comment ?? { line, todo: [] }) }
}

/** Where the hints send the learner: to the function, and to the TODO of this move if it still stands there. */
function hintedSpot(test: TestResult, tree: string): Spot | undefined {
  const [first, ...others] = placesFor(test).flatMap((place) => declared(place, test.step, tree) ?? [])
  if (!first) return undefined
  const { file, fn, lines, begin, end } = first
  const comment = test.level === 'core' && commentOf(lines, `${test.step}.${test.move}`, end)
  if (comment && comment.line > begin) return { file, fn, ...comment }
  const also = others.map((other) => ({ file: other.file, line: other.begin + 1, fn: other.fn }))
  return { file, line: begin + 1, fn, todo: [], also }
}

/** Those of the hints; a function that the failure shows a call of comes first. */
function placesFor(test: TestResult): HintedPlace[] {
  const places = hintOf(test)?.places ?? []
  const isCalled = ({ fn }: HintedPlace) => test.error?.message.includes(`${bareName(fn)}(`) ?? false
  return [...places.filter(isCalled), ...places.filter((place) => !isCalled(place))]
}

/** `#reply` of `Framework.#reply`. */
function bareName(fn: string): string {
  return fn.split('.').at(-1) ?? fn
}

/** The file that a hint names, and the lines, from 0, of its function. */
function declared({ file: name, fn }: HintedPlace, step: number, tree: string) {
  const file = treeFiles(tree, theStep(step)).find((path) => shown(path).endsWith(`/${name}`))
  if (file === undefined) return undefined
  const lines = linesOf(file)
  const extent = placeOf(lines.join('\n'), fn) ?? { begin: 0, end: lines.length }
  return { file: shown(file), fn, lines, ...extent }
}

/** A TODO by its number, the first in the file or the last above line `before`, and the lines that go on from it. */
function commentOf(
  lines: string[],
  number: string,
  before?: number,
): Pick<Spot, 'line' | 'todo'> | undefined {
  const begins = (line: string) => line.trim().startsWith(`// TODO ${number}:`)
  const index = before === undefined ? lines.findIndex(begins) : lines.slice(0, before).findLastIndex(begins)
  if (index === -1) return undefined
  const end = lines.findIndex((line, at) => at > index && !line.trim().startsWith('//   '))
  return { line: index + 1, todo: lines.slice(index, end).map((line) => line.trim()) }
}

function linesOf(file: string): string[] {
  return (read(file) ?? '').split('\n')
}
