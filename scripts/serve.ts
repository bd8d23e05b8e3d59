// npm run serve 4 [solution] [port=8000]: runs the server of a step, and runs it again whenever a file is saved.
import { join, resolve } from 'node:path'
import { learnersTree, theStep, treePath, type Step } from './lib/catalogue.ts'
import { explainFailure } from './lib/failure-text.ts'
import { ownPlace, showPlace } from './lib/own-line.ts'
import { portFault } from './lib/port.ts'
import { serve, type News } from './lib/served.ts'
import { watchFolders } from './lib/watch-folders.ts'
import { refuseMissingFiles } from './lib/whole.ts'
import { parseWords, Refusal, Usage, type Spec } from './lib/words.ts'

const HOST = '127.0.0.1'
const USUAL_PORT = 8888
/** From this step on, the server runs whatever application it is given. */
const FIRST_WITH_APPLICATIONS = 5

interface Plan {
  step: Step
  tree: string
  file: string
  port: number
  application: string | undefined
}

export async function main(args: string[]): Promise<number> {
  const plan = planFrom(args)
  await refuseTakenPort(plan)
  return new Promise((done) => run(plan, done))
}

function planFrom(args: string[]): Plan {
  const spec: Spec = { command: 'serve', step: 'required', words: ['solution'], keys: ['port'], rest: /:/ }
  const { step: number, words, values, rest } = parseWords(args, spec)
  const step = theStep(number)
  const tree = words.includes('solution') ? treePath('solutions') : learnersTree
  const file = join(tree, step.folder, 'server.ts')
  refuseMissingFiles(tree, step)
  return {
    step,
    tree,
    file,
    port: portFrom(values['port'], step.number),
    application: applicationFrom(rest, step.number),
  }
}

function portFrom(text: string | undefined, step: number): number {
  if (text === undefined) return USUAL_PORT
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Usage(`A port is a number from 0 to 65535, not "${text}": npm run serve ${step} port=8000`)
}

/** `module:callable`, with the module taken from the folder the learner stands in. */
function applicationFrom([words, another]: string[], step: number): string | undefined {
  if (words === undefined) return undefined
  if (another) throw new Usage(`One application at a time, not ${words} and ${another}.`)
  if (step < FIRST_WITH_APPLICATIONS) {
    throw new Usage(
      `The server of step ${step} runs its own application; "${words}" can be given ` +
        `from step ${FIRST_WITH_APPLICATIONS} on: npm run serve ${step}`,
    )
  }
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), words)
}

async function refuseTakenPort({ port, step }: Plan): Promise<void> {
  const fault = await portFault(port)
  if (!fault) return
  const another = `npm run serve ${step.number} port=${port === USUAL_PORT ? 8889 : USUAL_PORT}`
  if (fault.code === 'EADDRINUSE') {
    throw new Refusal(`Port ${port} is taken. Stop the program that has it, or choose another: ${another}`)
  }
  if (fault.code === 'EACCES')
    throw new Refusal(`Port ${port} is not for ordinary users; choose another: ${another}`)
  throw new Refusal(`Port ${port} cannot be had (${fault.message}); choose another: ${another}`)
}

/** Serves, restarts on save, and ends with the first signal. */
function run(plan: Plan, done: (code: number) => void): void {
  const tell = teller(plan)
  let current = serve(plan, tell)
  let busy: Promise<unknown> = Promise.resolve()
  const stopWatching = watchFolders(plan.tree, () => {
    busy = busy.then(async () => {
      await current.stop()
      console.log('\nSaved: restarting the server.')
      current = serve(plan, tell)
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

/** A SIGTERM sent to npm ends npm and its shell, and never reaches us: we only find that our parent is gone. */
function whenAbandoned(end: () => void): NodeJS.Timeout | undefined {
  if (!process.env['npm_lifecycle_event']) return undefined
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && end(), 500)
}

/** Says what became of the server, in the learner's terms. */
function teller({ step, tree }: Plan): (news: News) => void {
  const waiting = 'Save a file and it starts again; Ctrl-C ends this.'
  return (news) => {
    if (news.type === 'serving') {
      console.log(`Serving step ${step.number} at http://${HOST}:${news.port}/ (Ctrl-C stops it)`)
    } else if (news.type === 'todo') {
      const place = ownPlace(news.stack, tree)
      console.error(
        `TODO ${news.step}.${news.move} is still to be written.${place ? `\n${showPlace(place)}` : ''}`,
      )
    } else if (news.type === 'silent') {
      console.error(
        'The server has not answered for 3 s: is there a loop that never ends? Save a file to restart it.',
      )
    } else if (news.type === 'ended') {
      console.error(`The server ended by itself (${news.how}).\n${waiting}`)
    } else if (news.type !== 'alive') {
      // A TODO has been named already, and that says all that its error would.
      if (news.error.name !== 'Todo') console.error(`${headline(news)}\n${explainFailure(news.error, tree)}`)
      console.error(waiting)
    }
  }
}

function headline(news: News & { type: 'start' | 'crash' }): string {
  if (news.type === 'start') return 'The server could not be started.'
  return news.rejection
    ? 'The server crashed: a promise was rejected and nobody caught it.'
    : 'The server crashed: an error was thrown and nobody caught it.'
}
