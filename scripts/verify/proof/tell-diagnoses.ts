// `npm run verify diagnoses 2`: the mistakes made in the alternatives alone, on the whole suite, a line each: what the
// diagnosis names, and what that is worth. Where one was asked for by name, what a learner would read, too.
import { tell } from '../finding.ts'
import { checkDiagnoses } from './diagnoses.ts'
import { findSteps } from '../../lib/catalogue.ts'
import { loadForeign } from './foreign-mistakes.ts'
import type { Diagnosed } from './diagnosis-trial.ts'
import { indent, marks } from '../../lib/ink.ts'
import { loadMistakes } from '../../lib/trees/mistakes.ts'
import { Refusal } from '../../lib/words.ts'
import { chosen } from './tell-mistakes.ts'

/** The exit code. `names`: of single entries; none means all, of this step or of every one. */
export async function tellDiagnoses(step: number | undefined, names: string[]): Promise<number> {
  const all = await loadForeign(findSteps().filter(({ number }) => step === undefined || number === step))
  if (all.length === 0)
    throw new Refusal(
      'There are none yet. They go into steps/proof/NN-slug/alternatives/<name>.mistakes.ts; see CONTRIBUTING.md.',
    )
  const finding = await checkDiagnoses(chosen(all, names), await loadMistakes(), (diagnosed) => {
    console.log(lineOf(diagnosed))
    if (names.length > 0 && diagnosed.text !== '') console.log(`\n${indent(diagnosed.text)}\n`)
  })
  tell(finding)
  return finding.failed > 0 ? 1 : 0
}

function lineOf({ entry, fault, test, named, worth, isNotRun, ms }: Diagnosed): string {
  const mark = fault === undefined && worth !== 'wrong' ? marks.pass() : marks.fail()
  const label = `${entry.step.number} ${entry.alternative.name} ${entry.name}`
  const repeats = `repeats ${entry.repeats ?? 'nothing'}`
  const by = test ? `${test.level} ${test.move} "${test.name}"` : 'no test'
  const said = isNotRun
    ? 'not run: this machine cannot run its test'
    : `${worth ?? 'unknown'}: ${named ?? 'names none'}`
  const parts = [said, repeats, by, `${Math.round(ms)} ms`, ...(fault === undefined ? [] : [fault])]
  return `${mark} ${label} · ${parts.join(' · ')}`
}
