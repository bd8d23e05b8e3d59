// npm run verify: what keeps the workshop honest. It looks at solutions/, steps/, scripts/ and the documents, and never
// at what a learner wrote in exercises/, so it stays green in a learner's clone. `npm run verify all` proves the proofs
// besides: wrong servers are caught, right ones pass, diagnoses are true. `npm run verify mistakes 2` looks only at the
// wrong servers of step 2, each in a line; `alternatives` at the right ones, `diagnoses` at what is said of mistakes in
// those.
import { findSteps, theStep } from './lib/catalogue.ts'
import { sideBySide } from './lib/lanes.ts'
import { preparePython, WITH_PYTHON } from './lib/machine/python.ts'
import { loadMistakes, oneForEachTest } from './lib/trees/mistakes.ts'
import { parseWords, Usage, type Spec } from './lib/words.ts'
import { checkCommands, checkHints, checkLinks } from './verify/docs.ts'
import { tell, type Finding } from './verify/finding.ts'
import { checkFuzz } from './verify/fuzz.ts'
import { checkGiven } from './verify/given.ts'
import { checkImports, checkRooms } from './verify/imports.ts'
import { checkLoop } from './verify/loop.ts'
import { checkAlternatives, findAlternatives } from './verify/proof/alternatives.ts'
import { checkDiagnoses } from './verify/proof/diagnoses.ts'
import { loadForeign } from './verify/proof/foreign-mistakes.ts'
import { checkMistakes } from './verify/proof/mistakes.ts'
import { tellAlternatives, tellDiagnoses, tellMistakes } from './verify/proof/tell.ts'
import { checkRoad, checkSameExports } from './verify/road.ts'
import { checkLasting, checkSolutions, checkStarters } from './verify/suites.ts'
import { checkNothingIsSkipped, checkStarterTypes, TOOLS } from './verify/tools.ts'
import { checkSameFiles, checkSizes } from './verify/trees.ts'

const PROOFS = { mistakes: tellMistakes, alternatives: tellAlternatives, diagnoses: tellDiagnoses }

const SPEC: Spec = {
  command: 'verify',
  step: 'optional',
  words: ['all', ...Object.keys(PROOFS)],
  // The names of single mistakes.
  rest: /^[a-z0-9]+(-[a-z0-9]+)+$/,
}

export async function main(args: string[]): Promise<number> {
  const { step, words, rest } = parseWords(args, SPEC)
  const [proof] = Object.entries(PROOFS).filter(([name]) => words.includes(name))
  if (proof === undefined && (step !== undefined || rest.length > 0))
    throw new Usage(
      `Only mistakes, alternatives and diagnoses are looked at step by step: npm run verify mistakes ${step ?? 2}`,
    )
  const steps = step === undefined ? findSteps() : [theStep(step)]
  if (steps.some(({ number }) => number === WITH_PYTHON)) await preparePython()
  if (proof !== undefined) return proof[1]({ steps, names: rest })
  return verify(words.includes('all'))
}

async function verify(all: boolean): Promise<number> {
  const began = performance.now()
  const findings: Finding[] = []
  const add: Add = (...found) => {
    for (const finding of found) tell(finding)
    findings.push(...found)
  }
  const count = (what: 'passed' | 'failed' | 'notRun') =>
    findings.reduce((sum, finding) => sum + (finding[what] ?? 0), 0)
  // These take one core while the suites, which run one after another, take the other.
  const others = [...TOOLS, checkGiven, ...(all ? [checkAllDiagnoses] : [])]
  const tools = sideBySide(1, others, (check) => check())
  add(checkSameFiles(), checkRooms(), checkSizes(), checkNothingIsSkipped())
  add(...checkImports(), checkLinks(), checkCommands(), checkSameExports())
  await runSuites(add)
  add(...(await tools))
  const untried = all ? await proveProofs(add) : PROVED_BY_ALL
  console.log(`\nThis took ${Math.round((performance.now() - began) / 1000)} s.`)
  console.log(`Not tried here: ${untried}`)
  const notRun = count('notRun')
  if (notRun > 0)
    console.log(`${notRun} not run: this machine lacks what they need. npm run doctor says what that is.`)
  console.log(`${count('passed')} passed, ${count('failed')} failed`)
  return count('failed') === 0 ? 0 : 1
}

type Add = (...found: Finding[]) => void

async function runSuites(add: Add): Promise<void> {
  const solutions = await checkSolutions()
  add(solutions, checkHints(solutions.tests))
  await checkLasting(add)
  add(...(await checkStarters()))
  add(await checkStarterTypes(), await checkRoad())
  add(await checkFuzz())
}

const PROVED_BY_ALL = 'mistakes, alternatives, diagnoses and broken servers (npm run verify all).'

/** Gives what it leaves out, in words. */
async function proveProofs(add: Add): Promise<string> {
  const mistakes = await loadMistakes()
  const tried = oneForEachTest(mistakes)
  add(await checkLoop())
  add(...(await checkMistakes(tried)))
  add(...(await checkAlternatives(findAlternatives())))
  const others = mistakes.length - tried.length
  return `${others} of ${mistakes.length} mistakes (npm run verify mistakes), mutants (npm run mutants).`
}

async function checkAllDiagnoses(): Promise<Finding> {
  return checkDiagnoses(await loadForeign(), await loadMistakes(), 1)
}
