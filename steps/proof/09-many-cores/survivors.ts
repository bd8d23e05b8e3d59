// Mutants of step 9 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const SERVER = '09-many-cores/server.ts'
const SUPERVISOR = '09-many-cores/supervisor.ts'

const margin = 'It moves the moment at which a deaf worker is killed; that it is, made-up workers show.'
const told =
  'What the terminal is told of a worker that could not be replaced; that it is tried again is tested.'

export const survivors: Survivor[] = [
  {
    file: SERVER,
    original: '[]',
    line: 'trusted = []',
    why: 'Nothing differs: no address reads like that.',
  },
  {
    file: SERVER,
    original: 'false',
    line: 'log = false',
    why: 'Whether requests are logged where nobody has said so: the command always says it.',
  },
  {
    file: SERVER,
    original: '() => supervisor.stop(0)',
    why: 'In the only test with processes, all of them have ended when `close` is called; the command calls `stop`.',
  },
  {
    file: SERVER,
    original: '() => supervisor.reload(plan.grace + MARGIN)',
    why: 'The tests of the command reload real workers (given/serve.test.ts).',
  },
  { file: SERVER, original: /grace \+ MARGIN$/, why: margin },
  {
    file: SUPERVISOR,
    original: '{ early: 5000, backOff: 100, longest: 10_000 }',
    why: 'Given, and no learner’s part: the tests that look at times set a pace of their own.',
  },
  {
    file: SUPERVISOR,
    original: 'performance.now() - began < early',
    mutated: 'performance.now() - began <= early',
    why: 'Nothing differs: no worker ends at just that fraction of a ms.',
  },
  { file: SUPERVISOR, original: /'?A worker could not be replaced'/, why: told },
]
