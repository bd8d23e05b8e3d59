// A machine that has more to do than it can: what a test about time says there is not to be believed.
import { availableParallelism, loadavg } from 'node:os'

/** A sentence where the load of the last minute is over twice the cores. Windows measures none, and gives zeros. */
export function busyNote([load = 0] = loadavg(), cores = availableParallelism()): string | undefined {
  if (load <= 2 * cores) return undefined
  return `This machine is busy (load ${Math.round(load)}, cores ${cores}): tests about time may fail for that.`
}

/** Whether a failure was a matter of time. */
export function speaksOfTime(text: string): boolean {
  return /\bwithin \d|\b\d+(?:\.\d+)? ?(?:ms|s|seconds?)\b|\btim(?:ed |e)out\b/i.test(text)
}
