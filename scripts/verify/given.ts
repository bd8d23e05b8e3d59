// The tests of what the steps give ready-made: bridges, loader, applications. They have no learner's part, so they are
// no suite of a step; here they run in vitest's own command, and all that is believed of it is its report.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'
import type { Finding } from './finding.ts'
import { verifyFolder } from '../lib/trees/build.ts'

interface Assertion {
  fullName: string
  status: string
  failureMessages: string[]
}

interface Report {
  testResults: { name: string; message: string; status: string; assertionResults: Assertion[] }[]
}

export async function checkGiven(): Promise<Finding> {
  const name = 'what is given works'
  const file = join(verifyFolder(), 'given.json')
  mkdirSync(verifyFolder(), { recursive: true })
  rmSync(file, { force: true })
  const printed = await runVitest(file)
  const report = readReport(file)
  if (report === undefined) return { name, looked: 'nothing', faults: [printed], passed: 0, failed: 1 }
  const tests = report.testResults.flatMap((module) => module.assertionResults)
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  const faults = faultsOf(report)
  if (tests.length === 0) faults.push('There were no tests.')
  // Each of these says why by itself where it is run alone; here their number has to do.
  const looked = `${tests.length} tests${skipped.length > 0 ? `, ${skipped.length} of them not run` : ''}`
  const passed = tests.filter(({ status }) => status === 'passed').length
  return { name, looked, faults, passed, failed: faults.length, notRun: skipped.length }
}

/** Each failed test, and each file that did not load. */
function faultsOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`${name}: ${message}`]
    return failed.map((test) => `${test.fullName}\n  ${test.failureMessages.join('\n  ')}`)
  })
}

/** Gives what it printed. */
async function runVitest(outputFile: string): Promise<string> {
  const script = join(root, 'node_modules/vitest/vitest.mjs')
  const words = ['run', '--config', 'vitest.given.config.ts', '--reporter=json', `--outputFile=${outputFile}`]
  const child = spawn(process.execPath, [script, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
  await new Promise((resolve) => child.once('close', resolve))
  return printed.trim() || 'vitest said nothing'
}

function readReport(file: string): Report | undefined {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isReport(report) ? report : undefined
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is Report {
  return value instanceof Object && 'testResults' in value && Array.isArray(value.testResults)
}
