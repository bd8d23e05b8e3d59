// Mutants of step 4 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const RESPONSE = '04-start-response/response.ts'
const RUN = '04-start-response/run-application.ts'
const SERVER = '04-start-response/server.ts'

const anything = /./

const wording = 'A sentence for people: a learner words it freely, and the suite holds what stands beside it.'
const writes =
  'Nothing differs on the wire: the same bytes go out in the same order, in one write or two, a moment sooner or later.'
const request =
  'Only the terminal differs: it tells the path, without escapes and query, instead of the target as it was sent.'
const fromStep6 =
  'Only what an application reads throws an HttpError, from step 6 on, whose suite looks at the status of the answer.'
const told =
  'Only the terminal differs, and from step 6 on, where an application can read: it tells of the client’s faults, too.'
const closable = 'Nothing differs: `runApplication` and `closeBody` both ask whether there is a `close`.'
const lasting =
  'What is given calls step 3 here, whose own tests hold this: they are lasting, and run against this floor, too.'
const printed =
  'Only the terminal differs: an empty line more, a line for nobody, or a long text whole. What prints them is given.'

export const survivors: Survivor[] = [
  { file: RESPONSE, line: 'bytes.length <= COPIED', original: anything, why: writes },
  { file: RESPONSE, line: 'this.#sink.write(head)', original: anything, why: writes },
  { file: RESPONSE, line: 'chunk.length === this.#whole', original: anything, why: writes },
  { file: RUN, line: 'const request =', original: anything, why: request },
  { file: RUN, line: 'body?.close !== undefined', original: anything, mutated: 'true', why: closable },
  { file: RUN, line: 'await body?.close?.()', original: anything, why: closable },
  { file: RUN, line: 'report(`The application failed', original: /^!/, mutated: 'true', why: told },
  {
    file: RUN,
    line: '  if (!(error instanceof HttpError))',
    original: /^!/,
    mutated: 'true',
    why: fromStep6,
  },
  { file: RUN, original: '`${error.message}\\n`', why: wording },
  { file: RUN, line: 'error.status', original: anything, why: fromStep6 },
  { file: RUN, original: "'close() of the body failed'", why: wording },
  { file: RUN, original: "'The body failed while it was ended'", why: wording },
  {
    file: RUN,
    original: 'Array.isArray(body)',
    mutated: 'false',
    why: 'Nothing differs: the chunks of a list come one after the other from its iterator, too, only slower.',
  },
  {
    file: RUN,
    line: 'if (client.isGone) void leave',
    original: 'client.isGone',
    mutated: 'true',
    why: 'Nothing differs for a generator, which has nothing left to run at its end. Another iterator hears a call more.',
  },
  {
    file: RUN,
    original: '!client.isGone',
    line: 'for (const chunk of chunks)',
    mutated: 'true',
    why: 'Nothing differs: the list is there anyway, and what is written to a client that has gone goes nowhere.',
  },
  { file: SERVER, line: 'const merged =', original: anything, why: lasting },
  { file: SERVER, line: 'environ === null', original: anything, why: lasting },
  { file: SERVER, line: "printLines('> '", original: anything, why: printed },
]
