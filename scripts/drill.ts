// npm run drill [7] [port=8000]: serves a server with one mistake in it, to be found from the wire. npm run drill b: the
// answer. The mistakes are those of the steps that are finished; the score is kept in .workshop/.
import { learnersTree, theStep } from './lib/catalogue.ts'
import { finishedSteps, pickDrill, planOf, STEPS_WITH_APPLICATIONS, type Drill } from './drill/drill.ts'
import { countAnswer, keepDrill, openDrill, scoreInWords } from './drill/score.ts'
import { bold, faint, marks } from './lib/ink.ts'
import { portFrom, refuseTakenPort } from './lib/machine/port.ts'
import { run } from './serve/run.ts'
import { parseWords, Refusal, Usage, type Spec } from './lib/words.ts'

const LETTERS = ['a', 'b', 'c', 'd']
const SPEC: Spec = { command: 'drill', step: 'optional', words: LETTERS, keys: ['port'] }

export async function main(args: string[]): Promise<number> {
  const { step, words, values } = parseWords(args, SPEC)
  const [letter] = words
  return letter === undefined ? begin(step, values['port']) : answer(letter)
}

async function begin(number: number | undefined, text: string | undefined): Promise<number> {
  const line = number === undefined ? 'npm run drill' : `npm run drill ${number}`
  const port = portFrom(text, line)
  await refuseTakenPort(port, line)
  const steps = number === undefined ? finishedSteps(learnersTree) : [theStep(number)]
  // One that was begun and not answered stays: to begin anew would be a way round it.
  const drill = openDrill() ?? (await pickDrill(steps))
  keepDrill(drill)
  tell(drill, port)
  return run(await planOf(drill, learnersTree, port))
}

function tell({ step, suspects }: Drill, port: number): void {
  console.log(
    `${bold(`One mistake of step ${step} is in the server below.`)} Whoever wrote it believes one of these:\n`,
  )
  for (const [index, { misconception }] of suspects.entries())
    console.log(`  ${LETTERS[index]}  ${misconception}`)
  console.log(
    `\nFind out which from the wire alone, in a second terminal: curl, or npm run say ${step} "GET / HTTP/1.1" port=${port}`,
  )
  if (STEPS_WITH_APPLICATIONS.includes(step))
    console.log(`Below /NAME/ it runs the application NAME of steps/${theStep(step).folder}/applications.ts.`)
  console.log(`Then say so: ${answersTo(suspects)}`)
  console.log(faint(`${scoreInWords()}\n`))
}

function answersTo({ length }: unknown[]): string {
  return `npm run drill ${LETTERS.slice(0, length).join(', or ')}`
}

function answer(letter: string): number {
  const drill = openDrill()
  if (drill === undefined) throw new Refusal('There is no drill to answer. Begin one: npm run drill')
  const { suspects, culprit, step } = drill
  const said = suspects[LETTERS.indexOf(letter)]
  if (said === undefined)
    throw new Usage(`There are ${suspects.length} to choose from: ${answersTo(suspects)}`)
  const right = suspects.find(({ name }) => name === culprit) ?? said
  const isRight = said.name === culprit
  countAnswer(isRight)
  console.log(`${isRight ? `${marks.pass()} Yes` : `${marks.fail()} No`}: it was ${right.looksLike}.`)
  console.log(`What shows it: the test "${right.test}" of step ${step}.`)
  console.log(scoreInWords())
  console.log(`\nNext: ${bold(`npm run drill ${step}`)}, once the server of this one is stopped (Ctrl-C)`)
  return isRight ? 0 : 1
}
