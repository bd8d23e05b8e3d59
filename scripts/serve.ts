// npm run serve 4 [solution] [port=8000]: runs the server of a step, and runs it again whenever a file is saved. From
// step 5 on it runs the application it is given: npm run serve 5 flaskapp:app [python=2].
import { join } from 'node:path'
import { nearest } from '#given/kit/nearest.ts'
import {
  chooseApplication,
  EXAMPLE,
  FIRST_WITH_LOADER,
  serveWords,
  type ChosenApplication,
} from './lib/application-words.ts'
import { learnersTree, theStep, treePath, type Step } from './lib/catalogue.ts'
import { portFault } from './lib/port.ts'
import { teller, tellWaiting } from './lib/serve-teller.ts'
import { serve, type News } from './lib/served.ts'
import { watchFolders } from './lib/watch-folders.ts'
import { refuseMissingFiles } from './lib/whole.ts'
import { parseWords, Refusal, Usage, type Spec, type Words } from './lib/words.ts'

const USUAL_PORT = 8888
const WORDS = ['solution']

interface Plan {
  step: Step
  tree: string
  file: string
  port: number
  application: ChosenApplication | undefined
}

export async function main(args: string[]): Promise<number> {
  const plan = planFrom(args)
  await refuseTakenPort(plan)
  return new Promise((done) => run(plan, done))
}

function planFrom(args: string[]): Plan {
  const { step: number, words, values, rest } = parsed(args)
  const step = theStep(number)
  const tree = words.includes('solution') ? treePath('solutions') : learnersTree
  refuseMissingFiles(tree, step)
  return {
    step,
    tree,
    file: join(tree, step.folder, 'server.ts'),
    port: portFrom(values['port'], step.number, rest),
    application: chooseApplication(rest, values['python'], { step, tree }),
  }
}

/** It is what `npm run say` calls it. */
function refuseApp(args: string[]): void {
  const given = args.find((arg) => arg.startsWith('app='))
  if (given === undefined) return
  const words = given.slice('app='.length)
  const application = words.includes(':') ? words : EXAMPLE
  throw new Usage(`Here an application goes without app=, from step 5 on: npm run serve 5 ${application}`)
}

/** Where a step takes an application, a word that has no colon is one that lacks it. */
function parsed(args: string[]): Words {
  refuseApp(args)
  const keys = ['port', 'python']
  const spec: Spec = { command: 'serve', step: 'required', words: WORDS, keys, rest: /:/, needs: serveWords }
  const said = parseWords(args, { ...spec, rest: /:|^(?!-)[^=]*$/ })
  const isSlip = said.rest.some((word) => nearest(word, WORDS) !== undefined)
  return isSlip || Number(said.step) < FIRST_WITH_LOADER ? parseWords(args, spec) : said
}

function portFrom(text: string | undefined, step: number, words: string[]): number {
  if (text === undefined) return USUAL_PORT
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  const line = words.length > 0 ? [step, ...words] : serveWords(step)
  throw new Usage(
    `A port is a number from 0 to 65535, not "${text}": npm run serve ${line.join(' ')} port=8000`,
  )
}

async function refuseTakenPort({ port, step, application }: Plan): Promise<void> {
  const fault = await portFault(port)
  if (!fault) return
  const words = application === undefined ? '' : ` ${application.words}`
  const another = `npm run serve ${step.number}${words} port=${port === USUAL_PORT ? 8889 : USUAL_PORT}`
  if (fault.code === 'EADDRINUSE') {
    throw new Refusal(`Port ${port} is taken. Stop the program that has it, or choose another: ${another}`)
  }
  if (fault.code === 'EACCES')
    throw new Refusal(`Port ${port} is not for ordinary users; choose another: ${another}`)
  throw new Refusal(`Port ${port} cannot be had (${fault.message}); choose another: ${another}`)
}

/** Serves, restarts on save, and ends with the first signal, or when the application does not load to begin with. */
function run(plan: Plan, done: (code: number) => void): void {
  const tell = teller(plan)
  let saves = 0
  const hear = (news: News) => {
    tell(news)
    if (news.type === 'refused' && saves > 0) tellWaiting()
    else if (news.type === 'refused') void end(1)
  }
  let current = serve(plan, hear)
  let busy: Promise<unknown> = Promise.resolve()
  const stopWatching = watchFolders(foldersOf(plan), () => {
    busy = busy.then(async () => {
      await current.stop()
      saves++
      console.log('\nSaved: restarting the server.')
      current = serve(plan, hear)
    })
  })
  const end = async (code: number) => {
    stopWatching()
    clearInterval(guard)
    await busy
    await current.stop()
    done(code)
  }
  const guard = whenAbandoned(() => void end(143))
  process.once('SIGINT', () => void end(0))
  process.once('SIGTERM', () => void end(143))
  process.once('SIGHUP', () => void end(129))
}

function foldersOf({ tree, application }: Plan): string[] {
  return application === undefined ? [tree] : [tree, application.folder]
}

/** A SIGTERM sent to npm ends npm and its shell, and never reaches us: we only find that our parent is gone. */
function whenAbandoned(end: () => void): NodeJS.Timeout | undefined {
  if (!process.env['npm_lifecycle_event']) return undefined
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && end(), 500)
}
