// Checks on the two trees: the same files in both, functions and files of readable size.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'
import { finding, type Finding } from './finding.ts'
import { functionsOf } from '../lib/trees/declarations.ts'
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

export function checkSizes(): Finding {
  const files = treeNames('solutions').filter((file) => file.endsWith('.ts'))
  let all = 0
  const faults = files.flatMap((file) => {
    const source = read(join(root, 'solutions', file)) ?? ''
    all += linesOfCode(source)
    const lines = source.trimEnd().split('\n').length
    const tooLong = functionsOf(source).filter(({ length }) => length > LONGEST_FUNCTION)
    return [
      ...(lines > LONGEST_FILE ? [`solutions/${file} has ${lines} lines; ${LONGEST_FILE} are the most`] : []),
      ...tooLong.map(
        ({ line, length }) =>
          `solutions/${file}:${line}: a function of ${length} lines; ${LONGEST_FUNCTION} are the most`,
      ),
    ]
  })
  if (all > LONGEST_TREE) faults.push(`solutions/ has ${all} lines of code; ${LONGEST_TREE} are the most`)
  return finding('functions and files are short', files.length, 'files', faults)
}

function linesOfCode(source: string): number {
  return source.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length
}
