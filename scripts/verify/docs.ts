// Checks on what is written for people: links, the commands that are named, and the hints.
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findSteps, root } from '../lib/catalogue.ts'
import { documents, sources } from './files.ts'
import { finding, type Finding } from './finding.ts'
import { findDeclaration } from '../lib/trees/declarations.ts'
import { readHints, type Hint, type HintedPlace } from '../lib/hints.ts'
import { anchorOf } from '../lib/lesson.ts'
import type { TestResult } from '../lib/suites/run.ts'
import { read } from '../lib/read.ts'

/** A hint says one thing: this many words, code not counted. */
const LONGEST_HINT = 60

export function checkLinks(): Finding {
  let links = 0
  const faults = documents().flatMap((file) => {
    const text = withoutCode(read(join(root, file)) ?? '')
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const local = targets.filter((target) => !/^[a-z]+:/.test(target))
    links += local.length
    return local.flatMap((target) => brokenLink(file, target))
  })
  return finding('links lead somewhere', links, 'links', faults)
}

/** Every `npm run X` that a text or a message names is a script of package.json. */
export function checkCommands(): Finding {
  const { scripts } = JSON.parse(read(join(root, 'package.json')) ?? '{}')
  let commands = 0
  const faults = [...documents(), ...sources()].flatMap((file) => {
    const named = [...(read(join(root, file)) ?? '').matchAll(/\bnpm run (?:-s )?([a-z][a-z-]*)/g)]
    commands += named.length
    const unknown = named.map(([, command = '']) => command).filter((command) => !(command in scripts))
    return unknown.map((command) => `${file} names npm run ${command}, which package.json does not have`)
  })
  return finding('commands exist', commands, 'commands', faults)
}

/** Every test has its hints and all hints have their test, in the order of the suite; the places they name exist. */
export function checkHints(tests: TestResult[]): Finding {
  let count = 0
  const faults = findSteps().flatMap(({ number, folder }) => {
    const hints = readHints(number)
    const names = tests.filter(({ step }) => step === number).map(({ name }) => name)
    const titles = hints.map(({ test }) => test)
    count += hints.length
    return [
      ...without(names, titles).map((name) => `step ${number}: "${name}" has no hint`),
      ...without(titles, names).map((title) => `step ${number}: "${title}" is no test`),
      ...hints.flatMap((hint) => faultsOfHint(hint, folder)),
    ]
  })
  return finding('every test has its hints', count, 'tests', faults)
}

function without(some: string[], others: string[]): string[] {
  return some.filter((one) => !others.includes(one))
}

function faultsOfHint({ test, places, lesson, hints }: Hint, folder: string): string[] {
  const long = hints.filter((hint) => withoutCode(hint).split(/\s+/).filter(Boolean).length > LONGEST_HINT)
  const faults = [
    ...places.flatMap((place) => faultsOfPlace(place, folder)),
    ...(hints.length < 2 ? ['has fewer than two hints: a question first, the answer last'] : []),
    ...long.map((hint) => `has a hint of more than ${LONGEST_HINT} words: ${hint.slice(0, 50)}…`),
    ...brokenLink(`steps/${folder}/hints.md`, lesson.slice(`steps/${folder}/`.length)),
  ]
  return faults.map((fault) => `steps/${folder}/hints.md, "${test}" ${fault}`)
}

function faultsOfPlace({ file, fn }: HintedPlace, folder: string): string[] {
  const source = read(join(root, 'solutions', folder, file))
  if (source === undefined) return [`names ${file}, which solutions/${folder} does not have`]
  return findDeclaration(source, fn) ? [] : [`names ${fn}, which ${file} does not have`]
}

function brokenLink(file: string, target: string): string[] {
  const [path = '', anchor] = target.split('#')
  const named = path === '' ? file : join(dirname(file), decodeURIComponent(path))
  // What a learner has deleted is no fault of the documents: the starters have the same files as solutions/.
  const full = join(root, named.replace(/^exercises(?=[/\\])/, 'solutions'))
  if (!existsSync(full)) return [`${file} links to ${target}, which does not exist`]
  if (!anchor || !full.endsWith('.md') || anchorsOf(full).has(anchor)) return []
  return [`${file} links to ${target}: ${relative(root, full)} has no such heading`]
}

/** The anchors of a document's headings: where two are the same, GitHub numbers them. */
function anchorsOf(path: string): Set<string> {
  const anchors = new Set<string>()
  for (const [heading] of withoutFences(read(path) ?? '').matchAll(/^#{1,6} +.+$/gm)) {
    const anchor = anchorOf(heading)
    let unique = anchor
    for (let again = 1; anchors.has(unique); again += 1) unique = `${anchor}-${again}`
    anchors.add(unique)
  }
  return anchors
}

function withoutFences(text: string): string {
  return text.replace(/^ *(```|~~~)[^]*?^ *\1/gm, '')
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, '')
}
