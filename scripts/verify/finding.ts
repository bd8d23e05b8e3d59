// What a check of `npm run verify` gives back, and how it is told.

/** What came of one check. `passed` and `failed` count tests for a run of a suite, and the check itself otherwise. */
export interface Finding {
  name: string
  /** How much was looked at, in words: `42 links`. */
  looked: string
  /** Each fault whole. */
  faults: string[]
  passed: number
  failed: number
  /** Tests that this machine could not run. */
  notRun?: number
}

/** Of a check that counts as one, whatever it looked at. */
export function one(name: string, looked: string, faults: string[]): Finding {
  const failed = faults.length === 0 ? 0 : 1
  return { name, looked, faults, passed: 1 - failed, failed }
}

/** Of a check that counts what passed, and each fault by itself. */
export function counted(name: string, looked: string, faults: string[], passed: number, notRun = 0): Finding {
  return { name, looked, faults, passed, failed: faults.length, notRun }
}

/** A check that has looked at nothing has found nothing out: that is a fault too. */
export function finding(name: string, count: number, things: string, faults: string[]): Finding {
  return one(name, `${count} ${things}`, count === 0 ? [`There were no ${things} to look at.`] : faults)
}

export function tell({ name, looked, faults }: Finding): void {
  if (faults.length === 0) return console.log(`✓ ${name}: ${looked}`)
  console.log(`✗ ${name}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${looked}`)
  for (const fault of faults) console.log(fault.replace(/^/gm, '    '))
}
