// Work that is done several items at a time: each lane takes the next item as soon as it is done with the last.

/** One of the workers that `inLanes` gives the items to. */
export interface Lane<In, Out> {
  run(item: In): Promise<Out>
  close(): Promise<void>
}

/** What came of each item, in their order. Lanes are numbered from 1. */
export async function inLanes<In, Out>(
  count: number,
  items: In[],
  open: (lane: number) => Lane<In, Out>,
): Promise<Out[]> {
  const queue = [...items.entries()]
  const results: Out[] = []
  const lanes = Array.from({ length: Math.min(count, items.length) }, async (_, index) => {
    const lane = open(index + 1)
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        results[next[0]] = await lane.run(next[1])
    } finally {
      await lane.close()
    }
  })
  await Promise.all(lanes)
  return results
}

/** The same where a lane has nothing of its own. */
export function sideBySide<In, Out>(count: number, items: In[], run: Lane<In, Out>['run']): Promise<Out[]> {
  return inLanes(count, items, () => ({ run, close: async () => {} }))
}
