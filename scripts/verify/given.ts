// The tests of what the steps give ready-made: bridges, loader, applications. They have no learner's part, so they are
// no suite of a step; here they run in vitest's own command, and all that is believed of it is its report.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonTestResults } from 'vitest/node'
import { root } from '../lib/catalogue.ts'
import { runCaught } from '../lib/machine/programs.ts'
import { read } from '../lib/read.ts'
import { verifyFolder } from '../lib/trees/build.ts'
import { counted, one, type Finding } from './finding.ts'

export async function checkGiven(): Promise<Finding> {
  const name = 'what is given works'
  const file = join(verifyFolder(), 'given.json')
  mkdirSync(verifyFolder(), { recursive: true })
  rmSync(file, { force: true })
  const script = join(root, 'node_modules/vitest/vitest.mjs')
  const words = ['run', '--config', 'vitest.given.config.ts', '--reporter=json', `--outputFile=${file}`]
  const { printed } = await runCaught(process.execPath, [script, ...words], root)
  const text = read(file)
  if (text === undefined) return one(name, 'nothing', [printed.trim() || 'vitest said nothing'])
  const { testResults }: JsonTestResults = JSON.parse(text)
  const tests = testResults.flatMap((module) => module.assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const notRun = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length
  const faults = faultsOf(testResults)
  if (tests.length === 0) faults.push('There were no tests.')
  // Each of these says why by itself where it is run alone; here their number has to do.
  const looked = `${tests.length} tests${notRun > 0 ? `, ${notRun} of them not run` : ''}`
  return counted(name, looked, faults, passed, notRun)
}

/** Each failed test, and each file that did not load. */
function faultsOf(testResults: JsonTestResults['testResults']): string[] {
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`${name}: ${message}`]
    return failed.map((test) => `${test.fullName}\n  ${test.failureMessages?.join('\n  ')}`)
  })
}
