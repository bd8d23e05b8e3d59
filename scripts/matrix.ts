// npm run matrix [solution] [markdown]: runs the nine applications on our server and on others, sends each of them
// every route over a socket, and shows whether they gave the same.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PythonMissing, setUpServers } from '#given/05-framework-apps/python/environment.ts'
import { routes, sites } from '#given/05-framework-apps/routes.ts'
import { learnersTree, theStep, treePath } from './lib/catalogue.ts'
import { wrap } from './lib/ink.ts'
import type { Cell, Column } from './matrix/columns.ts'
import { HostColumn } from './matrix/hosts.ts'
import { keepFigures } from './lib/figures.ts'
import { judge } from './matrix/judge.ts'
import { PeerColumn } from './matrix/peers.ts'
import { runColumns } from './matrix/run.ts'
import { cellsOf, drawMarkdown, drawTable, type Row } from './matrix/table.ts'
import { firstUnwritten } from './lib/trees/starters.ts'
import { refuseMissingFiles } from './lib/trees/missing-files.ts'
import { parseWords } from './lib/words.ts'

const FIRST_FLOOR = 5
/** Node reads bodies. */
const LAST_FLOOR = 9
const GATEWAY = fileURLToPath(new URL('matrix/gateway.ts', import.meta.url))
const WIDTH = 110
/** The learner's column. */
const YOURS = 'yours'
const UNFINISHED =
  'Where yours differs, it may lack what strict asks for, such as HEAD and what Hono streams: npm run step 5 strict'
/** So many differences are told whole. */
const SHOWN = 10

export async function main(args: string[]): Promise<number> {
  const { words } = parseWords(args, { command: 'matrix', words: ['solution', 'markdown'] })
  const asMarkdown = words.includes('markdown')
  // The table of the README is about the reference.
  const learners = asMarkdown || words.includes('solution') ? [] : [learnersColumn()]
  const { python, missing } = await findPython()
  const columns = [...learners, ...referenceColumns(), ...peers(python)]
  console.error(`Asking ${sites.length} applications on ${columns.length} servers …\n`)
  const cells = await runColumns(columns, missing)
  const rows = rowsOf(columns, cells)
  tell(
    rows,
    columns.map(({ name }) => name),
    asMarkdown,
  )
  return rows.every(({ verdicts }) => verdicts.every(({ isGood }) => isGood)) ? 0 : 1
}

/** Python, or what is said where it is missing: under CI, that is a failure. */
async function findPython(): Promise<{ python?: string; missing?: Cell }> {
  try {
    return { python: await setUpServers((line) => console.error(line)) }
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error
    console.error(`${error.message}\n`)
    return { missing: { kind: 'said', says: 'not run: no Python', isGood: !process.env['CI'] } }
  }
}

/** On the highest floor that is written, so that who has finished step 5 need not begin with step 6. */
function learnersColumn(): Column {
  const unwritten = firstUnwritten(learnersTree)?.number ?? Infinity
  const floor = Math.max(FIRST_FLOOR, Math.min(highestFloor(learnersTree), unwritten - 1))
  refuseMissingFiles(learnersTree, theStep(floor))
  return new HostColumn({ name: YOURS, votes: false, ...serverOf(learnersTree, floor) })
}

/** The reference, and the gateway: it runs the very same applications on a server that nobody here wrote. */
function referenceColumns(): Column[] {
  const reference = serverOf(treePath('solutions'), highestFloor(treePath('solutions')))
  const gateway = { ...reference, server: GATEWAY, floor: LAST_FLOOR }
  return [
    new HostColumn({ name: 'reference', votes: true, ...reference }),
    new HostColumn({ name: 'node:http', votes: true, ...gateway }),
  ]
}

function peers(python = ''): Column[] {
  return ['gunicorn', 'waitress', 'wsgiref'].map((name) => new PeerColumn(name, python))
}

function serverOf(tree: string, floor: number): { tree: string; server: string; floor: number } {
  return { tree, server: join(tree, theStep(floor).folder, 'server.ts'), floor }
}

function highestFloor(tree: string): number {
  const folders = existsSync(tree) ? readdirSync(tree) : []
  const floors = folders.filter((folder) => existsSync(join(tree, folder, 'server.ts')))
  return Math.max(...floors.map((folder) => Number.parseInt(folder, 10)))
}

function rowsOf(columns: Column[], cells: Cell[][]): Row[] {
  return sites.map((site, at) => {
    const entries = columns.flatMap(({ name, votes }, index) => {
      const cell = cells[index]?.[at]
      return cell === undefined ? [] : [{ column: name, votes, cell }]
    })
    return { name: site.name, verdicts: judge(site, entries) }
  })
}

function tell(rows: Row[], columns: string[], asMarkdown: boolean): void {
  const { lines, notes } = (asMarkdown ? drawMarkdown : drawTable)(rows, columns)
  for (const line of lines) console.log(line)
  const command = `npm run matrix${columns.includes(YOURS) ? '' : ' solution'}`
  const title = 'The same answers, whoever serves'
  const [, ...body] = cellsOf(rows, columns)
  keepFigures('matrix', { title, command, columns: ['', ...columns], rows: body })
  const isEarly = lines.some((line) => line.includes('from step 6'))
  const later = routes.filter(({ needs }) => needs !== undefined).map(({ name }) => name)
  const legend = [
    `✓ ${routes.length}: on ${routes.length} routes the same status, headers and body as the others of its row.`,
    ...(isEarly ? [`From step 6: ${later.join(' and ')}. Until then, our server reads no bodies.`] : []),
    ...notes,
    ...(isYoursAtFault(rows) ? [UNFINISHED] : []),
  ]
  const [gap, paragraphs] = asMarkdown ? ['\n\n', legend] : ['\n', legend.map(wrapped)]
  console.log(`\n${paragraphs.join(gap)}`)
  const faults = rows.flatMap(({ verdicts }) => verdicts.flatMap((verdict) => verdict.faults))
  for (const fault of faults.slice(0, SHOWN)) console.log(`\n${fault}`)
  if (faults.length > SHOWN) console.log(`\n… and ${faults.length - SHOWN} more differences.`)
}

function isYoursAtFault(rows: Row[]): boolean {
  return rows.some(({ verdicts }) =>
    verdicts.some(({ column, faults }) => column === YOURS && faults.length > 0),
  )
}

function wrapped(line: string): string {
  return wrap(line, WIDTH, '  ').join('\n')
}
