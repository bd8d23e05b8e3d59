// Promises for tests that wait for an event and for nothing else.

/** A promise, and what resolves it. (Node 20 has no Promise.withResolvers.) */
export function pending<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  const resolvers: ((value: Value) => void)[] = []
  const promise = new Promise<Value>((resolve) => resolvers.push(resolve))
  return { promise, resolve: (value) => resolvers[0]?.(value) }
}

/** So many turns of the event loop: enough for what is under way in memory to come to rest. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
