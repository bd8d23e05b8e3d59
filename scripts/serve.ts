// npm run serve 4 [solution] [port=8000] [host=0.0.0.0]: runs the server of a step, and runs it again whenever a file is
// saved. From step 5 on it runs the application it is given: npm run serve 5 flaskapp:app [python=2]. From step 9 on it
// may be several processes: npm run serve 9 flaskapp:app workers=2 [log=off], or only load it: check.
import { join } from 'node:path'
import { nearest } from '#given/kit/failure/nearest.ts'
import {
  chooseApplication,
  EXAMPLE,
  FIRST_WITH_LOADER,
  serveWords,
  setUpOrRefuse,
} from './lib/application.ts'
import { learnersTree, theStep, treePath } from './lib/catalogue.ts'
import { portFrom, refuseTakenPort, USUAL_HOST } from './lib/machine/port.ts'
import { hostFrom } from './serve/address.ts'
import { chooseProcesses, PROCESS_KEYS, PROCESS_WORDS } from './serve/processes.ts'
import { check, run } from './serve/run.ts'
import type { Plan } from './serve/served.ts'
import { refuseMissingFiles } from './lib/trees/missing-files.ts'
import { parseWords, Usage, type Spec, type Words } from './lib/words.ts'

const WORDS = ['solution', ...PROCESS_WORDS]

export async function main(args: string[]): Promise<number> {
  const plan = planFrom(args)
  // Not each worker by itself.
  const { pythonFile, choice } = plan.application ?? {}
  if (pythonFile !== undefined && plan.processes) await setUpOrRefuse(pythonFile)
  if (plan.processes?.check) return check(plan)
  const { step, host, port, application } = plan
  const words = [step.number, application?.words, host !== USUAL_HOST && `host=${host}`].filter(Boolean)
  await refuseTakenPort(port, `npm run serve ${words.join(' ')}`, host)
  if (choice !== undefined) console.log(choice)
  return run(plan)
}

function planFrom(args: string[]): Plan {
  const said = parsed(args)
  const { step: number, words, values, rest } = said
  const step = theStep(number)
  const tree = words.includes('solution') ? treePath('solutions') : learnersTree
  const line = lineOf(step.number, rest)
  const plan = {
    step,
    tree,
    file: join(tree, step.folder, 'server.ts'),
    host: hostFrom(values['host'] ?? USUAL_HOST, line),
    port: portFrom(values['port'], line),
    application: chooseApplication(rest, values['python'], { step, tree }),
    processes: chooseProcesses(said, step),
  }
  refuseMissingFiles(tree, step)
  return plan
}

/** It is what `npm run say` calls it. */
function refuseApp(args: string[]): void {
  const given = args.find((arg) => arg.startsWith('app='))
  if (given === undefined) return
  const words = given.slice('app='.length)
  const application = words.includes(':') ? words : EXAMPLE
  const step = FIRST_WITH_LOADER
  throw new Usage(
    `Here an application goes without app=, from step ${step} on: npm run serve ${step} ${application}`,
  )
}

/** Where a step takes an application, a word that has no colon is one that lacks it. */
function parsed(args: string[]): Words {
  refuseApp(args)
  const keys = ['port', 'host', 'python', ...PROCESS_KEYS]
  const spec: Spec = { command: 'serve', step: 'required', words: WORDS, keys, rest: /:/, needs: serveWords }
  const said = parseWords(args, { ...spec, rest: /:|^(?!-)[^=]*$/ })
  const isSlip = said.rest.some((word) => nearest(word, WORDS) !== undefined)
  return isSlip || Number(said.step) < FIRST_WITH_LOADER ? parseWords(args, spec) : said
}

function lineOf(step: number, words: string[]): string {
  const line = words.length > 0 ? [step, ...words] : serveWords(step)
  return `npm run serve ${line.join(' ')}`
}
