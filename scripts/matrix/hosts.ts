// The columns of servers written in TypeScript. Each runs in a process of its own, the kit's host, which is replaced
// when a server crashes in it or falls silent.
import { join } from 'node:path'
import { Host, ServerCrash } from '#given/kit/host/host.ts'
import { Todo } from '#given/kit/todo.ts'
import type { Site } from '#given/05-framework-apps/routes.ts'
import { FIRST_WITH_LOADER, loaderIn } from '../lib/application.ts'
import { root } from '../lib/catalogue.ts'
import { askAll, sentenceOf, type Cell, type Column } from './column.ts'

const UNWRITTEN: Cell = { kind: 'said', says: 'not written yet', isGood: false }

export const apps = join(root, 'steps', '05-framework-apps', 'apps')

interface HostedServer {
  /** An absolute path: what `#server/` stands for, and where applications are loaded. */
  tree: string
  /** The absolute path of the module with `startServer`. */
  server: string
  /** The server can do what servers of this floor can, or else whatever it is asked. */
  floor?: number
}

export function hostColumn(name: string, votes: boolean, { tree, server, floor }: HostedServer): Column {
  let current: Host | undefined
  /** What the floors below the applications leave unwritten, no application can do without. */
  let isUnwritten = false

  /** Ends this host: the next application gets another one. */
  const leave = async (host: Host): Promise<void> => {
    if (current === host) current = undefined
    await host.end()
  }

  const ask = async (host: Host, { file }: Site): Promise<Cell> => {
    const loader = loaderIn(tree)
    // What `#server/` stands for is told by the first server that a host starts.
    if (!server.startsWith(tree)) await host.ask('stop', { port: await start(host, { server: loader }) })
    const port = await start(host, { server, application: { words: `${join(apps, file)}:app`, loader } })
    const cell = await askAll(port, floor)
    // A server that is silent, or cannot be stopped, is not kept for the next application.
    if (cell.isSilent) await leave(host)
    else await host.ask('stop', { port }).catch(() => leave(host))
    return cell
  }

  const failed = (error: unknown): Cell => {
    if (error instanceof Todo) {
      isUnwritten = error.step < FIRST_WITH_LOADER
      return UNWRITTEN
    }
    const says = error instanceof ServerCrash ? '✗ crashed' : '✗ did not start'
    return { kind: 'said', says, isGood: false, why: sentenceOf(error) }
  }

  const run = async (site: Site): Promise<Cell> => {
    if (isUnwritten) return UNWRITTEN
    const host = (current ??= new Host('process'))
    let trouble: Error | undefined
    const troubled = new Promise<never>((_, reject) => {
      host.on('trouble', (error) => {
        // A TODO explains the crash that follows from it.
        if (!(trouble instanceof Todo)) trouble = error
        reject(error)
      })
    })
    try {
      return await Promise.race([ask(host, site), troubled])
    } catch (error) {
      await leave(host)
      return failed(trouble ?? error)
    } finally {
      host.removeAllListeners('trouble')
    }
  }

  return { name, votes, run, end: async () => current && leave(current) }
}

/** Gives the port. */
async function start(host: Host, words: object): Promise<number> {
  const reply = await host.ask('start', { ...words, host: '127.0.0.1', port: 0 })
  return reply instanceof Object && 'port' in reply ? Number(reply.port) : 0
}
