// Checks how often a diagnosis is right about code that it was not written for: the mistakes made in the alternatives.
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { inLanes, type Finding } from '../finding.ts'
import { buildTree, referenceTexts, verifyFolder } from '../suites.ts'
import { labelOfForeign, WRONG_AT_MOST, type Foreign, type Worth } from './foreign-mistakes.ts'
import { DiagnosisLane, type Diagnosed } from './diagnosis-trial.ts'
import type { Entry } from '../../lib/trees/mistakes.ts'

/**
 * Tries `entries` against what is known, `mistakes`: each on its test alone, or, for `onTried`, who hears of each as it
 * is done, on the whole suite up to there.
 */
export async function checkDiagnoses(
  entries: Foreign[],
  mistakes: Entry[],
  onTried?: (diagnosed: Diagnosed) => void,
): Promise<Finding> {
  const label = `diagnoses-${process.pid}`
  const texts = referenceTexts(join(label, '1'))
  // The later steps have the longer suites; one step after the other, a lane keeps its engine.
  const queue = entries.toSorted((a, b) => b.step.number - a.step.number)
  // In verify it has one core at the most: the suites have the other one.
  const lanes = onTried === undefined ? 1 : availableParallelism()
  try {
    const tried = await inLanes(lanes, queue, (number) => {
      const tree = buildTree(join(label, String(number)), (_, text) => text)
      const lane = new DiagnosisLane(tree, texts, mistakes)
      const run = async (entry: Foreign) => {
        const diagnosed = await lane.try(entry, onTried === undefined)
        onTried?.(diagnosed)
        return diagnosed
      }
      return { run, close: () => lane.close() }
    })
    return sumUp(tried, [...unknownNames(entries, mistakes), ...namesTwice(entries)])
  } finally {
    rmSync(join(verifyFolder(), label), { recursive: true, force: true })
  }
}

function sumUp(tried: Diagnosed[], slips: string[]): Finding {
  const faults = tried.flatMap(({ entry, fault }) =>
    fault === undefined ? [] : [`${labelOfForeign(entry)}: ${fault}`],
  )
  faults.push(...tooManyWrong(tried), ...slips)
  if (tried.length === 0) faults.push('There were no mistakes in alternatives to try.')
  const notRun = tried.filter(({ isNotRun }) => isNotRun).length
  const looked = `${inNumbers(tried)}${notRun > 0 ? `, ${notRun} not run` : ''}`
  const passed = faults.length === 0 ? 1 : 0
  return { name: 'diagnoses', looked, faults, passed, failed: faults.length, notRun }
}

function inNumbers(tried: Diagnosed[]): string {
  const count = (...worths: Worth[]) => tried.filter(({ worth }) => worth && worths.includes(worth)).length
  const silent = `silent ${count('missed', 'rightly silent')} (rightly ${count('rightly silent')})`
  return `right ${count('right')}, wrong ${count('wrong')}, ${silent}`
}

/** Nothing as long as they are few: `npm run verify diagnoses` shows which. */
function tooManyWrong(tried: Diagnosed[]): string[] {
  const wrong = tried.filter(({ worth }) => worth === 'wrong')
  if (wrong.length * 100 <= tried.length * WRONG_AT_MOST) return []
  const lines = wrong.map(({ entry, named }) => `${labelOfForeign(entry)}: taken for ${named}`)
  return [`${wrong.length} of ${tried.length} are wrong; ${WRONG_AT_MOST} % are the most:`, ...lines]
}

function unknownNames(entries: Foreign[], mistakes: Entry[]): string[] {
  return entries.flatMap((entry) => {
    const names = [entry.repeats, entry.orRightly?.name].filter((name) => name !== undefined)
    const unknown = names.filter(
      (name) => !mistakes.some((one) => one.name === name && one.step.number === entry.step.number),
    )
    return unknown.map(
      (name) => `${labelOfForeign(entry)}: step ${entry.step.number} has no mistake "${name}"`,
    )
  })
}

function namesTwice(entries: Foreign[]): string[] {
  const labels = entries.map(labelOfForeign)
  const doubles = labels.filter((label, index) => labels.indexOf(label) !== index)
  return doubles.map((label) => `${label}: another entry has this name`)
}
