// Asks the columns of the matrix: a few at once, the applications of each one after another, all within a limit.
import { sites, type Site } from '#given/05-framework-apps/routes.ts'
import { sideBySide } from '../lib/lanes.ts'
import type { Cell, Column } from './column.ts'
import { judge } from './judge.ts'
import type { Row } from './table.ts'

/** So many columns at once: each of them waits as often as it works. */
const LANES = 3
/** What has not begun after so many ms is left out. */
const LIMIT = 45_000

/** A row for each application. `noPython` is what is said of those in Python where there is none. */
export async function askColumns(columns: Column[], noPython: Cell | undefined): Promise<Row[]> {
  const deadline = Date.now() + LIMIT
  const cells = await sideBySide(LANES, columns, (column) => askColumn(column, deadline, noPython))
  return sites.map((site, at) => {
    const entries = columns.flatMap(({ name, votes }, index) => {
      const cell = cells[index]?.[at]
      return cell === undefined ? [] : [{ column: name, votes, cell }]
    })
    return { name: site.name, verdicts: judge(site, entries) }
  })
}

async function askColumn(column: Column, deadline: number, noPython: Cell | undefined): Promise<Cell[]> {
  const cells: Cell[] = []
  const cellFor = (site: Site): Cell | Promise<Cell> => {
    if (site.style === 'Python' && noPython !== undefined) return noPython
    if (Date.now() > deadline) return { kind: 'said', says: 'not run: out of time', isGood: false }
    return column.run(site)
  }
  for (const site of sites) cells.push(await cellFor(site))
  await column.end()
  return cells
}
