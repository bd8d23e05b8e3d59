// What a server under attack costs: memory and the processor's time.
import { setTimeout as after } from 'node:timers/promises'
import type { Host } from '#given/kit/host/host.ts'

/** ms between two looks at the server's memory. */
const LOOK = 50

/** Bytes of memory that the server has now, and ms of the processor's time that it has had. */
export async function usage(host: Host): Promise<{ rss: number; cpu: number }> {
  const found = await host.ask('usage')
  if (!(found instanceof Object && 'rss' in found && 'cpu' in found))
    throw new Error('The server tells no usage.')
  const { user, system }: Record<string, unknown> = { ...(found.cpu instanceof Object ? found.cpu : {}) }
  return { rss: Number(found.rss), cpu: (Number(user) + Number(system)) / 1000 }
}

/** Looks at the server's memory every now and then while `work` goes on. Gives the most that was seen. */
export async function mostMemory(host: Host, work: Promise<unknown>): Promise<number> {
  let most = 0
  try {
    do most = Math.max(most, (await usage(host)).rss)
    while ((await Promise.race([work, after(LOOK, 'goes on')])) === 'goes on')
    return most
  } finally {
    // Nothing of it goes on when the server has died.
    await work
  }
}
