// What came of the mutants of a step, in words: the score, and every survivor with the word on it, or as open.
import type { Survivor } from '#given/proof/survivor.ts'
import type { Step } from '../lib/catalogue.ts'
import { bold, indent, marks, shorten } from '../lib/ink.ts'
import type { Tried } from './run.ts'
import type { State } from './try.ts'
import { inOneLine, isAbout } from './survivors.ts'

const COLUMNS = 70

export interface Score {
  step: Step
  /** Of which something is known. */
  tried: number
  left: number
  killed: number
  timeouts: number
  /** By the suite of a step above. */
  later: number
  survived: number
  /** Survivors without a word. */
  open: number
}

export function tellStep(step: Step, all: number, tried: Tried[], survivors: Survivor[]): Score {
  const many = (state: State) => tried.filter(({ outcome }) => outcome.state === state).length
  const living = tried.filter(({ outcome }) => outcome.state === 'survived')
  const open = openOf(tried, survivors)
  const score = {
    step,
    tried: tried.length - many('invalid'),
    left: all - tried.length,
    killed: many('killed') + many('timeout'),
    timeouts: many('timeout'),
    later: many('later'),
    survived: living.length,
    open: open.length,
  }
  console.log(`\n${bold(lineOf(score))}`)
  for (const { why, found } of byWord(living, survivors)) {
    console.log(`\n  ${marks.pass()} ${why}`)
    for (const one of found) console.log(indent(show(one), '      '))
  }
  if (open.length > 0) console.log(`\n  ${marks.todo()} open:`)
  for (const one of open) console.log(indent(show(one), '      '))
  for (const one of tried.filter(({ outcome }) => outcome.state === 'invalid'))
    console.log(`\n  ${marks.fail()} no program, and not counted:\n${indent(show(one), '      ')}`)
  for (const { file, original } of survivors.filter(
    (word) => !living.some(({ mutant }) => isAbout(word, mutant)),
  ))
    if (score.left === 0)
      console.log(`\n  ${marks.fail()} the word on ${file}, ${String(original)}, is about no survivor`)
  return score
}

/** Those that survived, and on which there is no word. */
export function openOf(tried: Tried[], survivors: Survivor[]): Tried[] {
  return tried.filter(
    ({ mutant, outcome }) =>
      outcome.state === 'survived' && !survivors.some((survivor) => isAbout(survivor, mutant)),
  )
}

/** `step 2: 171 mutants, 150 killed (3 by a timeout) and 4 by later steps, 17 survived (2 open): 87.7 %, 90.1 % in all` */
export function lineOf({ step, tried, left, killed, timeouts, later, survived, open }: Score): string {
  const percent = (part: number) => (tried === 0 ? '–' : `${((part / tried) * 100).toFixed(1)} %`)
  const above = later > 0 ? ` and ${later} by later steps` : ''
  const inAll = later > 0 ? `, ${percent(killed + later)} in all` : ''
  const ways = `${killed} killed (${timeouts} by a timeout)${above}, ${survived} survived (${open} open)`
  const rest = left > 0 ? `, ${left} still to be tried` : ''
  return `step ${step.number}: ${tried} mutants, ${ways}${rest}: ${percent(killed)}${inAll}`
}

function byWord(living: Tried[], survivors: Survivor[]): { why: string; found: Tried[] }[] {
  const words = [...new Set(survivors.map(({ why }) => why))]
  const all = words.map((why) => ({
    why,
    found: living.filter(({ mutant }) => survivors.find((word) => isAbout(word, mutant))?.why === why),
  }))
  return all.filter(({ found }) => found.length > 0)
}

function show({ mutant: { file, line, original, mutated } }: Tried): string {
  const [from, to] = [original, mutated].map((text) => shorten(inOneLine(text), COLUMNS))
  return `solutions/${file}:${line}\n    ${from}\n  → ${to}`
}
