// Holds the answers of a row against each other: what most servers gave is right, and who differs is told where.
import type { RouteAnswer } from '#given/05-framework-apps/ask-route.ts'
import { differenceBetween, differenceInSubstance } from '#given/05-framework-apps/compare-answers.ts'
import { lacking, routes, type Route, type Site } from '#given/05-framework-apps/routes.ts'
import type { Cell } from './columns.ts'
import { excuseFor } from './known.ts'

export interface Entry {
  column: string
  votes: boolean
  cell: Cell
}

export interface Verdict {
  column: string
  /** Without the marks of its footnotes. */
  text: string
  isGood: boolean
  /** Why it may differ from the others, where it does. */
  excuses: string[]
  /** Where it differs and may not, several lines each. */
  faults: string[]
}

interface Voice {
  column: string
  answer: RouteAnswer
}

/** The verdicts on one application, one for each column. */
export function judge(site: Site, entries: Entry[]): Verdict[] {
  const norms = new Map(routes.map((route) => [route.name, normOf(route, entries)]))
  return entries.map(({ column, votes, cell }) => {
    // What is no reference's runs `ownapp` on a framework of its own.
    const differs = site.isOwn && !votes ? differenceInSubstance : differenceBetween
    if (cell.kind === 'said') return saidVerdict(column, cell, site)
    const excuses = new Set<string>()
    const faults: string[] = []
    for (const route of routes) {
      const outcome = cell.outcomes.get(route.name)
      if (outcome === undefined) continue
      const excuse = 'fault' in outcome ? undefined : excuseFor(column, route.name, outcome)
      if (excuse !== undefined) excuses.add(excuse)
      const fault =
        'fault' in outcome
          ? [outcome.fault]
          : (faultOf(outcome, differs, norms.get(route.name)) ?? lackOf(outcome, route, site))
      if (excuse === undefined && fault !== undefined) faults.push(told(site, column, route, fault))
    }
    const said = faults.filter((fault) => fault !== '')
    return { column, ...summary(cell, faults.length), excuses: [...excuses], faults: said }
  })
}

function saidVerdict(column: string, cell: Cell & { kind: 'said' }, { name }: Site): Verdict {
  const faults = cell.why === undefined ? [] : [`${name}, ${column}: ${cell.why}`]
  return { column, text: cell.says, isGood: cell.isGood, excuses: [], faults }
}

function summary(
  { outcomes, later }: Cell & { kind: 'asked' },
  faults: number,
): Pick<Verdict, 'text' | 'isGood'> {
  if (faults > 0) return { text: `✗ ${faults} of ${outcomes.size}`, isGood: false }
  const rest = later.length === 0 ? '' : `, ${later.length} from step 6`
  return { text: `✓ ${outcomes.size}${rest}`, isGood: true }
}

/** In lines, what is wrong with an answer: it differs from the others'; undefined when it does not. */
function faultOf(
  answer: RouteAnswer,
  differs: typeof differenceBetween,
  norm: Voice[] = [],
): string[] | undefined {
  const [first] = norm
  const difference = first && differs(answer, first.answer)
  if (difference === undefined) return undefined
  const { where, one, other } = difference
  const others = norm.map(({ column }) => column).join(', ')
  return [`It differs from what others gave in ${where}:`, `it gave  ${one}`, `${others} gave  ${other}`]
}

/** The same of an answer that lacks what it must have, whatever the others gave. */
function lackOf(answer: RouteAnswer, route: Route, site: Site): string[] | undefined {
  const lack = lacking(answer, route.facts(site))
  if (lack !== undefined) return [lack]
  if (route.streams === undefined || answer.inPieces) return undefined
  return ['The pieces of its body came together at the end, and not as they were made.']
}

function told(
  { name }: Site,
  column: string,
  { name: route, method, target }: Route,
  lines: string[],
): string {
  const shown = Buffer.from(target, 'latin1').toString()
  const [first = '', ...rest] = lines
  if (first === '') return ''
  return [
    `${name}, ${column}, ${route} (${method} ${shown})`,
    `  ${first}`,
    ...rest.map((line) => `    ${line}`),
  ].join('\n')
}

/** The largest group of those that gave the same; of several, the one with the last column, which is farthest from us. */
function normOf(route: Route, entries: Entry[]): Voice[] {
  const groups: Voice[][] = []
  for (const { column, votes, cell } of entries) {
    const answer = cell.kind === 'asked' ? cell.outcomes.get(route.name) : undefined
    if (!votes || answer === undefined || 'fault' in answer) continue
    if (excuseFor(column, route.name, answer) !== undefined) continue
    const group = groups.find(([first]) => first && differenceBetween(first.answer, answer) === undefined)
    if (group === undefined) groups.push([{ column, answer }])
    else group.push({ column, answer })
  }
  const most = Math.max(0, ...groups.map((group) => group.length))
  return groups.findLast((group) => group.length === most) ?? []
}
