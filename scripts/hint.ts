// npm run hint 3 [all]: the next hint of the test that fails. A question comes first, the answer last; nothing is
// ever locked.
import { findSteps, theStep, type Step } from './lib/catalogue.ts'
import { print, wrapMarkdown } from './lib/layout.ts'
import { hintOf, readHints, type Hint } from './lib/hints.ts'
import { findFailingTest } from './lib/suites/failing-test.ts'
import { keep, recall } from './lib/workshop-folder.ts'
import type { TestResult } from './lib/suites/results.ts'
import { parseWords } from './lib/words.ts'

/** How many hints have been shown, by step and test. */
const MEMORY = 'hints.json'

export async function main(args: string[]): Promise<number> {
  const { step: number, words } = parseWords(args, { command: 'hint', step: 'required', words: ['all'] })
  const step = theStep(number)
  const wantsAll = words.includes('all')
  const failing = await findFailingTest(step)
  if (!failing) return tellOfSuccess(step, wantsAll)
  const hint = hintOf(failing)
  if (!hint) {
    print(`There is no hint for "${failing.name}". The lesson: steps/${step.folder}/README.md`)
    return 0
  }
  print(`Step ${step.number}, ${failing.level} ${failing.move}: "${hint.test}"`)
  const places = hint.places.map(({ file, fn }) => `${file}, ${fn}`)
  print(`The place: exercises/${step.folder}/${places.join(', or ')}\n`)
  tellHints(hint, wantsAll, failing)
  return 0
}

/** Prints the next hint, or all of them. */
function tellHints({ test, hints, lesson }: Hint, all: boolean, { step, level }: TestResult): void {
  const upTo = all ? hints.length : countShown(`${step} ${test}`, hints.length)
  for (let index = all ? 0 : upTo - 1; index < upTo; index += 1)
    console.log(`Hint ${index + 1} of ${hints.length}\n${wrapMarkdown(hints[index] ?? '', '  ')}\n`)
  print(`The lesson: ${lesson}`)
  const again = `npm run step ${step}${level === 'strict' ? ' strict' : ''}`
  if (upTo < hints.length) print(`Next: ${again}, or once more npm run hint ${step}`)
  else print(`That was the last one. Next: ${again}, or npm run diff ${step} to compare`)
}

function tellOfSuccess({ number, folder }: Step, all: boolean): number {
  console.log(`Every test of step ${number} passes.`)
  if (!all) print(`Its hints are still there: npm run hint ${number} all, or steps/${folder}/hints.md`)
  for (const { test, hints } of all ? readHints(number) : [])
    console.log(
      `\n"${test}"\n${hints.map((hint, index) => wrapMarkdown(`${index + 1}. ${hint}`, '  ')).join('\n')}`,
    )
  console.log(`\nNext: npm run step ${number + 1 <= findSteps().length ? number + 1 : number}`)
  return 0
}

/** Counts one more hint as shown and gives the count. When that cannot be remembered, all are shown. */
function countShown(key: string, most: number): number {
  const shown = recall<Record<string, number>>(MEMORY)
  const count = Math.min((Number(shown[key]) || 0) + 1, most)
  return keep(MEMORY, { ...shown, [key]: count }) ? count : most
}
