// What tutorial.md promises: the functions that a learner writes in the first steps are those that run on the last floor. A
// server of that floor, in a process of its own, answers a GET, and V8's coverage says which functions ran.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findSteps, namesIn, root, treePath } from '../lib/catalogue.ts'
import { endProcess } from '../lib/machine/programs.ts'
import { readExports } from '../lib/trees/modules.ts'
import { read } from '../lib/read.ts'
import { finding, type Finding } from './finding.ts'
import { findAlternatives } from './proof/alternatives.ts'

/** ms that the server may take to end. */
const LONGEST_STOP = 5000

/** By their files in a tree. */
const ROAD: Record<string, string[]> = {
  '01-echo-socket/listener.ts': ['listen'],
  '02-request-line/byte-reader.ts': ['takeLine', 'readLine'],
  '02-request-line/request-line.ts': ['readRequestLine', 'parseRequestLine'],
  '03-environ/fields.ts': ['readFields', 'parseFieldLine'],
  '03-environ/target.ts': ['parseTarget', 'percentDecode'],
  '03-environ/environ.ts': ['buildEnviron', 'headerVariables'],
  '04-start-response/run-application.ts': ['runApplication'],
  '04-start-response/response.ts': ['startResponse', 'send', 'finish'],
  '04-start-response/head.ts': ['completeHeaders', 'formatHead'],
  '07-keep-alive/framing.ts': ['headersFor', 'frame', 'end'],
  '07-keep-alive/exchange.ts': ['answerAll', 'answer'],
}

export async function checkRoad(): Promise<Finding> {
  const ran = await functionsThatRun()
  const wanted = Object.entries(ROAD).flatMap(([file, names]) => names.map((name) => `${file} ${name}`))
  const stations = stationsOfWalk()
  const missed = (places: string[]) => places.filter((place) => !ran.has(place))
  const faults = [
    ...missed(wanted).map((place) => `a GET does not run through ${place}`),
    ...missed(stations).map((place) => `CONTRIBUTING.md: no GET comes by ${place}`),
  ]
  if (stations.length === 0 || stations.length > 10)
    faults.push(`CONTRIBUTING.md: a walk of ${stations.length} stations; one to ten are right`)
  return finding('a request goes by what learners wrote', wanted.length, 'functions', faults)
}

/** Whatever stands in the place of a file has what that file exports. */
export function checkSameExports(): Finding {
  const alternatives = findAlternatives()
  const faults = alternatives.flatMap(({ step, name, folder }) =>
    namesIn('solutions', step).flatMap((file) => {
      const own = join(folder, file.slice(step.folder.length + 1))
      if (read(own) === undefined) return []
      const { names } = readExports(own)
      const wanted = readExports(join(root, 'solutions', file)).names
      const missing = wanted.filter((one) => !names.includes(one))
      return missing.map((one) => `step ${step.number}, ${name}: ${file} does not export ${one}`)
    }),
  )
  return finding('alternatives export the same', alternatives.length, 'alternatives', faults)
}

/** The rows of the walk: `| 1 | 01-echo-socket/listener.ts | listen | …`. */
function stationsOfWalk(): string[] {
  const rows = (read(join(root, 'CONTRIBUTING.md')) ?? '').matchAll(/^\| \d+ +\| `(\S+\.ts)` +\| `(\w+)`/gm)
  return Array.from(rows, ([, file, name]) => `${file} ${name}`)
}

/** Those of the reference that a GET for a small page runs through on the last floor, as `file name`. */
async function functionsThatRun(): Promise<Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-road-'))
  try {
    await serveOnce(folder)
    const tree = pathToFileURL(`${treePath('solutions')}/`).href
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    const scripts: Profiler.ScriptCoverage[] = reports.flatMap(({ result }) => result)
    const own = scripts.filter(({ url }) => url.startsWith(tree))
    return new Set(
      own.flatMap(({ url, functions }) =>
        functions
          .filter(({ ranges: [whole] }) => whole !== undefined && whole.count > 0)
          .map(({ functionName }) => `${url.slice(tree.length)} ${functionName.replace(/^get /, '')}`),
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Has a server of the last floor, which leaves its coverage in `folder`, answer one request, and ends it. */
async function serveOnce(folder: string): Promise<void> {
  const file = join(treePath('solutions'), findSteps().at(-1)?.folder ?? '', 'server.ts')
  const order = { file, port: 0, processes: { log: false, check: false }, grace: 1000 }
  const child = fork(fileURLToPath(new URL('../serve/child.mjs', import.meta.url)), [JSON.stringify(order)], {
    env: { ...process.env, NODE_V8_COVERAGE: folder },
    execArgv: [],
    silent: true,
  })
  try {
    const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    await fetch(`http://127.0.0.1:${said?.port}/`).then((answer) => answer.text())
  } finally {
    await endProcess(child, LONGEST_STOP, () => child.send('stop'))
  }
}
