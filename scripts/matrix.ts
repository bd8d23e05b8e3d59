// npm run matrix [solution] [markdown]: runs the applications on our server and on others, sends each of them
// every route over a socket, and shows whether they gave the same.
import { PythonMissing, setUpServers } from '#given/05-framework-apps/python/setup/environment.ts'
import { routes, sites } from '#given/05-framework-apps/routes.ts'
import { asMissing } from './lib/machine/python.ts'
import { wrap } from './lib/layout.ts'
import type { Cell } from './matrix/column.ts'
import { learnersColumn, pythonColumns, referenceColumns, YOURS } from './matrix/columns.ts'
import { keepFigures } from './lib/figures.ts'
import { askColumns } from './matrix/ask.ts'
import type { Verdict } from './matrix/judge.ts'
import { cellsOf, drawMarkdown, drawTable } from './matrix/table.ts'
import { parseWords } from './lib/words.ts'

const UNFINISHED =
  'Where yours differs, it may lack what strict asks for, such as HEAD and what Hono streams: npm run step 5 strict'
/** So many differences are told whole. */
const SHOWN = 10

export async function main(args: string[]): Promise<number> {
  const { words } = parseWords(args, { command: 'matrix', words: ['solution', 'markdown'] })
  const asMarkdown = words.includes('markdown')
  // The table in NUMBERS.md is about the reference.
  const learners = asMarkdown || words.includes('solution') ? [] : [learnersColumn()]
  const { python = '', missing } = await findPython()
  const columns = [...learners, ...referenceColumns(), ...pythonColumns(python)]
  console.error(`Asking ${sites.length} applications on ${columns.length} servers …\n`)
  const rows = await askColumns(columns, missing)
  const names = columns.map(({ name }) => name)
  const { cells, notes } = cellsOf(rows, names)
  const [heading = [], ...body] = cells
  keepFigures('matrix', {
    title: 'The same answers, whoever serves',
    command: `npm run matrix${learners.length > 0 ? '' : ' solution'}`,
    columns: heading,
    rows: body,
  })
  const verdicts = rows.flatMap((row) => row.verdicts)
  console.log((asMarkdown ? drawMarkdown(cells) : drawTable(cells, rows)).join('\n'))
  tell(legendOf(notes, verdicts), verdicts, asMarkdown)
  return verdicts.every(({ isGood }) => isGood) ? 0 : 1
}

/** Python, or what is said where it is missing: under CI, that is a failure. */
async function findPython(): Promise<{ python?: string; missing?: Cell }> {
  const python = await setUpServers((line) => console.error(line)).catch(asMissing)
  if (!(python instanceof PythonMissing)) return { python }
  console.error(`${python.message}\n`)
  return { missing: { kind: 'said', says: 'not run: no Python', isGood: !process.env['CI'] } }
}

function tell(legend: string[], verdicts: Verdict[], asMarkdown: boolean): void {
  const wrapped = legend.map((line) => wrap(line, '').join('\n'))
  console.log(`\n${asMarkdown ? legend.join('\n\n') : wrapped.join('\n')}`)
  const faults = verdicts.flatMap((verdict) => verdict.faults)
  for (const fault of faults.slice(0, SHOWN)) console.log(`\n${fault}`)
  if (faults.length > SHOWN) console.log(`\n… and ${faults.length - SHOWN} more differences.`)
}

function legendOf(notes: string[], verdicts: Verdict[]): string[] {
  const isEarly = verdicts.some(({ text }) => text.includes('from step 6'))
  const later = routes.filter(({ needs }) => needs !== undefined).map(({ name }) => name)
  const isYoursAtFault = verdicts.some(({ column, faults }) => column === YOURS && faults.length > 0)
  return [
    `✓ ${routes.length}: on ${routes.length} routes the same status, headers and body as the others of its row.`,
    ...(isEarly ? [`From step 6: ${later.join(' and ')}. Until then, our server reads no bodies.`] : []),
    ...notes,
    ...(isYoursAtFault ? [UNFINISHED] : []),
  ]
}
