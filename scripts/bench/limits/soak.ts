// A load that goes on for half a minute: what it leaves behind in the server's memory, and what goes wrong.
import { MB, start, type Target } from './server.ts'
import { findLoad, runLoad, type Load, type Question } from '../load/load.ts'
import type { Measured } from '../report/measured.ts'

/** Seconds that each question is asked for: until the server is warm, and then. */
const WARM = 1
const LONG = 6
/** MB that the server may grow by, once it is warm. */
const GROWTH = 16
const CONNECTIONS = 20
const QUESTIONS: Question[] = [
  { path: '/', connections: CONNECTIONS },
  { path: '/', connections: CONNECTIONS, pipeline: 8 },
  { path: '/chunks', connections: CONNECTIONS },
  { path: '/count', connections: CONNECTIONS, body: 1000 },
]

export async function soak(target: Target): Promise<Measured[]> {
  const load = await findLoad()
  const { host, port } = await start(target)
  const first = await askAll(load, port, WARM)
  const warm = await host.memory()
  const others = await askAll(load, port, LONG)
  const growth = ((await host.memory()) - warm) / MB
  const [some, all] = [first.asked, first.asked + others.asked].map((count) => count.toLocaleString('en'))
  const errors = first.errors + others.errors
  return [
    { what: `growth of memory, from ${some} requests to ${all}`, value: growth, unit: 'MB', bar: GROWTH },
    { what: `errors in ${all} requests`, value: errors, bar: 0 },
    { what: 'requests a second meanwhile', value: others.asked / others.seconds },
  ]
}

/** All questions, one after the other. */
async function askAll(load: Load, port: number, seconds: number) {
  const sum = { asked: 0, errors: 0, seconds: 0 }
  for (const question of QUESTIONS) {
    const answers = await runLoad(load.line(port, question, seconds))
    sum.asked += answers['2xx'] + answers.non2xx
    sum.errors += answers.non2xx + answers.errors
    sum.seconds += answers.duration
  }
  return sum
}
