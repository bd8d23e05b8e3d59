// What came of the mutants of a step, in words: the score, and every survivor with the word on it, or as open.
import type { Survivor } from '#given/kit/survivor.ts'
import type { Step } from './catalogue.ts'
import { bold, indent, marks, shorten } from './ink.ts'
import type { Tried } from './mutants-run.ts'
import type { State } from './mutants-try.ts'
import { inOneLine, isAbout } from './mutants-words.ts'

const COLUMNS = 70

export interface Score {
  step: Step
  /** Of which something is known. */
  tried: number
  left: number
  killed: number
  timeouts: number
  survived: number
  /** Survivors without a word. */
  open: number
}

export function tellStep(step: Step, all: number, tried: Tried[], survivors: Survivor[]): Score {
  const many = (state: State) => tried.filter(({ outcome }) => outcome.state === state).length
  const living = tried.filter(({ outcome }) => outcome.state === 'survived')
  const wordOn = ({ mutant }: Tried) => survivors.find((survivor) => isAbout(survivor, mutant))
  const open = living.filter((one) => !wordOn(one))
  const score = {
    step,
    tried: tried.length - many('invalid'),
    left: all - tried.length,
    killed: many('killed') + many('timeout'),
    timeouts: many('timeout'),
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

/** `step 2: 171 mutants, 150 killed (3 by a timeout), 21 survived (4 open): 88 %` */
export function lineOf({ step, tried, left, killed, timeouts, survived, open }: Score): string {
  const rest = left > 0 ? `, ${left} still to be tried` : ''
  const percent = tried === 0 ? '–' : `${((killed / tried) * 100).toFixed(1)} %`
  const ways = `${killed} killed (${timeouts} by a timeout), ${survived} survived (${open} open)`
  return `step ${step.number}: ${tried} mutants, ${ways}${rest}: ${percent}`
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
