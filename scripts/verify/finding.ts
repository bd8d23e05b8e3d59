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

/** A check that has looked at nothing has found nothing out: that is a fault too. */
export function finding(name: string, count: number, things: string, found: string[]): Finding {
  const faults = count === 0 ? [`There were no ${things} to look at.`] : found
  const failed = faults.length > 0
  return { name, looked: `${count} ${things}`, faults, passed: failed ? 0 : 1, failed: failed ? 1 : 0 }
}

export function tell({ name, looked, faults }: Finding): void {
  if (faults.length === 0) return console.log(`✓ ${name}: ${looked}`)
  console.log(`✗ ${name}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${looked}`)
  for (const fault of faults) console.log(fault.replace(/^/gm, '    '))
}

/** Two at a time: each is a run of one suite, and so one process that keeps one core busy. */
export async function inTwoLanes<In, Out>(items: In[], check: (item: In) => Promise<Out>): Promise<Out[]> {
  const lanes = [0, 1].map(async (lane) => {
    const results: Out[] = []
    for (const item of items.filter((_, index) => index % 2 === lane)) results.push(await check(item))
    return results
  })
  return (await Promise.all(lanes)).flat()
}

/** One of the workers that `inLanes` gives the items to. */
export interface Lane<In, Out> {
  run(item: In): Promise<Out>
  close(): Promise<void>
}

/** Each of `count` lanes, numbered from 1, takes the next item as soon as it is done with the last. */
export async function inLanes<In, Out>(
  count: number,
  items: In[],
  open: (lane: number) => Lane<In, Out>,
): Promise<Out[]> {
  const queue = [...items]
  const lanes = Array.from({ length: Math.min(count, items.length) }, async (_, index) => {
    const lane = open(index + 1)
    const results: Out[] = []
    try {
      for (let item = queue.shift(); item !== undefined; item = queue.shift())
        results.push(await lane.run(item))
    } finally {
      await lane.close()
    }
    return results
  })
  return (await Promise.all(lanes)).flat()
}
