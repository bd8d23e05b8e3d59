// Checks that wrong servers are caught: each entry of each mistakes.ts by the test that it names, for the reason that it
// states.
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { inLanes, type Finding } from '../finding.ts'
import { checkCores } from './cores.ts'
import { buildTree, referenceTexts, verifyFolder } from '../suites.ts'
import { MistakeLane, type Tried } from './mistake-trial.ts'
import { labelOf, type Entry, type Texts } from '../../lib/trees/mistakes.ts'

/**
 * Tries `entries`, which are some or all of `all`: each on its test alone, or, for `onTried`, who hears of each as it is
 * done, on the whole suite up to there.
 */
export async function checkMistakes(
  entries: Entry[],
  all: Entry[],
  onTried?: (tried: Tried) => void,
): Promise<Finding[]> {
  const label = `mistakes-${process.pid}`
  try {
    return await tryAll(entries, { all, label, texts: referenceTexts(join(label, '1')), onTried })
  } finally {
    rmSync(join(verifyFolder(), label), { recursive: true, force: true })
  }
}

interface Parts {
  all: Entry[]
  /** The folder of the generated trees. */
  label: string
  texts: Texts
  onTried: ((tried: Tried) => void) | undefined
}

async function tryAll(entries: Entry[], { all, label, texts, onTried }: Parts): Promise<Finding[]> {
  // The later steps have the longer suites: they go first, so that no lane is left alone with one at the end.
  const queue = entries.toSorted((a, b) => b.step.number - a.step.number)
  const tried = await inLanes(availableParallelism(), queue, (number) => {
    const tree = buildTree(join(label, String(number)), (_, text) => text)
    const lane = new MistakeLane(tree, texts, all)
    const run = async (entry: Entry) => {
      const result = await lane.try(entry, onTried === undefined)
      onTried?.(result)
      return result
    }
    return { run, close: () => lane.close() }
  })
  const strict = entries.filter((entry) => tried.some((one) => one.entry === entry && isOfStrict(one)))
  return [caught(tried, namesTwice(all)), await checkCores(strict, texts, label)]
}

function caught(tried: Tried[], doubles: string[]): Finding {
  const wrong = tried.filter(({ fault }) => fault !== undefined)
  const notRun = tried.filter(({ isNotRun }) => isNotRun).length
  const passed = tried.length - wrong.length - notRun
  const faults = [...wrong.map(({ entry, fault = '' }) => `${labelOf(entry)}: ${fault}`), ...doubles]
  if (tried.length === 0) faults.push('There were no mistakes to try.')
  const looked = `mistakes caught ${passed} of ${tried.length}${notRun > 0 ? `, ${notRun} not run` : ''}`
  return { name: 'plausible wrong servers', looked, faults, passed, failed: faults.length, notRun }
}

function namesTwice(entries: Entry[]): string[] {
  const doubles = entries.filter((entry) => entries.find(({ name }) => name === entry.name) !== entry)
  return doubles.map((entry) => `${labelOf(entry)}: another entry has this name`)
}

function isOfStrict({ fault, test }: Tried): boolean {
  return fault === undefined && test?.level === 'strict'
}
