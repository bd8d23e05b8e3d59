// Mutants of step 7 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const FRAMING = '07-keep-alive/framing.ts'

const query = 'Whose fault it was is still told, on the terminal: only the query is missing from the target.'
const spare =
  'The exchange always says who is to be asked; this is for whoever makes a framing without an exchange.'
const whole = 'Nothing differs: the part of a chunk that is as long as the chunk has the same bytes.'

export const survivors: Survivor[] = [
  {
    file: FRAMING,
    line: '#kind: Kind',
    original: "'close'",
    why: 'Nothing differs: nobody asks for the kind before the head has been made, which sets it.',
  },
  { file: FRAMING, line: 'constructor(environ', original: /true$/, why: spare },
  { file: FRAMING, line: "environ['REQUEST_URI']", original: /./, why: query },
  {
    file: FRAMING,
    line: 'const added',
    original: '[]',
    why: 'A field more that means nothing, named by the first letter of what Stryker put there: a client passes over it.',
  },
  {
    file: FRAMING,
    line: 'else if (isOld)',
    original: 'isOld',
    mutated: 'true',
    why: 'Harmless: `keep-alive` tells a client of HTTP/1.1 what holds without it, too.',
  },
  { file: FRAMING, original: 'chunk.length <= left', why: whole },
  {
    file: FRAMING,
    line: "environ['HTTP_CONNECTION']",
    original: "''",
    why: 'Nothing differs: what stands there for a field that did not come is neither `close` nor `keep-alive`.',
  },
]
