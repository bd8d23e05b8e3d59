// What `npm run serve` says of its server, in the learner's terms.
import type { ChosenApplication } from './application-words.ts'
import type { Step } from './catalogue.ts'
import { explainFailure } from './failure-text.ts'
import { ownPlace, showPlace } from './own-line.ts'
import type { News } from './served.ts'

const WAITING = 'Save a file and it starts again; Ctrl-C ends this.'
const SILENT =
  'The server has not answered for 3 s: is there a loop that never ends? Save a file to restart it.'

export interface Scene {
  step: Step
  /** Absolute paths: where the server's files lie, and the application's. */
  tree: string
  application: ChosenApplication | undefined
}

/** Gives the function that tells of one run after the other. */
export function teller(scene: Scene): (news: News) => void {
  const folders = [scene.tree, ...(scene.application ? [scene.application.folder] : [])]
  return (news) => {
    if (news.type === 'serving') {
      console.log(`Serving ${nameOf(scene)} at http://127.0.0.1:${news.port}/ (Ctrl-C stops it)`)
    } else if (news.type === 'todo') {
      const { step, move, stack } = news
      console.error(`TODO ${step}.${move} is still to be written.${placeIn(stack, folders)}`)
    } else if (news.type === 'silent') {
      console.error(SILENT)
    } else if (news.type === 'ended') {
      console.error(`The server ended by itself (${news.how}).\n${WAITING}`)
    } else if (news.type === 'refused') {
      console.error(`${news.message}${placeIn(news.cause, folders)}`)
    } else if (news.type !== 'alive') {
      // A TODO has been named already, and that says all that its error would.
      if (news.error.name !== 'Todo')
        console.error(`${headline(news)}\n${explainFailure(news.error, folders)}`)
      console.error(WAITING)
    }
  }
}

/** After a save by which the application does not load any more. */
export function tellWaiting(): void {
  console.error(WAITING)
}

function nameOf({ step, application }: Scene): string {
  return application === undefined
    ? `step ${step.number}`
    : `${application.words} on the server of step ${step.number}`
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
