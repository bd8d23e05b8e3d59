// `npm run verify mistakes 2`: point 3 of verify alone, for those who write entries. A line for each mistake: the test
// that caught it, or what is wrong; and where it was asked for by name, what a learner would read.
import { tell } from '../finding.ts'
import { checkMistakes } from './mistakes.ts'
import { findSteps } from '../../lib/catalogue.ts'
import { indent, marks } from '../../lib/ink.ts'
import type { Tried } from './mistake-trial.ts'
import { loadMistakes, type Entry } from '../../lib/trees/mistakes.ts'
import { listed, nearest } from '#given/kit/failure/nearest.ts'
import { Refusal, Usage } from '../../lib/words.ts'

/** The exit code. `names`: of single entries; none means all, of this step or of every one. */
export async function tellMistakes(step: number | undefined, names: string[]): Promise<number> {
  const all = await loadMistakes()
  const entries = choose(all, step, names)
  const findings = await checkMistakes(entries, all, (tried) => {
    console.log(lineOf(tried))
    if (names.length > 0 && tried.text !== '') console.log(`\n${indent(tried.text)}\n`)
  })
  for (const finding of findings) tell(finding)
  return findings.some(({ failed }) => failed > 0) ? 1 : 0
}

function choose(all: Entry[], step: number | undefined, names: string[]): Entry[] {
  const ofStep = all.filter((entry) => step === undefined || entry.step.number === step)
  if (ofStep.length === 0) {
    const folder = findSteps().find(({ number }) => number === step)?.folder ?? 'NN-slug'
    throw new Refusal(
      `There are no mistakes yet. They go into steps/proof/${folder}/mistakes.ts; see CONTRIBUTING.md.`,
    )
  }
  return chosen(ofStep, names)
}

/** Those of these names; all where there are none. */
export function chosen<One extends { name: string }>(entries: One[], names: string[]): One[] {
  for (const name of names) if (!entries.some((entry) => entry.name === name)) throw unknown(name, entries)
  return names.length === 0 ? entries : entries.filter(({ name }) => names.includes(name))
}

function unknown(name: string, entries: { name: string }[]): Usage {
  const names = entries.map((entry) => entry.name)
  const near = nearest(name, names)
  return new Usage(
    `There is no mistake "${name}": ${near ? `did you mean "${near}"?` : `there are ${listed(names)}.`}`,
  )
}

function lineOf({ entry, fault, test, alike, isNotRun, ms }: Tried): string {
  const mark = fault === undefined ? marks.pass() : marks.fail()
  const others = alike.length > 0 ? [`reads like ${alike.map(({ name }) => name).join(', ')}`] : []
  const by = test ? `${test.level} ${test.move} "${test.name}"` : 'no test'
  const what = isNotRun ? 'not run: this machine cannot run its test' : (fault ?? by)
  return `${mark} ${entry.step.number} ${entry.name} · ${[what, `${Math.round(ms)} ms`, ...others].join(' · ')}`
}
