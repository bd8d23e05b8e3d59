// npm run verify: what keeps the workshop honest. It looks at solutions/, steps/, scripts/ and the documents, and
// never at what a learner wrote in exercises/, so it stays green in a learner's clone.
import { findSteps } from './lib/catalogue.ts'
import { inTwoLanes, tell, type Finding } from './lib/checks.ts'
import { checkCommands, checkHints, checkLinks } from './lib/checks-docs.ts'
import { checkFuzz } from './lib/checks-fuzz.ts'
import { checkGiven } from './lib/checks-given.ts'
import { checkLoop } from './lib/checks-loop.ts'
import { checkLasting, checkSolutions, checkStarter } from './lib/checks-suites.ts'
import {
  checkFormat,
  checkLint,
  checkNothingIsSkipped,
  checkStarterTypes,
  checkTypes,
} from './lib/checks-tools.ts'
import { checkGivenCode, checkImportsGoDown, checkSameFiles, checkSizes } from './lib/checks-trees.ts'
import { preparePython, WITH_PYTHON } from './lib/python.ts'
import { parseWords } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  parseWords(args, { command: 'verify' })
  const began = performance.now()
  let passed = 0
  let failed = 0
  let notRun = 0
  const count = (finding: Finding) => {
    tell(finding)
    passed += finding.passed
    failed += finding.failed
    notRun += finding.notRun ?? 0
  }

  if (findSteps().some(({ number }) => number === WITH_PYTHON)) await preparePython()

  // The tools take one core while the suites, which run one after another, take the other.
  const tools = inTurn([checkTypes, checkLint, checkFormat, checkGiven])
  for (const check of [checkSameFiles, checkImportsGoDown, checkGivenCode, checkSizes]) count(check())
  for (const check of [checkNothingIsSkipped, checkLinks, checkCommands]) count(check())

  const solutions = await checkSolutions()
  count(solutions)
  count(checkHints(solutions.tests))
  for (const step of findSteps().slice(1)) count(await checkLasting(step))
  for (const finding of await starters()) count(finding)
  count(await checkLoop())
  count(await checkFuzz())
  // Point 3, "every entry of every mistakes.ts is caught by the test that it names", goes here.
  for (const finding of await tools) count(finding)
  count(await checkStarterTypes())

  console.log(`\nThis took ${Math.round((performance.now() - began) / 1000)} s.`)
  if (notRun > 0)
    console.log(`${notRun} not run: this machine lacks what they need. npm run doctor says what that is.`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function starters(): Promise<Finding[]> {
  const findings = await inTwoLanes(findSteps(), checkStarter)
  return findings.toSorted((a, b) => a.name.localeCompare(b.name))
}

async function inTurn(checks: (() => Promise<Finding>)[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) findings.push(await check())
  return findings
}
