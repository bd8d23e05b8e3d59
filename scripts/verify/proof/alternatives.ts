// Checks that nothing right fails: correct solutions in another style than the reference's. Each is a folder
// steps/proof/NN-slug/alternatives/<name>/ whose files take the place of the reference's in that step, or stand beside them; it
// has to pass the step's whole suite.
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { findSteps, floorsUpTo, root, type Step } from '../../lib/catalogue.ts'
import { sideBySide } from '../../lib/lanes.ts'
import { buildTree, inOwnFolder } from '../../lib/trees/build.ts'
import { counted, type Finding } from '../finding.ts'
import { checkServer } from '../suites.ts'
import { checkTypesOf } from '../tools.ts'

export interface Alternative {
  step: Step
  name: string
  /** The absolute path of its folder. */
  folder: string
}

/** Those of these steps. */
export function findAlternatives(steps: Step[] = findSteps()): Alternative[] {
  return steps.flatMap((step) => {
    const all = join(root, 'steps', 'proof', step.folder, 'alternatives')
    if (!existsSync(all)) return []
    const folders = readdirSync(all, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    return folders.map(({ name }) => ({ step, name, folder: join(all, name) }))
  })
}

/** Their suites, and their types. `onTried` hears of each as it is done. */
export function checkAlternatives(
  alternatives: Alternative[],
  onTried: (finding: Finding) => void = () => {},
): Promise<Finding[]> {
  return inOwnFolder('alternatives', async (label) => {
    const findings = await sideBySide(availableParallelism(), alternatives, async (one) => {
      const name = `step ${one.step.number}, ${one.name}`
      const finding = await checkServer(name, buildAlternative(one, label), one.step)
      onTried(finding)
      return finding
    })
    const include = alternatives.flatMap((one) => foldersOf(one, label))
    return [passed(findings), await checkTypesOf('alternatives', 'tsconfig.alternatives.json', include)]
  })
}

/** A tree with its files in place. Gives the path. */
function buildAlternative({ step, name, folder }: Alternative, label: string): string {
  const tree = buildTree(join(label, `${step.number}-${name}`))
  cpSync(folder, join(tree, step.folder), { recursive: true })
  return tree
}

/** The floors that it has changed or that lie below: what is above may want more of it than its suite does. */
function foldersOf({ step, name }: Alternative, label: string): string[] {
  return floorsUpTo(step).map((floor) => `${label}/${step.number}-${name}/${floor.folder}/**/*.ts`)
}

function passed(findings: Finding[]): Finding {
  const wrong = findings.filter(({ failed }) => failed > 0)
  const faults = wrong.flatMap(({ name, faults: own }) => own.map((fault) => `${name}: ${fault}`))
  if (findings.length === 0) faults.push('There were no alternatives to try.')
  const count = findings.length - wrong.length
  const looked = `alternatives passed ${count} of ${findings.length}`
  return counted('right servers in another style', looked, faults, count)
}
