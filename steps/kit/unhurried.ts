// Whoever steps through a server with a debugger takes as long as it takes: then no time limit applies.

import inspector from 'node:inspector'

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1

/** `ms`, or for ever where a debugger is attached. */
export function unhurried(ms: number): number {
  return inspector.url() === undefined ? ms : FOREVER
}
