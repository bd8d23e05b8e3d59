// Checks on the two trees: the same files in both, no import that goes upwards, functions and files of readable size.
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findSteps, root } from '../lib/catalogue.ts'
import { finding, type Finding } from './finding.ts'
import { functionsOf } from '../lib/trees/declarations.ts'
import { importsOf } from '../lib/trees/modules.ts'
import { read } from '../lib/read.ts'
import { treeNames } from '../lib/trees/starters.ts'

const LONGEST_FUNCTION = 40
const LONGEST_FILE = 150
/** Lines of code, neither empty nor comments, of the whole reference: one has to be able to read it in an afternoon. */
const LONGEST_TREE = 1600

/** Names only: what stands in exercises/ is the learner's, and so is any file they have added. */
export function checkSameFiles(): Finding {
  const files = treeNames('solutions')
  const missing = files.filter((file) => !existsSync(join(root, 'exercises', file)))
  const faults = missing.map(
    (file) => `exercises/${file} is missing: npm run reset ${Number.parseInt(file, 10)}`,
  )
  return finding('both trees have the same files', files.length, 'files', faults)
}

/** Floor N imports from floors up to N, from #wsgi, #given/* and node: modules, and from nothing else. */
export function checkImportsGoDown(): Finding {
  const files = treeNames('solutions').filter((file) => file.endsWith('.ts'))
  const faults = files.flatMap((file) => {
    const path = join(root, 'solutions', file)
    return importsOf(path).flatMap((target) => faultOfFloor(file, target, path))
  })
  return finding('imports go downwards', files.length, 'files', faults)
}

function faultOfFloor(file: string, target: string, path: string): string[] {
  const from = `solutions/${file}`
  if (target === '#wsgi' || target.startsWith('node:')) return []
  if (target.startsWith('#given/')) return exists(join(root, 'steps', target.slice(7)), from, target)
  if (!target.startsWith('.'))
    return [`${from} imports ${target}, which is neither a floor, given code nor node:`]
  const found = relative(join(root, 'solutions'), join(dirname(path), target)).replaceAll('\\', '/')
  if (found.startsWith('..')) return [`${from} imports ${target}, which lies outside the tree`]
  if (Number.parseInt(found, 10) > Number.parseInt(file, 10)) return [`${from} imports upwards: ${target}`]
  return exists(join(root, 'solutions', found), from, target)
}

/** What the trees import as #given/* knows no floor; what else a step gives, its suite first, knows those up to its own. */
export function checkGivenCode(): Finding {
  const files = treeNames('steps', ['kit', ...findSteps().map(({ folder }) => folder)])
  const sources = files.filter((file) => /\.m?[jt]s$/.test(file))
  const given = givenToTheTrees()
  const faults = sources.flatMap((file) => {
    const highest = given.has(file) ? 0 : Number.parseInt(file, 10) || 0
    return importsOf(join(root, 'steps', file)).flatMap((target) => {
      const floor =
        /^#server\/(\d+)-/.exec(target)?.[1] ?? (/(solutions|exercises)\//.test(target) ? '99' : '0')
      return Number(floor) > highest ? [`steps/${file} imports ${target}, a floor it must not know`] : []
    })
  })
  return finding('given code knows no floor above it', sources.length, 'files', faults)
}

function givenToTheTrees(): Set<string> {
  const imports = treeNames('solutions').flatMap((file) => importsOf(join(root, 'solutions', file)))
  return new Set(imports.filter((target) => target.startsWith('#given/')).map((target) => target.slice(7)))
}

export function checkSizes(): Finding {
  const files = treeNames('solutions').filter((file) => file.endsWith('.ts'))
  const faults = files.flatMap((file) => {
    const source = read(join(root, 'solutions', file)) ?? ''
    const lines = source.trimEnd().split('\n').length
    const tooLong = functionsOf(source).filter(({ length }) => length > LONGEST_FUNCTION)
    return [
      ...(lines > LONGEST_FILE ? [`solutions/${file} has ${lines} lines; ${LONGEST_FILE} are the most`] : []),
      ...tooLong.map(({ line, length }) => {
        return `solutions/${file}:${line}: a function of ${length} lines; ${LONGEST_FUNCTION} are the most`
      }),
    ]
  })
  const all = files.reduce((sum, file) => sum + linesOfCode(read(join(root, 'solutions', file)) ?? ''), 0)
  if (all > LONGEST_TREE) faults.push(`solutions/ has ${all} lines of code; ${LONGEST_TREE} are the most`)
  return finding('functions and files are short', files.length, 'files', faults)
}

function linesOfCode(source: string): number {
  return source.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length
}

function exists(path: string, from: string, target: string): string[] {
  return existsSync(path) ? [] : [`${from} imports ${target}, which does not exist`]
}
