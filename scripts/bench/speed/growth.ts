// How cost grows: with the number of connections, and with the header fields of a request.
import { measureSection } from './rounds.ts'
import { CONNECTIONS, type Section } from './sections.ts'
import { Stable } from './stable.ts'
import type { Bench } from '../load/sample.ts'
import { affordable } from '../machine/describe.ts'
import { lossesIn, medianOf, type Outcome } from '../report/ratios.ts'
import { count, printTable, withUnit } from '../report/tables.ts'
import { nodeHttp, subjectOn, type Contestant } from '../servers/contestants.ts'
import type { Subject } from '../servers/subject.ts'

const CLIENTS = [1, 10, 100, 1000, 10_000]
const FIELDS = [1, 10, 50, 100]
/** More rounds would take longer than all the rest. */
const MOST_ROUNDS = 2

/** Sections that differ in a number, and what each tells of a server. */
interface Curve {
  title: string
  sections: Section[]
  cell: (outcome: Outcome) => string
  notes: string[]
}

/** Measures the subject beside node:http at each size, and prints a table of each curve. */
export async function measureGrowth(subject: Subject, bench: Bench, rounds: number): Promise<void> {
  const contestants = [subjectOn(subject), nodeHttp()]
  const stable = new Stable()
  try {
    for (const { title, sections, cell, notes } of curvesOf(contestants)) {
      const table = [['', ...contestants.map(({ name }) => name)]]
      for (const section of sections) {
        const result = await measureSection(
          section,
          Math.min(MOST_ROUNDS, rounds),
          timed(section, bench),
          stable,
        )
        table.push([section.id, ...result.outcomes.map(cell)])
        notes.push(...lossesIn(result).map((loss) => `Not answered: ${loss}.`))
      }
      printTable(title, table, notes)
    }
  } finally {
    await stable.end()
  }
}

function curvesOf(contestants: Contestant[]): Curve[] {
  const { count: most, note } = affordable(Math.max(...CLIENTS))
  const at = (size: number, what: string, connections: number, fields = 1): Section => ({
    id: count(size),
    title: `${count(size)} ${what}`,
    question: { path: '/hello', connections, fields },
    place: 'apart',
    contestants,
  })
  return [
    {
      title: 'Requests a second, by connections',
      sections: CLIENTS.filter((size) => size <= most).map((size) => at(size, 'connections', size)),
      cell: (outcome) => count(medianOf(outcome, 'rate')),
      notes: note === undefined ? [] : [note],
    },
    {
      title: 'CPU of a request, by its header fields',
      sections: FIELDS.map((size) => at(size, 'fields', CONNECTIONS, size)),
      cell: (outcome) => withUnit('µs', medianOf(outcome, 'cpu')),
      notes: [],
    },
  ]
}

/** Thousands of connections have to be made first, which is part of a run of the load. */
function timed({ question: { connections } }: Section, bench: Bench): Bench {
  const least = connections < 1000 ? 0 : connections < 10_000 ? 2 : 4
  return { ...bench, seconds: Math.max(bench.seconds, least) }
}
