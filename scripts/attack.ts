// npm run attack [solution] [8]: attacks a server in many ways, and prints what came of each.
import { join } from 'node:path'
import { catalogue } from './attack/catalogue.ts'
import { Arena, type Report } from './attack/run.ts'
import { HEADING, rowOf, showRow } from './attack/table.ts'
import { findSteps, learnersTree, theStep, treePath, type Step } from './lib/catalogue.ts'
import { keepFigures } from './lib/figures.ts'
import { bold, faint } from './lib/ink.ts'
import { firstUnwritten } from './lib/trees/starters.ts'
import { refuseMissingFiles } from './lib/trees/missing-files.ts'
import { parseWords, Refusal, Usage, type Spec } from './lib/words.ts'

const SPEC: Spec = { command: 'attack', step: 'optional', words: ['solution'] }
/** The first floor that is meant to hold. The one below can be attacked as well, to see it fall. */
const FIRST = 8
/** ms after which no further attack is begun. */
const LIMIT = 45_000

export async function main(args: string[]): Promise<number> {
  const { step: number, words } = parseWords(args, SPEC)
  const isSolution = words.includes('solution')
  const tree = isSolution ? treePath('solutions') : learnersTree
  const step = number === undefined ? highest(tree) : chosen(number)
  refuseMissingFiles(tree, step)
  const whose = isSolution ? 'the solution' : 'your server'
  console.log(`Attacking ${whose} of step ${step.number}, whose deadlines are half a second here.\n`)
  const reports = await attackAll(join(tree, step.folder, 'server.ts'))
  keepFigures('attack', {
    title: `${catalogue.length} attacks on ${whose} of step ${step.number}`,
    command: ['npm run attack', ...args].join(' '),
    columns: HEADING,
    rows: reports.map(rowOf),
  })
  return conclude(reports, step)
}

/** The highest floor that has been written. */
function highest(tree: string): Step {
  const unwritten = firstUnwritten(tree)?.number ?? Infinity
  const floor = findSteps().findLast(({ number }) => number >= FIRST && number < unwritten)
  if (floor !== undefined) return floor
  throw new Refusal(
    `These attacks are for servers of step ${FIRST}, and in yours step ${unwritten} is still to be written: ` +
      `npm run step ${unwritten}. Or see the solution attacked: npm run attack solution`,
  )
}

function chosen(number: number): Step {
  if (number >= FIRST - 1) return theStep(number)
  throw new Usage(`These attacks need a server of step ${FIRST - 1} or later: npm run attack ${FIRST}`)
}

/** Attacks the server, and prints a row for each attack. */
async function attackAll(server: string): Promise<Report[]> {
  const deadline = Date.now() + LIMIT
  const reports: Report[] = []
  const arena = new Arena(server)
  console.log(faint(showRow(HEADING)))
  try {
    for (const attack of catalogue) {
      if (Date.now() > deadline) break
      const report = await arena.run(attack)
      reports.push(report)
      console.log(showRow(rowOf(report)))
    }
    return reports
  } catch (error) {
    if (error instanceof Error && error.name === 'Todo')
      throw new Refusal(`${error.message}. See the solution attacked: npm run attack solution`)
    throw error
  } finally {
    await arena.end()
  }
}

function conclude(reports: Report[], step: Step): number {
  const fallen = reports.filter(({ faults }) => faults.length > 0)
  for (const [fault, names] of byFault(fallen)) {
    console.log(`\n${bold(fault)}`)
    for (const name of names) console.log(`  ${name}`)
  }
  const missing = catalogue.length - reports.length
  if (missing > 0) console.log(`\nThe last ${missing} were left out, since the others took so long.`)
  console.log(`\nIt held against ${reports.length - fallen.length} of ${catalogue.length} attacks.`)
  const isSound = fallen.length === 0 && missing === 0
  // Whoever attacks the floor below has the deadlines still to write.
  const next = step.number < FIRST ? `${FIRST}` : `${step.number} strict`
  if (!isSound) console.log(`Next: ${bold(`npm run step ${next}`)}`)
  return isSound ? 0 : 1
}

/** What went wrong, each with the attacks that it befell. */
function byFault(fallen: Report[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { attack, faults } of fallen)
    for (const fault of faults) found.set(fault, [...(found.get(fault) ?? []), attack.name])
  return found
}
