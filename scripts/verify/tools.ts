// Checks made by other people's tools, and the search for tests that would not run.
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSteps, root } from '../lib/catalogue.ts'
import { finding, type Finding } from './finding.ts'
import { verifyFolder } from '../lib/trees/build.ts'
import { read } from '../lib/read.ts'
import { sources } from './files.ts'

/** What the workshop's keepers write; exercises/ is the learner's. */
const OURS = [
  'steps',
  'solutions',
  'scripts',
  'vitest.config.ts',
  'vitest.given.config.ts',
  'package.json',
  'tsconfig.json',
  '.github',
]
const DOCUMENTS = ['README.md', 'tutorial.md', 'CONTRIBUTING.md', 'CHANGELOG.md']

export function checkTypes(): Promise<Finding> {
  return useTool(
    'types check',
    'typescript/bin/tsc',
    ['--noEmit', '-p', 'scripts/tsconfig.json'],
    'solutions, suites, scripts',
  )
}

/** To be called once the tree of the first step has been generated: it is starters throughout. */
export function checkStarterTypes(): Promise<Finding> {
  return checkTypesOf('starters', 'tsconfig.json', [`${findSteps()[0]?.folder}/**/*.ts`])
}

/** `include`: patterns from the folder of generated trees, in which the file `config` is written. */
export function checkTypesOf(what: string, config: string, include: string[]): Promise<Finding> {
  const path = join(verifyFolder(), config)
  writeFileSync(path, JSON.stringify({ extends: '../../tsconfig.json', include, exclude: [] }))
  return useTool('types check', 'typescript/bin/tsc', ['--noEmit', '-p', path], what)
}

export function checkLint(): Promise<Finding> {
  return useTool(
    'lint is clean',
    'oxlint/bin/oxlint',
    present(OURS.slice(0, 5)),
    'solutions, suites, scripts',
  )
}

export function checkFormat(): Promise<Finding> {
  const words = ['--check', '--log-level', 'warn', ...present([...OURS, ...DOCUMENTS])]
  return useTool(
    'format is clean',
    'prettier/bin/prettier.cjs',
    words,
    'solutions, suites, scripts, documents',
  )
}

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
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...words], { cwd: root })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const faults = code === 0 ? [] : [printed.trim() || `${script} ended with exit code ${code}`]
  return { name, looked, faults, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

function present(files: string[]): string[] {
  return files.filter((file) => existsSync(join(root, file)))
}
