// npm run doctor: what the workshop needs from this machine, what is missing, and how to get it. `npm run doctor python`
// installs the Python frameworks of step 5, and the Python servers that `npm run matrix` compares with.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { watch } from 'chokidar'
import {
  PythonMissing,
  readyPython,
  setUpServers,
} from '#given/05-framework-apps/python/setup/environment.ts'
import { findPython } from '#given/05-framework-apps/python/setup/find-python.ts'
import { findBrowser } from '#given/kit/wire/browser.ts'
import { root } from './lib/catalogue.ts'
import { marks } from './lib/ink.ts'
import { print, wrap } from './lib/layout.ts'
import { portFault } from './lib/machine/port.ts'
import { howToGet } from '#given/kit/how-to-get.ts'
import { packages, versionOf } from './lib/machine/programs.ts'
import { asMissing, WITH_PYTHON } from './lib/machine/python.ts'
import { atMost } from './lib/time.ts'
import { parseWords, Refusal } from './lib/words.ts'

interface Diagnosis {
  /** One can go on without what is not, for now: a Node that is too old does not come this far. */
  isThere: boolean
  says: string
}

const fine = (says: string): Diagnosis => ({ isThere: true, says })
const lacking = (says: string): Diagnosis => ({ isThere: false, says })

/** How long, in ms, the system may take to report a saved file. */
const WATCH_PATIENCE = 3000

const PORT = 8888
const looks: Record<string, () => Promise<Diagnosis>> = {
  Node: async () => fine(process.versions.node),
  '.workshop': memory,
  [`port ${PORT}`]: port,
  'file watching': watching,
  Python: python,
  git: () => program('git', 'to keep your work in'),
  curl: () => program('curl', 'for some tests and tries'),
  browser,
}

export async function main(args: string[]): Promise<number> {
  const { words } = parseWords(args, { command: 'doctor', words: ['python'] })
  if (words.includes('python')) return installPython()
  const diagnoses = await Promise.all(
    Object.entries(looks).map(async ([what, look]) => ({ what, ...(await look()) })),
  )
  for (const { what, isThere, says } of diagnoses)
    console.log(wrap(says, `${isThere ? marks.pass() : marks.todo()} ${what.padEnd(14)} `).join('\n'))
  if (diagnoses.every(({ isThere }) => isThere)) print('\nEverything is there. Next: npm run step')
  else print('\nYou can begin; what is marked ○ can wait. Next: npm run step')
  return 0
}

/** Saved work, hints and progress are kept there. */
async function memory(): Promise<Diagnosis> {
  try {
    rmSync(makeFolder(), { recursive: true })
    return fine('can be written: progress and saved work are kept there')
  } catch {
    return lacking('cannot be written: progress is forgotten, and reset refuses. Mend its permissions.')
  }
}

function makeFolder(): string {
  const folder = join(root, '.workshop')
  mkdirSync(folder, { recursive: true })
  return mkdtempSync(join(folder, 'doctor-'))
}

async function port(): Promise<Diagnosis> {
  if (!(await portFault(PORT))) return fine('free')
  return lacking('taken: stop the program that has it, or say another one: npm run serve 1 port=8889')
}

/** Saves a file and waits to be told. */
async function watching(): Promise<Diagnosis> {
  let folder: string
  try {
    folder = makeFolder()
  } catch {
    return lacking('not tried, since .workshop cannot be written')
  }
  const took = await timeToReport(folder)
  rmSync(folder, { recursive: true, force: true })
  if (took !== undefined) return fine(`a save is noticed after ${took} ms`)
  return fine(
    'the system reports no saves here (a shared folder?): they are noticed by looking once a second',
  )
}

/** In ms; undefined when the system's own watcher, which FileWatch does not depend on, has reported nothing. */
async function timeToReport(folder: string): Promise<number | undefined> {
  const file = join(folder, 'saved.ts')
  writeFileSync(file, '')
  const watcher = watch(file, { usePolling: false })
  await once(watcher, 'ready')
  const began = performance.now()
  writeFileSync(file, '// saved\n')
  const isNoticed = await atMost(WATCH_PATIENCE, once(watcher, 'change'))
  await watcher.close()
  return isNoticed && Math.round(performance.now() - began)
}

/** One that is set up needs nothing more; one that is merely there waits for step 5. */
async function python(): Promise<Diagnosis> {
  const ready = readyPython()
  if ('python' in ready) {
    const version = (await versionOf(ready.python))?.replace('Python ', '')
    return fine(`${version}, with Flask, Django and Pyramid`)
  }
  const found = await findPython().catch(asMissing)
  return found instanceof PythonMissing
    ? lacking(`needed from step ${WITH_PYTHON} on. ${found.message}`)
    : lacking(`${found.version}, from step ${WITH_PYTHON} on. ${ready.missing}`)
}

async function installPython(): Promise<number> {
  const servers = await setUpServers(console.log).catch(asMissing)
  if (servers instanceof PythonMissing) {
    if (!('python' in readyPython())) throw new Refusal(servers.message)
    // The frameworks are there. Without the servers, only the matrix is poorer.
    print(`${marks.todo()} gunicorn and waitress, which npm run matrix compares with: ${servers.message}`)
  }
  console.log(`${marks.pass()} Python ${(await python()).says}`)
  return 0
}

async function program(name: 'git' | 'curl', use: string): Promise<Diagnosis> {
  const version = await versionOf(name)
  const found = /\d+(?:\.\d+)+/.exec(version ?? '')?.[0]
  return found ? fine(found) : lacking(`useful ${use}: ${howToGet(packages[name])}`)
}

async function browser(): Promise<Diagnosis> {
  const found = await findBrowser()
  if (found) return fine(found)
  return lacking(`a Chromium or Chrome is needed by one test of step 4: ${howToGet(packages.browser)}`)
}
