// Reads steps/NN-slug/hints.md: for each test, where to write the code, where the lesson speaks of it, and the
// hints in the order in which they are given.
import { join } from 'node:path'
import { findSteps, root } from './catalogue.ts'
import { read } from './starters.ts'

export interface Hint {
  /** The test's name, exactly. */
  test: string
  /** The file to edit, from the step's folder in the tree: `listener.ts`. */
  file: string
  /** The function or class to edit. */
  fn: string
  /** Another place that may be to blame, mostly the function that has to call the first. */
  also: { file: string; fn: string } | undefined
  /** The place in the lesson, from the repository's root: `steps/01-echo-socket/README.md#1-listen`. */
  lesson: string
  hints: string[]
}

const LOCATION = /^`([^`]+)` · `([^`]+)`(?:, `([^`]+)` · `([^`]+)`)? · \[[^\]]*\]\(([^)]+)\)$/

/** The hints of a step, in the order of the file; none when it has no hints.md. */
export function readHints(step: number): Hint[] {
  const folder = findSteps().find(({ number }) => number === step)?.folder
  if (!folder) return []
  const file = `steps/${folder}/hints.md`
  const text = read(join(root, file)) ?? ''
  const sections = text.split(/^## /m).slice(1)
  return sections.map((section) => parseSection(section, `steps/${folder}`))
}

/** @throws Error that names the section when its location line is not as CONTRIBUTING.md has it. */
function parseSection(section: string, folder: string): Hint {
  const [title = '', ...lines] = section.trimEnd().split('\n')
  const test = title.trim()
  const location = lines.findIndex((line) => line.trim() !== '')
  const [, file, fn, otherFile, otherFn, link] = LOCATION.exec(lines[location]?.trim() ?? '') ?? []
  if (!file || !fn || !link) {
    throw new Error(
      `${folder}/hints.md, "${test}": the first line must read \`file.ts\` · \`name\` · [Section](README.md#section)`,
    )
  }
  const also = otherFile && otherFn ? { file: otherFile, fn: otherFn } : undefined
  return { test, file, fn, also, lesson: `${folder}/${link}`, hints: parseList(lines.slice(location + 1)) }
}

/** The items of a numbered list, each without its number and its indentation. */
function parseList(lines: string[]): string[] {
  const items: string[][] = []
  for (const line of lines) {
    const [, first] = /^\d+\. +(.*)$/.exec(line) ?? []
    if (first !== undefined) items.push([first])
    else items.at(-1)?.push(line.replace(/^ {1,3}/, ''))
  }
  return items.map((item) => item.join('\n').trim())
}
