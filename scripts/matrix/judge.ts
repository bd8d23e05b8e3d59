// Holds the answers of a row against each other: what most servers gave is right, and who differs is told where.
import type { RouteAnswer } from '#given/05-framework-apps/ask-route.ts'
import { differenceBetween, differenceInSubstance } from '#given/05-framework-apps/compare-answers.ts'
import { lacking, routes, type Route, type Site } from '#given/05-framework-apps/routes.ts'
import type { Cell, Outcome } from './column.ts'

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

/**
 * Where peers are known to answer otherwise than the rest, and may: each with its reason, one line with the source. Such
 * an answer counts as right, and has no say in what the others should give.
 */
const KNOWN = [
  {
    columns: ['node:http', 'gunicorn', 'waitress'],
    route: 'raw é',
    status: 400,
    why:
      'raw é: node:http, gunicorn and waitress refuse a target with bytes above ASCII, which no URI has (RFC 3986, ' +
      'section 2), as RFC 9112, section 3, lets them. wsgiref and our server pass it on.',
  },
]

/** The verdicts on one application, one for each column. */
export function judge(site: Site, entries: Entry[]): Verdict[] {
  const norms = new Map(routes.map((route) => [route, normOf(route, entries)]))
  return entries.map(({ column, votes, cell }) => {
    if (cell.kind === 'said') return saidVerdict(column, cell, site)
    // What is no reference's runs `ownapp` on a framework of its own.
    const differs = site.isOwn && !votes ? differenceInSubstance : differenceBetween
    const excuses = new Set<string>()
    const faults: string[] = []
    for (const route of routes) {
      const outcome = cell.outcomes.get(route.name)
      if (outcome === undefined) continue
      const excuse = excuseFor(column, route, outcome)
      const fault =
        'fault' in outcome
          ? [outcome.fault]
          : (faultOf(outcome, differs, norms.get(route)) ?? lackOf(outcome, route, site))
      if (excuse !== undefined) excuses.add(excuse)
      else if (fault !== undefined) faults.push(told(site, column, route, fault))
    }
    const text = textOf(cell, faults.length)
    const isGood = faults.length === 0
    return { column, text, isGood, excuses: [...excuses], faults: faults.filter((fault) => fault !== '') }
  })
}

function saidVerdict(column: string, cell: Cell & { kind: 'said' }, { name }: Site): Verdict {
  const faults = cell.why === undefined ? [] : [`${name}, ${column}: ${cell.why}`]
  return { column, text: cell.says, isGood: cell.isGood, excuses: [], faults }
}

function textOf({ outcomes, later }: Cell & { kind: 'asked' }, faults: number): string {
  if (faults > 0) return `✗ ${faults} of ${outcomes.size}`
  return `✓ ${outcomes.size}${later.length === 0 ? '' : `, ${later.length} from step 6`}`
}

/** In lines, where an answer differs from the others'; undefined when it does not. */
function faultOf(answer: RouteAnswer, differs: typeof differenceBetween, norm: Voice[] = []) {
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

function told(site: Site, column: string, route: Route, [first = '', ...rest]: string[]): string {
  if (first === '') return ''
  const request = `${route.method} ${Buffer.from(route.target, 'latin1').toString()}`
  const heading = `${site.name}, ${column}, ${route.name} (${request})`
  return [heading, `  ${first}`, ...rest.map((line) => `    ${line}`)].join('\n')
}

/** The largest group of those that gave the same; of several, the one with the last column, which is farthest from us. */
function normOf(route: Route, entries: Entry[]): Voice[] {
  const groups: Voice[][] = []
  for (const { column, votes, cell } of entries) {
    const answer = cell.kind === 'asked' ? cell.outcomes.get(route.name) : undefined
    if (!votes || answer === undefined || 'fault' in answer) continue
    if (excuseFor(column, route, answer) !== undefined) continue
    const group = groups.find(([first]) => first && differenceBetween(first.answer, answer) === undefined)
    if (group === undefined) groups.push([{ column, answer }])
    else group.push({ column, answer })
  }
  const most = Math.max(0, ...groups.map((group) => group.length))
  return groups.findLast((group) => group.length === most) ?? []
}

/** Why this answer may differ from the others; undefined when it may not. */
function excuseFor(column: string, { name }: Route, outcome: Outcome): string | undefined {
  if ('fault' in outcome) return undefined
  return KNOWN.find(({ columns, route, status }) => {
    return columns.includes(column) && route === name && status === outcome.status
  })?.why
}
