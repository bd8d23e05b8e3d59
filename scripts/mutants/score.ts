// What came of the mutants of a step, in words: the score, and every survivor with the word on it, or as open. The words
// on those that are all right are in steps/proof/NN-slug/survivors.ts.
import { join } from 'node:path'
import type { Survivor } from '#given/proof/survivor.ts'
import { root, type Step } from '../lib/catalogue.ts'
import { bold, indent, marks, shorten } from '../lib/ink.ts'
import { proseColumns } from '../lib/layout.ts'
import type { State } from './try-mutant.ts'
import { listIn } from '../lib/trees/mistakes.ts'
import type { Mutant } from './make.ts'
import type { Tried } from './trials.ts'

export interface Score {
  /** `step 2: 171 mutants, 150 killed (3 by a timeout) and 4 by later steps, 17 survived (2 open): 87.7 %, 90.1 % in all` */
  line: string
  /** Of which nothing is known yet. */
  left: number
  /** Survivors without a word. */
  open: number
}

export function loadSurvivors({ folder }: Step): Promise<Survivor[]> {
  return listIn(join(root, 'steps', 'proof', folder, 'survivors.ts'), 'survivors')
}

export function tellStep({ number }: Step, all: number, tried: Tried[], survivors: Survivor[]): Score {
  const living = inState(tried, 'survived')
  const open = openOf(tried, survivors)
  const left = all - tried.length
  const line = `step ${number}: ${inNumbers(tried, open.length, left)}`
  console.log(`\n${bold(line)}`)
  for (const why of new Set(survivors.map((survivor) => survivor.why)))
    tellMutants(
      `${marks.pass()} ${why}`,
      living.filter((one) => wordOn(one, survivors)?.why === why),
    )
  tellMutants(`${marks.todo()} open:`, open)
  for (const one of inState(tried, 'invalid'))
    tellMutants(`${marks.fail()} no program, and not counted:`, [one])
  const idle = survivors.filter((word) => !living.some(({ mutant }) => isAbout(word, mutant)))
  for (const { file, original } of left === 0 ? idle : [])
    console.log(`\n  ${marks.fail()} the word on ${file}, ${String(original)}, is about no survivor`)
  return { line, left, open: open.length }
}

/** Those that survived, and on which there is no word. */
export function openOf(tried: Tried[], survivors: Survivor[]): Tried[] {
  return inState(tried, 'survived').filter((one) => wordOn(one, survivors) === undefined)
}

function inState(tried: Tried[], state: State): Tried[] {
  return tried.filter(({ outcome }) => outcome.state === state)
}

function wordOn({ mutant }: Tried, survivors: Survivor[]): Survivor | undefined {
  return survivors.find((survivor) => isAbout(survivor, mutant))
}

function inNumbers(tried: Tried[], open: number, left: number): string {
  const many = (state: State) => inState(tried, state).length
  const [timeouts, later] = [many('timeout'), many('later')]
  const killed = many('killed') + timeouts
  const valid = tried.length - many('invalid')
  const percent = (part: number) => (valid === 0 ? '–' : `${((part / valid) * 100).toFixed(1)} %`)
  const above = later > 0 ? ` and ${later} by later steps` : ''
  const inAll = later > 0 ? `, ${percent(killed + later)} in all` : ''
  const ways = `${killed} killed (${timeouts} by a timeout)${above}, ${many('survived')} survived (${open} open)`
  const rest = left > 0 ? `, ${left} still to be tried` : ''
  return `${valid} mutants, ${ways}${rest}: ${percent(killed)}${inAll}`
}

function tellMutants(heading: string, tried: Tried[]): void {
  if (tried.length === 0) return
  console.log(`\n  ${heading}`)
  for (const { mutant } of tried) {
    const [from, to] = [mutant.original, mutant.mutated].map((text) =>
      shorten(inOneLine(text), proseColumns() - 10),
    )
    console.log(indent(`solutions/${mutant.file}:${mutant.line}\n    ${from}\n  → ${to}`, '      '))
  }
}

function isAbout({ file, original, mutated, line = '' }: Survivor, mutant: Mutant): boolean {
  const isThere = file === mutant.file && mutant.lineText.includes(line)
  return (
    isThere && fits(original, mutant.original) && (mutated === undefined || fits(mutated, mutant.mutated))
  )
}

/** In one line, as it is shown and compared. */
function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function fits(pattern: string | RegExp, text: string): boolean {
  const line = inOneLine(text)
  if (pattern instanceof RegExp) return pattern.test(line)
  const wanted = inOneLine(pattern)
  return wanted.endsWith('…') ? line.startsWith(wanted.slice(0, -1).trimEnd()) : line === wanted
}
