// What is looked at before a suite runs, because the suite could only fail over it in a confusing way: files that
// are gone, exports that have lost their name, and syntax errors. Each is one sentence with a remedy.
import { existsSync } from 'node:fs'
import { counterpart, floorsUpTo, shown, treeFiles, type Step } from '../catalogue.ts'
import { read } from '../trees/starters.ts'

export interface Obstacle {
  /** One sentence. */
  sentence: string
  /** The line in question, if one is. */
  source?: string
  /** The command that helps. */
  next: string
}

/** The first thing that keeps the suite of `step` from running against `tree`; undefined when nothing does. */
export async function findObstacle(tree: string, step: Step): Promise<Obstacle | undefined> {
  const floors = floorsUpTo(step)
  for (const floor of floors) {
    const obstacle = missingPart(tree, floor, step)
    if (obstacle) return obstacle
  }
  for (const floor of floors) {
    const obstacle = await syntaxError(tree, floor, step)
    if (obstacle) return obstacle
  }
  return undefined
}

function missingPart(tree: string, floor: Step, step: Step): Obstacle | undefined {
  for (const model of treeFiles('solutions', floor)) {
    const file = counterpart(model, tree)
    const next = `npm run reset ${floor.number}`
    if (!existsSync(file))
      return {
        sentence: `${shown(file)} is missing. ${next} brings it back; what you wrote is saved first.`,
        next,
      }
    const [name] = exportsOf(model).filter((wanted) => !exportsOf(file).includes(wanted))
    if (name === undefined) continue
    const sentence =
      `${shown(file)} no longer exports "${name}", which other files import by that name: ` +
      `put "export" before it.`
    return { sentence, next: `npm run step ${step.number}` }
  }
  return undefined
}

/** What a file exports that exists at run time; types vanish, so a missing one is left to the type note. */
export function exportsOf(file: string): string[] {
  const text = read(file) ?? ''
  const declared = text.matchAll(
    /^export (?:default )?(?:async )?(?:function\*?|abstract class|class|const|let) ?([\w$]+)/gm,
  )
  const listed = text.matchAll(/^export \{([^}]*)\}/gm)
  const names = [...listed].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.trim().split(/ as /).at(-1) ?? ''),
  )
  return [
    ...[...declared].map(([, name = '']) => name),
    ...names.filter((name) => name !== '' && !name.startsWith('type ')),
  ]
}

async function syntaxError(tree: string, floor: Step, step: Step): Promise<Obstacle | undefined> {
  const { parseAst } = await import('vitest/node')
  for (const file of treeFiles(tree, floor)) {
    const text = read(file) ?? ''
    try {
      parseAst(text, { lang: 'ts' })
    } catch (error) {
      return describeSyntaxError(error, { file, text, step })
    }
  }
  return undefined
}

function describeSyntaxError(
  error: unknown,
  { file, text, step }: { file: string; text: string; step: Step },
): Obstacle {
  const message = error instanceof Error ? error.message : String(error)
  const position = error instanceof Error && 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
  // What is missing at the end is missed after the last line that says something.
  const before = text
    .slice(0, position + 1)
    .trimEnd()
    .split('\n')
  const line = before.length
  const source = text.split('\n')[line - 1]?.trim() ?? ''
  // Rolldown says "Parse failed with 1 error:", what is wrong, and then shows the place in its own way.
  const what = message.split('\n').find((part) => !part.startsWith('Parse failed')) ?? 'it is not TypeScript'
  return {
    sentence: `${shown(file)}:${line} is not valid TypeScript: ${what.trim()}`,
    source: `${line} | ${source}`,
    next: `npm run step ${step.number}`,
  }
}
