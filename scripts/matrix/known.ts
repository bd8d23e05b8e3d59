// Where a peer is known to answer otherwise than the rest, and may: each with its reason. Such an answer counts as
// right, and has no say in what the others should give.
import type { RouteAnswer } from '#given/05-framework-apps/ask-route.ts'

interface Known {
  /** The columns that it is known of. */
  columns: string[]
  route: string
  isKnown(answer: RouteAnswer): boolean
  /** One line, with the source. */
  why: string
}

const KNOWN: Known[] = [
  {
    columns: ['node:http', 'gunicorn', 'waitress'],
    route: 'raw é',
    isKnown: ({ status }) => status === 400,
    why:
      'raw é: node:http, gunicorn and waitress refuse a target with bytes above ASCII, which no URI has (RFC 3986, ' +
      'section 2), as RFC 9112, section 3, lets them. wsgiref and our server pass it on.',
  },
]

/** Why this answer may differ from the others; undefined when it may not. */
export function excuseFor(column: string, route: string, answer: RouteAnswer): string | undefined {
  return KNOWN.find((known) => {
    return known.columns.includes(column) && known.route === route && known.isKnown(answer)
  })?.why
}
