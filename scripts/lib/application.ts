// The application that a command is to run, from step 5 on: `module:callable`, and for Python how many processes.
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  choiceOf,
  findModule,
  splitWords,
  usualPlaces,
  type FoundModule,
} from '#given/05-framework-apps/loader/find-module.ts'
import { LoadError } from '#given/05-framework-apps/load-error.ts'
import { interpreterFor } from '#given/05-framework-apps/python/setup/own-environment.ts'
import { PythonMissing } from '#given/05-framework-apps/python/setup/python-missing.ts'
import { listed, nearest } from '#given/kit/failure/nearest.ts'
import { root, theStep, type Step } from './catalogue.ts'
import { Refusal, Usage } from './words.ts'

/** From this step on, the server runs whatever application it is given. */
export const FIRST_WITH_LOADER = 5
/** The first step whose server runs applications. */
const FIRST_WITH_APPLICATIONS = 4
/** One that every machine can run. */
export const EXAMPLE = 'honoapp:app'
/** More processes than this are a slip of the pen. */
const MOST_PROCESSES = 64

export interface ChosenApplication {
  /** As typed. */
  words: string
  /** Python processes. */
  python: number
  /** Where its module is looked for. */
  places: string[]
  /** The `server.ts` that loads it: the one of step 5, for all steps. */
  loader: string
  /** The folder that its module has been found in, or of a dotted name the place. */
  folder: string
  /** Its file, where that is one in Python. */
  pythonFile: string | undefined
  /** Which file was taken, where there were several. */
  choice: string | undefined
}

/** What `npm run serve` has to be told for this step: the server of step 5 alone has no application of its own. */
export function serveWords(step: number): string[] {
  return [String(step), ...(step === FIRST_WITH_LOADER ? [EXAMPLE] : [])]
}

/** What a step's server is to run; undefined for its own application. Throws a Usage or a Refusal. */
export function chooseApplication(
  [words, another]: string[],
  python: string | undefined,
  { step, tree }: { step: Step; tree: string },
): ChosenApplication | undefined {
  if (another !== undefined) throw new Usage(`One application at a time, not ${words} and ${another}.`)
  if (step.number < FIRST_WITH_LOADER) return refuse(words ?? (python && `python=${python}`), step)
  if (words === undefined && python === undefined && step.number > FIRST_WITH_LOADER) return undefined
  if (words === undefined) throw new Refusal(nothingProvided(step))
  const places = usualPlaces()
  const found = locate(words, places)
  const { file, isPython, dotted } = found
  if (python !== undefined && !isPython)
    throw new Usage(`python= is for applications in Python; ${words} is none. Leave python=${python} out.`)
  return {
    words,
    python: countFrom('python', python ?? '1', `npm run serve ${step.number} ${words}`),
    places,
    loader: loaderIn(tree),
    folder: realpathSync(dotted?.place ?? dirname(file)),
    pythonFile: isPython ? file : undefined,
    choice: choiceOf(words, found),
  }
}

/** What the kit's host is told of an application: one of the suite by its name, or any that the loader finds. */
export type HostedApplication = { file: string; name: string } | { words: string; loader: string }

/** What `app=` names, made ready. Throws a Usage or a Refusal. */
export async function applicationFor(
  name: string | undefined,
  { step, tree }: { step: Step; tree: string },
): Promise<HostedApplication | undefined> {
  if (name === undefined) return undefined
  if (step.number < FIRST_WITH_APPLICATIONS)
    throw new Usage(`The server of step ${step.number} runs no applications: leave app=${name} out.`)
  if (step.number >= FIRST_WITH_LOADER && name.includes(':')) {
    // The host would not be given the time that the first set-up takes.
    const { file, isPython } = locate(name, usualPlaces())
    if (isPython) await setUpOrRefuse(file)
    return { words: name, loader: loaderIn(tree) }
  }
  const file = join(root, 'steps', step.folder, 'applications.ts')
  // It loads a parser, and most servers are started without a name.
  const { readExports } = await import('./trees/modules.ts')
  // The others are values that applications and tests share.
  const names = readExports(file).names.filter((exported) => /^[a-z]/.test(exported))
  if (names.includes(name)) return { file, name }
  throw new Usage(noSuchApplication(name, names, step))
}

function noSuchApplication(name: string, names: string[], { number }: Step): string {
  const hasLoader = number >= FIRST_WITH_LOADER
  const near = nearest(name, names) ?? (hasLoader && isModule(name) ? `${name}:app` : undefined)
  const what =
    name === '' ? 'app= wants the name of an application.' : `Step ${number} has no application "${name}".`
  if (near !== undefined) return `${what} Did you mean app=${near}?`
  const any = hasLoader
    ? `, or any module:callable, such as app=${EXAMPLE}`
    : `; a module:callable can be named from step ${FIRST_WITH_LOADER} on`
  return `${what} The suite of step ${number} has ${listed(names)}${any}.`
}

function isModule(name: string): boolean {
  try {
    return name !== '' && findModule(name, usualPlaces()).file !== ''
  } catch {
    return false
  }
}

/** Sets up the Python for this file where that has not been done. Throws a Refusal where it cannot be. */
export async function setUpOrRefuse(file: string): Promise<string> {
  return interpreterFor(file, console.error).catch((error: unknown) => {
    throw error instanceof PythonMissing ? new Refusal(error.message) : error
  })
}

/** The `server.ts` of a tree that loads applications, for the servers of all its steps. */
export function loaderIn(tree: string): string {
  return join(tree, theStep(FIRST_WITH_LOADER).folder, 'server.ts')
}

function locate(words: string, places: string[]): FoundModule {
  try {
    return findModule(splitWords(words).module, places)
  } catch (error) {
    throw error instanceof LoadError ? new Refusal(error.message) : error
  }
}

function refuse(given: string | undefined, { number }: Step): undefined {
  if (given === undefined) return
  throw new Usage(
    `The server of step ${number} runs its own application; "${given}" can be given ` +
      `from step ${FIRST_WITH_LOADER} on: npm run serve ${number}`,
  )
}

/** The first line is the article's own. */
function nothingProvided({ number }: Step): string {
  return `Provide a WSGI application object as module:callable\nFor example: npm run serve ${number} ${EXAMPLE}`
}

/** How many processes `key=text` asks for. `line` is the command, to which it can be added. Throws a Usage. */
export function countFrom(key: string, text: string, line: string, advice = ''): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_PROCESSES) return count
  const range = `from 1 to ${MOST_PROCESSES}`
  throw new Usage(`${key}= is a number of processes, ${range}, not "${text}"${advice}: ${line} ${key}=2`)
}
