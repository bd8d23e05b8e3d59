// Checks how often a diagnosis is right about code that it was not written for: the mistakes made in the alternatives.
// Each is tried, and the text of its failure is diagnosed as `npm run step` would.
import { inOwnFolder, referenceTexts } from '../../lib/trees/build.ts'
import { diagnose, type Entry } from '../../lib/trees/mistakes.ts'
import { counted, type Finding } from '../finding.ts'
import { labelOfForeign, makeForeign, worthOf, type Foreign, type Worth } from './foreign-mistakes.ts'
import { tryEach, twice, whyNothingFails, type Tried } from './try-each.ts'

/** Of all diagnoses, so many may be wrong, in percent: a wrong one sends a learner astray. */
const WRONG_AT_MOST = 3

/** What came of trying one. */
export interface Diagnosed {
  tried: Tried<Foreign>
  /** In a line, what is wrong with the entry or the suite. */
  fault: string | undefined
  /** The mistake that the diagnosis names. */
  named: string | undefined
  worth: Worth | undefined
}

/**
 * Tries `entries` against what is known, `mistakes`: each on its test alone, or, for `onTried`, who hears of each as it
 * is done, on the whole suite up to there.
 */
export function checkDiagnoses(
  entries: Foreign[],
  mistakes: Entry[],
  lanes: number,
  onTried?: (diagnosed: Diagnosed) => void,
): Promise<Finding> {
  return inOwnFolder('diagnoses', async (label) => {
    const judge = (one: Tried<Foreign>) => judgeOne(one, mistakes)
    const tried = await tryEach(entries, {
      lanes,
      label,
      texts: referenceTexts(),
      make: makeForeign,
      onTried: onTried && ((one) => onTried(judge(one))),
    })
    const doubles = twice(entries.map(labelOfForeign)).map((one) => `${one}: another entry has this name`)
    return sumUp(tried.map(judge), [...unknownNames(entries, mistakes), ...doubles])
  })
}

function judgeOne(tried: Tried<Foreign>, mistakes: Entry[]): Diagnosed {
  const { entry, test, text, stale, isNotRun } = tried
  const unjudged = { tried, named: undefined, worth: undefined }
  if (stale !== undefined || isNotRun) return { ...unjudged, fault: stale }
  if (!test?.error) return { ...unjudged, fault: whyNothingFails(tried) }
  const ofStep = mistakes.filter(({ step }) => step.number === entry.step.number)
  const named = diagnose(test.name, text, ofStep)?.name
  const fault = test.name === entry.test ? undefined : `"${test.name}" fails first, not "${entry.test}"`
  return { tried, fault, named, worth: worthOf(entry, named) }
}

function sumUp(diagnosed: Diagnosed[], slips: string[]): Finding {
  const faults = diagnosed.flatMap(({ tried, fault }) =>
    fault === undefined ? [] : [`${labelOfForeign(tried.entry)}: ${fault}`],
  )
  faults.push(...tooManyWrong(diagnosed), ...slips)
  if (diagnosed.length === 0) faults.push('There were no mistakes in alternatives to try.')
  const notRun = diagnosed.filter(({ tried }) => tried.isNotRun).length
  const looked = `${inNumbers(diagnosed)}${notRun > 0 ? `, ${notRun} not run` : ''}`
  return counted('diagnoses', looked, faults, faults.length === 0 ? 1 : 0, notRun)
}

function inNumbers(diagnosed: Diagnosed[]): string {
  const count = (...worths: Worth[]) =>
    diagnosed.filter(({ worth }) => worth && worths.includes(worth)).length
  const silent = `silent ${count('missed', 'rightly silent')} (rightly ${count('rightly silent')})`
  return `right ${count('right')}, wrong ${count('wrong')}, ${silent}`
}

/** Nothing as long as they are few: `npm run verify diagnoses` shows which. */
function tooManyWrong(diagnosed: Diagnosed[]): string[] {
  const wrong = diagnosed.filter(({ worth }) => worth === 'wrong')
  if (wrong.length * 100 <= diagnosed.length * WRONG_AT_MOST) return []
  const lines = wrong.map(({ tried, named }) => `${labelOfForeign(tried.entry)}: taken for ${named}`)
  return [`${wrong.length} of ${diagnosed.length} are wrong; ${WRONG_AT_MOST} % are the most:`, ...lines]
}

function unknownNames(entries: Foreign[], mistakes: Entry[]): string[] {
  return entries.flatMap((entry) => {
    const { number } = entry.step
    const names = [entry.repeats, entry.orRightly?.name].filter((name) => name !== undefined)
    const isKnown = (name: string) => mistakes.some((one) => one.name === name && one.step.number === number)
    const unknown = names.filter((name) => !isKnown(name))
    return unknown.map((name) => `${labelOfForeign(entry)}: step ${number} has no mistake "${name}"`)
  })
}
