// Whether two servers gave the same answer for the same application: status, headers and body, as far as they are the
// application's.

import { excerpt, firstDifference } from '#given/kit/failure/bytes.ts'
import type { Header } from '#wsgi'
import type { RouteAnswer } from './ask-route.ts'

export interface Difference {
  /** Where they part: `the body, at byte 4`. */
  where: string
  one: string
  other: string
}

/** These tell of the server, of its clock and of the connection. */
const THE_SERVERS = new Set(['connection', 'date', 'keep-alive', 'server', 'transfer-encoding'])

/** The first thing in which two answers differ; undefined when they are the same. */
export function differenceBetween(one: RouteAnswer, other: RouteAnswer): Difference | undefined {
  const [status, otherStatus] = [one, other].map((answer) => `${answer.status} ${answer.reason}`)
  if (status !== otherStatus) return { where: 'the status', one: `${status}`, other: `${otherStatus}` }
  return differenceInHeaders(namesIn(one, other), one, other) ?? differenceInBody(one, other)
}

/**
 * The same for an application on a framework of somebody's own, where the other answer comes from the reference's: it
 * may give more headers and another reason, and what its pages for errors say is its own affair.
 */
export function differenceInSubstance(own: RouteAnswer, other: RouteAnswer): Difference | undefined {
  if (own.status !== other.status)
    return { where: 'the status', one: `${own.status}`, other: `${other.status}` }
  if (own.status >= 400) return differenceInHeaders(['allow'], own, other)
  return differenceInHeaders(namesIn(other), own, other) ?? differenceInBody(own, other)
}

function differenceInHeaders(names: string[], one: RouteAnswer, other: RouteAnswer): Difference | undefined {
  for (const name of names) {
    const [values, otherValues] = [valuesOf(one, name), valuesOf(other, name)]
    // Who gives no Content-Length ends the body by other means, which a server may choose where the application left
    // it open.
    if (name === 'content-length' && (values === undefined || otherValues === undefined)) continue
    if (values !== otherValues)
      return { where: `the header ${name}`, one: values ?? 'none', other: otherValues ?? 'none' }
  }
  return undefined
}

function differenceInBody({ body: one }: RouteAnswer, { body: other }: RouteAnswer): Difference | undefined {
  const at = firstDifference(one, other)
  if (at === -1) return undefined
  return { where: `the body, at byte ${at}`, one: excerpt(one, at), other: excerpt(other, at) }
}

function namesIn(...answers: RouteAnswer[]): string[] {
  const names = answers.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()))
  return [...new Set(names)].filter((name) => !THE_SERVERS.has(name)).toSorted()
}

/** The values of all headers of one name, in their order; that of the methods in Allow means nothing. */
function valuesOf({ headers }: { headers: Header[] }, name: string): string | undefined {
  const found = headers.filter(([known]) => known.toLowerCase() === name)
  if (found.length === 0) return undefined
  const values = found.map(([, value]) => value)
  if (name !== 'allow') return values.join(' ⏎ ')
  const methods = values.flatMap((value) => value.split(',')).map((method) => method.trim())
  return methods.toSorted().join(', ')
}
