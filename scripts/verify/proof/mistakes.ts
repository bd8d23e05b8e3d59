// Checks that wrong servers are caught: each entry of each mistakes.ts by the test that it names, for the reason that it
// states.
import { availableParallelism } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { summarise } from '../../lib/suites/failure-text.ts'
import { inOwnFolder, referenceTexts } from '../../lib/trees/build.ts'
import { applyMistake, labelOf, loadMistakes, says, type Entry } from '../../lib/trees/mistakes.ts'
import { counted, type Finding } from '../finding.ts'
import { checkCores } from './cores.ts'
import { tryEach, twice, whyNothingFails, type Tried } from './try-each.ts'

export type TriedMistake = Tried<Entry>

/**
 * Tries `entries`: each on its test alone, or, for `onTried`, who hears of each as it is done, on the whole suite up to
 * there.
 */
export function checkMistakes(entries: Entry[], onTried?: (tried: TriedMistake) => void): Promise<Finding[]> {
  return inOwnFolder('mistakes', async (label) => {
    const texts = referenceTexts()
    const make = (entry: Entry) => applyMistake(entry, texts)
    const tried = await tryEach(entries, { lanes: availableParallelism(), label, texts, make, onTried })
    const strict = tried.filter((one) => faultOf(one) === undefined && one.test?.level === 'strict')
    const doubles = twice((await loadMistakes()).map(({ name }) => name))
    const ofStrict = strict.map(({ entry }) => entry)
    return [caught(tried, doubles), await checkCores(ofStrict, texts, label)]
  })
}

function caught(tried: TriedMistake[], doubles: string[]): Finding {
  const notRun = tried.filter(({ isNotRun }) => isNotRun).length
  const faults = tried.flatMap((one) => {
    const fault = faultOf(one)
    return fault === undefined ? [] : [`${labelOf(one.entry)}: ${fault}`]
  })
  const passed = tried.length - faults.length - notRun
  const looked = `mistakes caught ${passed} of ${tried.length}${notRun > 0 ? `, ${notRun} not run` : ''}`
  faults.push(...doubles.map((name) => `two mistakes are named ${name}`))
  if (tried.length === 0) faults.push('There were no mistakes to try.')
  return counted('plausible wrong servers', looked, faults, passed, notRun)
}

/** In a line, what is wrong with the entry or the suite; undefined when the entry is caught as it foretells. */
export function faultOf(tried: TriedMistake): string | undefined {
  const { entry, test, text, stale, isNotRun, result } = tried
  if (stale !== undefined || isNotRun) return stale
  const { test: named, seen } = entry
  const isKnown = result.tests.length === 0 || result.tests.some(({ name }) => name === named)
  if (!isKnown || !test?.error) return inALine(whyNothingFails(tried))
  const line = summarise(test.error)
  if (test.name !== named)
    return `"${named}" should fail first; "${test.name}" (${test.level} ${test.move}) does: ${line}`
  if (test.error.message.startsWith('Test timed out'))
    return `"${named}" does not say what is wrong: it runs into its time limit`
  if (says(text, seen)) return undefined
  return `"${named}" fails for another reason: it should say ${String(seen)}; it says: ${line}`
}

/** Of a syntax error: that it is one, which, and the line. The rest is a picture of it. */
function inALine(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n')
  const said = lines.filter((line) => /\w/.test(line))
  return said.slice(0, 3).join(' ')
}
