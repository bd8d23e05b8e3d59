// `npm run verify mistakes 2`, `alternatives 2`, `diagnoses 2`: one proof alone, for those who write its entries. A line
// for each entry; where it was asked for by name, what a learner would read, too.
import { availableParallelism } from 'node:os'
import { listed, nearest } from '#given/kit/failure/nearest.ts'
import { findSteps, type Step } from '../../lib/catalogue.ts'
import { indent, marks } from '../../lib/ink.ts'
import type { TestResult } from '../../lib/suites/results.ts'
import { loadMistakes, says, type Entry } from '../../lib/trees/mistakes.ts'
import { Refusal, Usage } from '../../lib/words.ts'
import { tell, type Finding } from '../finding.ts'
import { checkAlternatives, findAlternatives } from './alternatives.ts'
import { checkDiagnoses, type Diagnosed } from './diagnoses.ts'
import { loadForeign } from './foreign-mistakes.ts'
import { checkMistakes, faultOf, type TriedMistake } from './mistakes.ts'

/** Which entries: all of these steps, or those of these names. */
export interface Choice {
  steps: Step[]
  names: string[]
}

/** The exit code, as of the other two. */
export async function tellMistakes({ steps, names }: Choice): Promise<number> {
  const ofSteps = await loadMistakes(steps)
  refuseNone(ofSteps, 'mistakes', steps, 'mistakes.ts')
  const entries = chosen(ofSteps, names)
  const told = (tried: TriedMistake) => tellEntry(mistakeLine(tried, ofSteps), tried.text, names)
  return tellAll(await checkMistakes(entries, told))
}

export async function tellDiagnoses({ steps, names }: Choice): Promise<number> {
  const all = await loadForeign(steps)
  refuseNone(all, 'mistakes in alternatives', steps, 'alternatives/<name>.mistakes.ts')
  const mistakes = await loadMistakes()
  const finding = await checkDiagnoses(chosen(all, names), mistakes, availableParallelism(), (diagnosed) => {
    tellEntry(diagnosisLine(diagnosed), diagnosed.tried.text, names)
  })
  return tellAll([finding])
}

export async function tellAlternatives({ steps }: Choice): Promise<number> {
  const alternatives = findAlternatives(steps)
  refuseNone(alternatives, 'alternatives', steps, 'alternatives/')
  return tellAll(await checkAlternatives(alternatives, tell))
}

function tellAll(findings: Finding[]): number {
  for (const finding of findings) tell(finding)
  return findings.some(({ failed }) => failed > 0) ? 1 : 0
}

function tellEntry(line: string, text: string, names: string[]): void {
  console.log(line)
  if (names.length > 0 && text !== '') console.log(`\n${indent(text)}\n`)
}

function refuseNone(found: unknown[], what: string, steps: Step[], where: string): void {
  if (found.length > 0) return
  const folder = steps.length === findSteps().length ? 'NN-slug' : steps[0]?.folder
  throw new Refusal(
    `There are no ${what} yet. They go into steps/proof/${folder}/${where}; see CONTRIBUTING.md.`,
  )
}

/** Those of these names; all where there are none. */
function chosen<One extends { name: string }>(entries: One[], names: string[]): One[] {
  const known = entries.map(({ name }) => name)
  for (const name of names) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    const remedy = near ? `did you mean "${near}"?` : `there are ${listed(known)}.`
    throw new Usage(`There is no mistake "${name}": ${remedy}`)
  }
  return names.length === 0 ? entries : entries.filter(({ name }) => names.includes(name))
}

const NOT_RUN = 'not run: this machine cannot run its test'

function mistakeLine(tried: TriedMistake, all: Entry[]): string {
  const { entry, test, isNotRun, ms } = tried
  const fault = faultOf(tried)
  const alike = othersAlike(tried, all)
  const what = isNotRun ? NOT_RUN : (fault ?? nameOf(test))
  const others = alike.length > 0 ? [`reads like ${alike.join(', ')}`] : []
  return marked(fault === undefined, [`${entry.step.number} ${entry.name}`, what, inMs(ms), ...others])
}

/** The names of others whose failure this could be: a diagnosis cannot tell them apart by it. */
function othersAlike({ entry, test, text }: TriedMistake, all: Entry[]): string[] {
  const others = all.filter(({ name, step }) => name !== entry.name && step === entry.step)
  return others.filter((other) => other.test === test?.name && says(text, other.seen)).map(({ name }) => name)
}

function diagnosisLine({ tried, fault, named, worth }: Diagnosed): string {
  const { entry, test, isNotRun, ms } = tried
  const said = isNotRun ? NOT_RUN : `${worth ?? 'unknown'}: ${named ?? 'names none'}`
  const repeats = `repeats ${entry.repeats ?? 'nothing'}`
  const label = `${entry.step.number} ${entry.alternative.name} ${entry.name}`
  const parts = [label, said, repeats, nameOf(test), inMs(ms), ...(fault ? [fault] : [])]
  return marked(fault === undefined && worth !== 'wrong', parts)
}

function marked(isGood: boolean, parts: string[]): string {
  return `${isGood ? marks.pass() : marks.fail()} ${parts.join(' · ')}`
}

function inMs(ms: number): string {
  return `${Math.round(ms)} ms`
}

function nameOf(test: TestResult | undefined): string {
  return test ? `${test.level} ${test.move} "${test.name}"` : 'no test'
}
