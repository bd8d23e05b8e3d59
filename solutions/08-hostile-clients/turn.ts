// Whose turn it is. All clients share one thread, and a client with many requests at hand would never let go of it.

import { setImmediate } from 'node:timers/promises'

/** Settles when everybody else who is waiting has had a turn. */
export async function turn(): Promise<void> {
  //> 8.5 Wait until the event loop has gone round once: `setImmediate`, as node:timers/promises has it.
  await setImmediate()
  //<
}
