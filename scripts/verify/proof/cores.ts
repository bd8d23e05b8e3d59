// Checks that mistakes which only strict tests catch leave the cores of their own step and of all later ones green: no core
// test rests on a strict one. Each on its own against all those cores would take minutes, so many are made in one tree.
import { join } from 'node:path'
import { findSteps } from '../../lib/catalogue.ts'
import { finding, one, type Finding } from '../finding.ts'
import { buildTree } from '../../lib/trees/build.ts'
import { summarise } from '../../lib/suites/failure-text.ts'
import { applyMistake, labelOf, Stale, type Entry, type Texts } from '../../lib/trees/mistakes.ts'
import { firstFailure, runSuites } from '../../lib/suites/run.ts'

/** How many share a tree. More might hide each other. */
const TOGETHER = 16

/** Some mistakes made together in one tree. */
interface Group {
  entries: Entry[]
  texts: Texts
}

/** `label`: the folder of the generated trees. */
export async function checkCores(entries: Entry[], texts: Texts, label: string): Promise<Finding> {
  const tree = join(label, 'core')
  const groups: Group[] = []
  for (const entry of entries)
    if (!groups.some((group) => takeIn(group, entry))) groups.push(groupOf(entry, texts))
  const faults: string[] = []
  for (const group of groups) {
    if ((await failureInCores(group, tree)) === undefined) continue
    // Each alone tells who it was; where all pass, no one mistake is to blame.
    for (const entry of group.entries) {
      const failure = await failureInCores(groupOf(entry, texts), tree)
      if (failure === undefined) continue
      faults.push(
        `${labelOf(entry)}: a strict test of its step catches it first, yet it breaks the core ${failure}`,
      )
    }
  }
  const name = 'what strict tests alone catch leaves every core green'
  if (entries.length === 0) return { ...one(name, 'no such mistake', []), passed: 0 }
  return finding(name, entries.length, 'mistakes', faults)
}

function groupOf(entry: Entry, texts: Texts): Group {
  return { entries: [entry], texts: new Map([...texts, ...applyMistake(entry, texts)]) }
}

/** False where there is no room, or where the edits meet. */
function takeIn(group: Group, entry: Entry): boolean {
  if (group.entries.length >= TOGETHER) return false
  try {
    group.texts = groupOf(entry, group.texts).texts
  } catch (error) {
    if (error instanceof Stale) return false
    throw error
  }
  group.entries.push(entry)
  return true
}

/** The first failure, in a line; undefined when all is green. */
async function failureInCores({ entries, texts }: Group, label: string): Promise<string | undefined> {
  const first = Math.min(...entries.map(({ step }) => step.number))
  const steps = findSteps().filter(({ number }) => number >= first)
  const tree = buildTree(label, (name, text) => texts.get(name) ?? text)
  const { tests, problems } = await runSuites({ tree, steps, level: 'core', bail: true })
  const { step, name, error } = firstFailure(tests) ?? { ...problems[0], name: 'loading' }
  return error && `of step ${step}, "${name}": ${summarise(error)}`
}
