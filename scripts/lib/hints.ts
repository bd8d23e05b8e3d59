// Reads steps/NN-slug/hints.md: for each test, where to write the code, where the lesson speaks of it, and the
// hints in the order in which they are given.
import { join } from 'node:path'
import { findSteps, root } from './catalogue.ts'
import { read } from './read.ts'

export interface HintedPlace {
  /** From the step's folder in the tree: `listener.ts`. */
  file: string
  /** The function or class. */
  fn: string
}

export interface Hint {
  /** The test's name, exactly. */
  test: string
  /** Where to edit: one place at least. Others may be to blame, too, mostly the function that has to call the first. */
  places: [HintedPlace, ...HintedPlace[]]
  /** The place in the lesson, from the repository's root: `steps/01-echo-socket/README.md#1-listen`. */
  lesson: string
  hints: string[]
}

const PLACE = '`[^`]+` · `[^`]+`'
const LOCATION = new RegExp(`^(${PLACE}(?:, ${PLACE})*) · \\[[^\\]]*\\]\\(([^)]+)\\)$`)

/** The hints of a step, in the order of the file; none when it has no hints.md. */
export function readHints(step: number): Hint[] {
  const folder = findSteps().find(({ number }) => number === step)?.folder
  if (!folder) return []
  const file = `steps/${folder}/hints.md`
  const text = read(join(root, file)) ?? ''
  const sections = text.split(/^## /m).slice(1)
  return sections.map((section) => parseSection(section, `steps/${folder}`))
}

export function hintOf(test: { step: number; name: string }): Hint | undefined {
  return readHints(test.step).find((hint) => hint.test === test.name)
}

/** @throws Error that names the section when its location line is not as CONTRIBUTING.md has it. */
function parseSection(section: string, folder: string): Hint {
  const [title = '', ...lines] = section.trimEnd().split('\n')
  const test = title.trim()
  const location = lines.findIndex((line) => line.trim() !== '')
  const [, list = '', link] = LOCATION.exec(lines[location]?.trim() ?? '') ?? []
  const found = [...list.matchAll(/`([^`]+)` · `([^`]+)`/g)]
  const [first, ...others] = found.map(([, file = '', fn = '']) => ({ file, fn }))
  if (!first || !link)
    throw new Error(
      `${folder}/hints.md, "${test}": the first line must read \`file.ts\` · \`name\` · [Section](README.md#section)`,
    )
  const hints = parseList(lines.slice(location + 1))
  return { test, places: [first, ...others], lesson: `${folder}/${link}`, hints }
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
