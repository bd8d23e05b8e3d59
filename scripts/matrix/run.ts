// Runs the columns of the matrix: a few at once, the applications of each one after another, all within a limit.
import { sites, type Site } from '#given/05-framework-apps/routes.ts'
import type { Cell, Column } from './columns.ts'

/** So many columns at once: each of them waits as often as it works. */
const LANES = 3
/** What has not begun after so many ms is left out. */
const LIMIT = 45_000

/** By column and site, in their order. `noPython` is what is said of applications in Python where there is none. */
export async function runColumns(columns: Column[], noPython: Cell | undefined): Promise<Cell[][]> {
  const deadline = Date.now() + LIMIT
  const cells: Cell[][] = columns.map(() => [])
  const waiting = [...columns.entries()]
  const runLane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, column] = next
      cells[index] = await runColumn(column, deadline, noPython)
    }
  }
  await Promise.all(Array.from({ length: LANES }, runLane))
  return cells
}

async function runColumn(column: Column, deadline: number, noPython: Cell | undefined): Promise<Cell[]> {
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
