// npm run verify: what keeps the workshop honest. It looks at solutions/, steps/, scripts/ and the documents, and
// never at what a learner wrote in exercises/, so it stays green in a learner's clone. `npm run verify mistakes 2` looks
// only at the wrong servers of step 2, each in a line; `npm run verify alternatives` at the right ones in another style,
// `npm run verify diagnoses` at what is said about mistakes that are made in those.
import { findSteps } from './lib/catalogue.ts'
import { inTwoLanes, tell, type Finding } from './verify/finding.ts'
import { checkCommands, checkHints, checkLinks } from './verify/docs.ts'
import { checkFuzz } from './verify/fuzz.ts'
import { checkGiven } from './verify/given.ts'
import { checkLoop } from './verify/loop.ts'
import { checkLasting, checkSolutions, checkStarter } from './verify/suites.ts'
import {
  checkFormat,
  checkLint,
  checkNothingIsSkipped,
  checkStarterTypes,
  checkTypes,
} from './verify/tools.ts'
import { checkGivenCode, checkImportsGoDown, checkSameFiles, checkSizes } from './verify/trees.ts'
import { checkAlternatives, findAlternatives } from './verify/proof/alternatives.ts'
import { checkMistakes } from './verify/proof/mistakes.ts'
import { loadMistakes, oneForEachTest } from './lib/trees/mistakes.ts'
import { preparePython, WITH_PYTHON } from './lib/python.ts'
import { checkDiagnoses } from './verify/proof/diagnoses.ts'
import { loadForeign } from './verify/proof/foreign-mistakes.ts'
import { tellDiagnoses } from './verify/proof/tell-diagnoses.ts'
import { tellAlternatives } from './verify/proof/tell-alternatives.ts'
import { tellMistakes } from './verify/proof/tell-mistakes.ts'
import { parseWords, Usage, type Spec } from './lib/words.ts'

const SPEC: Spec = {
  command: 'verify',
  step: 'optional',
  words: ['mistakes', 'alternatives', 'diagnoses'],
  // The names of single mistakes.
  rest: /^[a-z0-9]+(-[a-z0-9]+)+$/,
}

export async function main(args: string[]): Promise<number> {
  const { step, words, rest } = parseWords(args, SPEC)
  if (words.length === 0 && (step !== undefined || rest.length > 0))
    throw new Usage(
      `Only mistakes, alternatives and diagnoses are looked at step by step: npm run verify mistakes ${step ?? 2}`,
    )
  if (findSteps().some(({ number }) => number === WITH_PYTHON)) await preparePython()
  if (words.includes('mistakes')) return tellMistakes(step, rest)
  if (words.includes('diagnoses')) return tellDiagnoses(step, rest)
  return words.includes('alternatives') ? tellAlternatives(step) : verify()
}

async function verify(): Promise<number> {
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

  // These take one core while the suites, which run one after another, take the other.
  const tools = inTurn([checkTypes, checkLint, checkFormat, checkGiven, checkAllDiagnoses])
  for (const check of [checkSameFiles, checkImportsGoDown, checkGivenCode, checkSizes]) count(check())
  for (const check of [checkNothingIsSkipped, checkLinks, checkCommands]) count(check())

  const solutions = await checkSolutions()
  count(solutions)
  count(checkHints(solutions.tests))
  for (const step of findSteps().slice(1)) count(await checkLasting(step))
  for (const finding of await starters()) count(finding)
  count(await checkLoop())
  count(await checkFuzz())
  const mistakes = await loadMistakes()
  for (const finding of await checkMistakes(oneForEachTest(mistakes), mistakes)) count(finding)
  for (const finding of await checkAlternatives(findAlternatives())) count(finding)
  for (const finding of await tools) count(finding)
  count(await checkStarterTypes())

  console.log(`\nThis took ${Math.round((performance.now() - began) / 1000)} s.`)
  if (notRun > 0)
    console.log(`${notRun} not run: this machine lacks what they need. npm run doctor says what that is.`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function checkAllDiagnoses(): Promise<Finding> {
  return checkDiagnoses(await loadForeign(), await loadMistakes())
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
