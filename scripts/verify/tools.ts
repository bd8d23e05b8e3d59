// Checks made by other people's tools, and the search for tests that would not run.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSteps, root } from '../lib/catalogue.ts'
import { runCaught } from '../lib/machine/programs.ts'
import { finding, one, type Finding } from './finding.ts'
import { verifyFolder } from '../lib/trees/build.ts'
import { read } from '../lib/read.ts'
import { sources } from './files.ts'

/** What the workshop's keepers write; exercises/ is the learner's. */
const CODE = ['steps', 'solutions', 'scripts', 'vitest.config.ts', 'vitest.given.config.ts']
const SETTINGS = ['package.json', 'tsconfig.json', '.github']
const DOCUMENTS = ['README.md', 'INSTRUCTORS.md', 'tutorial.md', 'CONTRIBUTING.md', 'CHANGELOG.md']

const TSC = 'typescript/bin/tsc'
const ALL_CODE = 'solutions, suites, scripts'

function checkTypes(): Promise<Finding> {
  return useTool('types check', TSC, ['--noEmit', '-p', 'scripts/tsconfig.json'], ALL_CODE)
}

/** To be called once the tree of the first step has been generated: it is starters throughout. */
export function checkStarterTypes(): Promise<Finding> {
  return checkTypesOf('starters', 'tsconfig.json', [`${findSteps()[0]?.folder}/**/*.ts`])
}

/** `include`: patterns from the folder of generated trees, in which the file `config` is written. */
export function checkTypesOf(what: string, config: string, include: string[]): Promise<Finding> {
  const path = join(verifyFolder(), config)
  writeFileSync(path, JSON.stringify({ extends: '../../tsconfig.json', include, exclude: [] }))
  return useTool('types check', TSC, ['--noEmit', '-p', path], what)
}

function checkLint(): Promise<Finding> {
  return useTool('lint is clean', 'oxlint/bin/oxlint', present(CODE), ALL_CODE)
}

function checkFormat(): Promise<Finding> {
  const words = ['--check', '--log-level', 'warn', ...present([...CODE, ...SETTINGS, ...DOCUMENTS])]
  return useTool('format is clean', 'prettier/bin/prettier.cjs', words, `${ALL_CODE}, documents`)
}

/** The tools that look at all code, or all that is written. */
export const TOOLS = [checkTypes, checkLint, checkFormat]

export function checkNothingIsSkipped(): Finding {
  const suites = sources('*.test.ts')
  const faults = suites.flatMap((file) => {
    const lines = (read(join(root, file)) ?? '').split('\n')
    return lines.flatMap((line, index) => {
      const found = /\b(?:core|strict|test|it|describe|suite)\.(?:skip|only|todo|fails)\b/.exec(line)
      return found ? [`${file}:${index + 1}: ${found[0]}`] : []
    })
  })
  return finding('no test is left out', suites.length, 'suites', faults)
}

/** Runs a tool of node_modules; what it prints is the fault when it fails. */
async function useTool(name: string, script: string, words: string[], looked: string): Promise<Finding> {
  const path = join(root, 'node_modules', script)
  const { code, printed } = await runCaught(process.execPath, [path, ...words], root)
  const fault = printed.trim() || `${script} ended with exit code ${code}`
  return one(name, looked, code === 0 ? [] : [fault])
}

function present(files: string[]): string[] {
  return files.filter((file) => existsSync(join(root, file)))
}
