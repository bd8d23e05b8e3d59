// What `npm run serve` says of its server, in the learner's terms.
import { sites } from '#given/05-framework-apps/routes.ts'
import { originOf, warningOf } from './address.ts'
import { shown } from '../lib/catalogue.ts'
import { explainFailure } from '../lib/suites/failure-text.ts'
import { ownPlace, showPlace } from '../lib/suites/own-line.ts'
import type { News, Plan } from './served.ts'

/** There is no server any more. */
export const WAITING = 'Save a file and it starts again; Ctrl-C ends this.'
const STOPPING = '\nStopping: what has been asked is being answered. Ctrl-C again ends it at once.'
const STOPPING_AT_ONCE = '\nStopping.'
export const CUT_OFF = '\nEnding at once: whoever still waits for an answer is cut off.'
const SILENT =
  'The server has not answered for 3 s: is there a loop that never ends? Save a file to restart it.'

/** From step 9 on, a server that serves finishes what it has begun. */
export function sayStopping({ processes }: Plan, isServing: boolean): void {
  console.log(processes && isServing ? STOPPING : STOPPING_AT_ONCE)
}

/** Where the applications lie that the workshop gives. */
const GIVEN = 'steps/05-framework-apps/apps'

/** Gives the function that tells of one run after the other. */
export function teller(plan: Plan): (news: News) => void {
  const folders = [plan.tree, ...(plan.application ? [plan.application.folder] : [])]
  return (news) => {
    if (news.type === 'serving') tellServing(plan, news.port, news.pid)
    if (news.type === 'reloaded') console.log('Reloaded: every worker has been replaced.')
    if (news.type === 'checked')
      console.log(`${plan.application?.words} loads: the server of step ${plan.step.number} can run it.`)
    if (news.type === 'silent') console.error(SILENT)
    if (news.type === 'ended') console.error(`The server ended by itself (${news.how}).`)
    if (news.type === 'todo')
      console.error(`TODO ${news.step}.${news.move} is still to be written.${placeIn(news.stack, folders)}`)
    if (news.type === 'refused') console.error(`${news.message}${placeIn(news.cause, folders)}`)
    if (news.type === 'not reloaded')
      console.error(`${news.message}${placeIn(news.cause, folders)}\nThe old workers go on serving.`)
    // A TODO has been named already, and that says all that its error would.
    if ('error' in news && news.error.name !== 'Todo')
      console.error(`${headline(news)}\n${explainFailure(news.error, folders)}`)
  }
}

function tellServing(plan: Plan, port: number, pid: number): void {
  const where = `${originOf(plan.host, port)}${frontPage(plan)}`
  console.log(`Serving ${nameOf(plan)} at ${where} (Ctrl-C stops it)`)
  const warning = warningOf(plan.host, port)
  if (warning !== undefined) console.log(warning)
  const workers = plan.processes?.workers
  if (workers === undefined) return
  // Windows has no such signal.
  const signal = process.platform === 'win32' ? '' : `: kill -HUP ${pid} reloads the application`
  console.log(`${workers === 1 ? '1 worker' : `${workers} workers`}, looked after by process ${pid}${signal}`)
}

function nameOf({ step, application }: Plan): string {
  return application === undefined
    ? `step ${step.number}`
    : `${application.words} on the server of step ${step.number}`
}

/** The path of a page to begin with: the applications that are given have none at `/`. */
function frontPage({ application }: Plan): string {
  if (application === undefined || shown(application.folder) !== GIVEN) return '/'
  return sites.some(({ name }) => application.words === `${name}:app`) ? '/hello' : '/'
}

function placeIn(stack: string, folders: string[]): string {
  const place = ownPlace(stack, folders)
  return place ? `\n${showPlace(place)}` : ''
}

function headline(news: News & { type: 'start' | 'crash' }): string {
  if (news.type === 'start') return 'The server could not be started.'
  return news.rejection
    ? 'The server crashed: a promise was rejected and nobody caught it.'
    : 'The server crashed: an error was thrown and nobody caught it.'
}
