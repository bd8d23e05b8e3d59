// Waiting, but not for ever.
import { setTimeout as after } from 'node:timers/promises'

/** What `promise` gives, or undefined once `ms` have passed. */
export async function atMost<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController()
  try {
    return await Promise.race([promise, after(ms, undefined, { signal: waiting.signal })])
  } finally {
    waiting.abort()
  }
}
