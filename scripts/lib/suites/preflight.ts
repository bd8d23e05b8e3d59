// What is looked at before a suite runs, because the suite could only fail over it in a confusing way: files that
// are gone, exports that have lost their name, and syntax errors. Each is one sentence with a remedy.
import { existsSync } from 'node:fs'
import { counterpart, floorsUpTo, shown, treeFiles, type Step } from '../catalogue.ts'
import { read } from '../read.ts'
import { resetLine } from '../trees/missing-files.ts'
import { readExports } from '../trees/modules.ts'

export interface Obstacle {
  /** In short: `does not parse`. */
  kind: string
  /** One sentence. */
  sentence: string
  /** The line in question, if one is. */
  source?: string
  /** The command that helps. */
  next: string
}

/** The first thing that keeps the suite of `step` from running against `tree`; undefined when nothing does. */
export function findObstacle(tree: string, step: Step): Obstacle | undefined {
  for (const look of [missingPart, syntaxError])
    for (const floor of floorsUpTo(step)) {
      const obstacle = look(tree, floor, step)
      if (obstacle) return obstacle
    }
  return undefined
}

function missingPart(tree: string, floor: Step, step: Step): Obstacle | undefined {
  for (const model of treeFiles('solutions', floor)) {
    const file = counterpart(model, tree)
    const next = resetLine(floor, file)
    const missing = `${shown(file)} is missing. ${next} brings it back.`
    if (!existsSync(file)) return { kind: 'lacks a file', sentence: missing, next }
    const { names, fault } = readExports(file)
    const name = readExports(model).names.find((wanted) => !names.includes(wanted))
    if (name === undefined || fault) continue
    const sentence =
      `${shown(file)} no longer exports "${name}", which other files import by that name: ` +
      `put "export" before it.`
    return { kind: 'lacks an export', sentence, next: `npm run step ${step.number}` }
  }
  return undefined
}

function syntaxError(tree: string, floor: Step, step: Step): Obstacle | undefined {
  for (const file of treeFiles(tree, floor)) {
    const { fault } = readExports(file)
    if (!fault) continue
    const text = read(file) ?? ''
    const before = text.slice(0, fault.at + 1)
    // What is missing at the end is missed after the last line that says something.
    const line = before.trimEnd().split('\n').length
    return {
      kind: 'does not parse',
      sentence: `${shown(file)}:${line} is not valid TypeScript: ${fault.message}`,
      source: `${line} | ${text.split('\n')[line - 1]?.trim() ?? ''}`,
      next: `npm run step ${step.number}`,
    }
  }
  return undefined
}
