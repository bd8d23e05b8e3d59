// Whoever steps through a server with a debugger takes as long as it takes: then no time limit applies. And a machine that
// has other things to do gives a server less of its time.

import inspector from 'node:inspector'
import { availableParallelism, loadavg } from 'node:os'

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1
/** A machine is never called busier than this. */
const BUSIEST = 4

/** `ms`, or for ever where a debugger is attached. */
export function unhurried(ms: number): number {
  return inspector.url() === undefined ? ms : FOREVER
}

/** `ms`, and as many times that as this machine has processes waiting for each core; for ever where a debugger is attached. */
export function patient(ms: number): number {
  return unhurried(ms * busyness())
}

/** From 1, of a machine that has a core for each process, to `BUSIEST`. Windows does not tell: 1. */
function busyness(): number {
  const [load = 0] = loadavg()
  return Math.min(BUSIEST, Math.max(1, Math.floor(load / availableParallelism())))
}
