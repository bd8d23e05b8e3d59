// What a column of the matrix is: something that runs an application and answers its routes over HTTP.
import { askRoute, NoAnswer, type RouteAnswer } from '#given/05-framework-apps/ask-route.ts'
import { routes, type Site } from '#given/05-framework-apps/routes.ts'

/** An answer, or a sentence about why there is none: an empty one where an earlier fault has said it. */
export type Outcome = RouteAnswer | { fault: string }

/** What a column made of one application. */
export type Cell =
  /** By the routes' names; `later` are those that need a later step. A silent server was not asked any more. */
  | { kind: 'asked'; outcomes: Map<string, Outcome>; later: string[]; isSilent: boolean }
  /** `why` is told below the table. */
  | { kind: 'said'; says: string; isGood: boolean; why?: string }

export interface Column {
  name: string
  /** Whether it has a say in what the right answer is. A learner's server has none. */
  votes: boolean
  /** Never rejects. */
  run(site: Site): Promise<Cell>
  end(): Promise<void>
}

/** Each route, one after another, as far as a server of this floor can answer it: usually all of them. */
export async function askAll(port: number, floor = Infinity): Promise<Cell & { kind: 'asked' }> {
  const outcomes = new Map<string, Outcome>()
  const asked = routes.filter(({ needs = 0 }) => needs <= floor)
  let isSilent = false
  for (const route of asked) {
    try {
      outcomes.set(route.name, isSilent ? { fault: '' } : await askRoute(port, route))
    } catch (error) {
      isSilent = error instanceof NoAnswer
      outcomes.set(route.name, { fault: sentenceOf(error) })
    }
  }
  const later = routes.filter((route) => !asked.includes(route)).map(({ name }) => name)
  return { kind: 'asked', outcomes, later, isSilent }
}

/** What an error says, without what it shows. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0] ?? ''
}
