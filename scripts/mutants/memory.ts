// What came of each mutant is kept in .workshop/mutants/, so that a run can go on where the last was broken off. It
// holds as long as the reference is the same. Where the suite has changed since, those that survived are tried again,
// and no others: that is what one who has just written a test wants to know.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { floorsUpTo, root, treeFiles, type Step } from '../lib/catalogue.ts'
import { keep, recall } from '../lib/workshop-folder.ts'
import type { Outcome } from './try-mutant.ts'

interface Kept {
  /** Hashes of what the outcomes hold for. */
  reference: string
  suite: string
  outcomes: Record<string, Outcome>
}

export type Memory = ReturnType<typeof openMemory>

/** `anew`: nothing is believed. */
export function openMemory(step: Step, anew: boolean) {
  const file = `mutants/${step.folder}.json`
  const reference = hash(floorsUpTo(step).flatMap((floor) => treeFiles('solutions', floor)))
  const suite = hash(suiteFiles(step))
  const found = anew ? undefined : recall<Kept>(file)
  const before = found?.reference === reference ? found : undefined
  /** The suite is another than the one that the survivors survived. */
  const suiteChanged = before !== undefined && before.suite !== suite
  const known = Object.entries(before?.outcomes ?? {})
  const holding = known.filter(([, { state }]) => !suiteChanged || state !== 'survived')
  const outcomes: Record<string, Outcome> = Object.fromEntries(holding)
  return {
    suiteChanged,
    get: (key: string): Outcome | undefined => outcomes[key],
    /** On the disk at once: nobody says beforehand when a run is broken off. */
    set(key: string, outcome: Outcome): void {
      outcomes[key] = outcome
      keep(file, { reference, suite, outcomes })
    },
  }
}

/** What a suite is made of: its own folder, those below it, and the test kit; not what stands there for people. */
function suiteFiles(step: Step): string[] {
  return [...floorsUpTo(step).map(({ folder }) => folder), 'kit'].flatMap((folder) => {
    const path = join(root, 'steps', folder)
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()
    return names.filter((name) => /\.m?[jt]s$/.test(name)).map((name) => join(path, name))
  })
}

function hash(files: string[]): string {
  const digest = createHash('sha256')
  for (const file of files) digest.update(file.slice(root.length)).update(readFileSync(file))
  return digest.digest('hex')
}
