// The mutants of a step's reference: what Stryker would change in it, one small thing at a time.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { namesIn, root, type Step } from '../lib/catalogue.ts'
import { installTool } from '../lib/machine/npm-tools.ts'

const STRYKER = {
  name: '@stryker-mutator/instrumenter',
  // The last line that runs on Node 20; the tenth asks for 22.
  version: '9.6.1',
  missing: 'There are no mutants to try: Stryker could not be had from npm. Try again with a network.',
}

export interface Mutant {
  /** From the tree: `02-request-line/byte-reader.ts`. */
  file: string
  /** From 1. */
  line: number
  /** The whole line that it begins on. */
  lineText: string
  original: string
  mutated: string
  /** The file as the reference has it, and as the mutant does. */
  source: string
  text: string
  /** Tells it from all others of a step, as long as its file stays as it is. */
  key: string
}

/** From 0. */
interface Place {
  line: number
  column: number
}

/** The part of Stryker's that is used. */
interface Stryker {
  Instrumenter: new (logger: object) => {
    instrument(files: object[], options: object): Promise<{ mutants: Change[] }>
  }
}

interface Change {
  fileName: string
  replacement: string
  location: { start: Place; end: Place }
}

/** Those of one step, or of any number of them one after the other. */
export async function openMaker(): Promise<(step: Step) => Promise<Mutant[]>> {
  const folder = await installTool(STRYKER)
  const main = pathToFileURL(join(folder, 'dist', 'src', 'index.js')).href
  const { Instrumenter }: Stryker = await import(main)
  const stryker = new Instrumenter(mute)
  return async (step) => {
    const names = namesIn('solutions', step)
    const sources = new Map(names.map((name) => [name, readFileSync(join(root, 'solutions', name), 'utf8')]))
    const files = [...sources].map(([name, content]) => ({ name, content, mutate: true }))
    const options = { plugins: null, excludedMutations: [], ignorers: [] }
    const { mutants } = await stryker.instrument(files, options)
    return mutants.map((change) => mutantOf(change, sources.get(change.fileName) ?? ''))
  }
}

function mutantOf({ fileName, replacement, location }: Change, source: string): Mutant {
  const lines = source.split('\n')
  const { start, end } = location
  const from = offset(lines, start)
  const to = offset(lines, end)
  const lineText = lines[start.line] ?? ''
  const isFirst = lineText.slice(0, start.column).trim() === ''
  return {
    file: fileName,
    line: start.line + 1,
    lineText,
    original: source.slice(from, to),
    mutated: replacement,
    source,
    text: source.slice(0, from) + bracketed(replacement, isFirst) + source.slice(to),
    key: `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column} ${replacement}`,
  }
}

/**
 * Stryker gives a part of a syntax tree, which takes its place in the text only between brackets when it binds more
 * loosely than what it replaces. At a line's beginning they would make a call of the line before.
 */
function bracketed(replacement: string, isFirst: boolean): string {
  const bindsLoosely = /\s/.test(replacement) && !/^(["'`{[/]|case |default)/.test(replacement)
  return bindsLoosely && !isFirst ? `(${replacement})` : replacement
}

function offset(lines: string[], { line, column }: Place): number {
  return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, column)
}

/** Stryker asks whether it may say this or that. */
const mute = new Proxy({}, { get: (_, name) => (String(name).startsWith('is') ? () => false : () => {}) })
