// npm run diff 3 [all]: the learner's code beside the reference. Without `all`, only what the failing test exercises.
import { join } from 'node:path'
import { structuredPatch } from 'diff'
import { namesIn, root, theStep, type Step } from './lib/catalogue.ts'
import { declarationsOf, findDeclaration } from './lib/trees/declarations.ts'
import { green, red } from './lib/ink.ts'
import { print } from './lib/layout.ts'
import { hintOf, type Hint, type HintedPlace } from './lib/hints.ts'
import { stripMarkers } from './lib/trees/markers.ts'
import { findFailingTest } from './lib/suites/failing-test.ts'
import { read } from './lib/read.ts'
import { referenceOf, starterOf } from './lib/trees/starters.ts'
import { parseWords, Refusal } from './lib/words.ts'

/** Lines that are the same, shown round those that differ. */
const CONTEXT = 3

interface Pair {
  /** From the step's folder. */
  file: string
  mine: string
  reference: string
}

export async function main(args: string[]): Promise<number> {
  const { step: number, words } = parseWords(args, { command: 'diff', step: 'required', words: ['all'] })
  const step = theStep(number)
  if (words.includes('all')) return showFiles(step)
  const failing = await findFailingTest(step)
  if (!failing) {
    print(`Every test of step ${step.number} passes.`)
    return showFiles(step)
  }
  const hint = hintOf(failing)
  return hint ? showPlaces(step, hint) : showFiles(step)
}

/** The functions or classes that the failing test is about, whole. */
function showPlaces(step: Step, { test, places }: Hint): number {
  print(`"${test}" is about ${places.map(({ fn }) => fn).join(', ')}.`)
  for (const place of places) showPlace(step, place)
  print(`\nEverything: npm run diff ${step.number} all. Next: npm run step ${step.number}`)
  return 0
}

function showPlace(step: Step, { file, fn }: HintedPlace): void {
  const pair = pairOf(step, file)
  const reference = findDeclaration(pair.reference, fn)
  const mine = findDeclaration(pair.mine, fn)
  print(`\nexercises/${step.folder}/${file} · ${fn}`)
  if (!reference || !mine) return show(pair.mine, pair.reference)
  const wanted = [reference.text, ...helpersOf(reference.text, pair, step)].join('\n\n')
  if (mine.text === wanted) console.log('  the same as in the reference')
  else show(mine.text, wanted)
}

/** What the reference's function calls, directly or not, and the learner's file does not have. */
function helpersOf(text: string, { file, mine, reference }: Pair, { folder }: Step): string[] {
  const given = new Set(declarationsOf(starterOf(`${folder}/${file}`) ?? '').map(({ name }) => name))
  const own = new Set(declarationsOf(mine).map(({ name }) => name))
  const candidates = declarationsOf(reference).filter(({ name }) => !given.has(name) && !own.has(name))
  const callers = new Set([text])
  // Grows while it is walked.
  for (const caller of callers)
    for (const helper of candidates) if (caller.includes(helper.name)) callers.add(helper.text)
  return candidates.map((helper) => helper.text).filter((helper) => callers.has(helper))
}

function showFiles(step: Step): number {
  const pairs = namesIn('solutions', step).map((name) => pairOf(step, name.slice(step.folder.length + 1)))
  const different = pairs.filter(({ mine, reference }) => mine !== reference)
  for (const { file, mine, reference } of different) {
    print(`\nexercises/${step.folder}/${file}`)
    show(mine, reference)
  }
  if (different.length === 0) print(`Your step ${step.number} and the reference are the same, line for line.`)
  print(`\nNext: npm run step ${step.number}`)
  return 0
}

function pairOf({ number, folder }: Step, file: string): Pair {
  const name = `exercises/${folder}/${file}`
  const mine = read(join(root, name))
  const reference = referenceOf(`${folder}/${file}`)
  if (mine === undefined) throw new Refusal(`${name} is missing. To have it again: npm run reset ${number}`)
  if (reference === undefined) throw new Refusal(`There is no reference for ${name}.`)
  return { file, mine: withoutMarkers(mine, name), reference }
}

/** A learner may have copied a file of the reference as it stands, markers and all. */
function withoutMarkers(mine: string, name: string): string {
  try {
    return stripMarkers(mine, name)
  } catch {
    return mine
  }
}

/** Prints what differs, with a little of what is round it. */
function show(mine: string, reference: string): void {
  const [ours, theirs] = [mine, reference].map((text) => `${text.trimEnd()}\n`)
  const { hunks } = structuredPatch('', '', ours ?? '', theirs ?? '', '', '', { context: CONTEXT })
  console.log('  - yours  + the reference')
  let next = 1
  for (const { oldStart, oldLines, lines } of hunks) {
    if (oldStart > next) console.log('  …')
    for (const line of lines) console.log(paint(line))
    next = oldStart + oldLines
  }
  if (next <= mine.trimEnd().split('\n').length) console.log('  …')
}

/** Colour goes with the sign, and says nothing by itself. */
function paint(line: string): string {
  const ink = line.startsWith('-') ? red : line.startsWith('+') ? green : String
  return ink(`  ${line.slice(0, 1)} ${line.slice(1)}`.trimEnd())
}
