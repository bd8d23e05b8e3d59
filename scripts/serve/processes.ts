// What can be said of the processes of a server, from step 9 on: `workers=2`, `log=off`, `check`.
import { availableParallelism } from 'node:os'
import { countFrom, EXAMPLE } from '../lib/application.ts'
import type { Step } from '../lib/catalogue.ts'
import { Usage, type Words } from '../lib/words.ts'

/** From this step on, a server may be several processes, and stops without losing a request. */
export const FIRST_WITH_WORKERS = 9
export const PROCESS_WORDS = ['check']
export const PROCESS_KEYS = ['workers', 'log']

export interface Processes {
  /** Worker processes; undefined: the server is one process, which nobody looks after. */
  workers: number | undefined
  /** Print a line for each request. */
  log: boolean
  /** Only load the application. */
  check: boolean
}

/** Undefined for the steps below. Throws a Usage. */
export function chooseProcesses({ words, values, rest }: Words, { number }: Step): Processes | undefined {
  const check = words.includes('check')
  const command = ['npm run serve', number, ...rest.slice(0, 1)].join(' ')
  if (number < FIRST_WITH_WORKERS) {
    const said = PROCESS_KEYS.find((key) => values[key] !== undefined)
    const early = said === undefined ? check && 'check' : `${said}=${values[said]}`
    if (!early) return undefined
    throw new Usage(`"${early}" can be said from step ${FIRST_WITH_WORKERS} on: ${command}`)
  }
  if (check && rest.length === 0)
    throw new Usage(`Which application is to be checked? npm run serve ${number} ${EXAMPLE} check`)
  const { workers, log = 'on' } = values
  if (!['on', 'off'].includes(log)) throw new Usage(`log= is on or off, not "${log}": ${command} log=off`)
  const cores = availableParallelism()
  const advice = ` (this machine has ${cores} ${cores === 1 ? 'core' : 'cores'})`
  return {
    workers: workers === undefined ? undefined : countFrom('workers', workers, command, advice),
    log: log === 'on',
    check,
  }
}
