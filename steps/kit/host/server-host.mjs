// Runs the server under test away from the tests: in a worker thread, or in a process of its own. What the server
// prints, throws or leaves unwritten goes to the tests as messages. Plain JavaScript, since it is what loads tsx.

import { channel } from 'node:diagnostics_channel'
import { register as registerHook } from 'node:module'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'
import { plain } from './plain-error.mjs'

const inWorker = parentPort !== null
const say = (message) => (inWorker ? parentPort.postMessage(message) : process.send?.(message))
const hear = (handle) => (inWorker ? parentPort : process).on('message', handle)

process.setSourceMapsEnabled(true)
// First, so that it sees the source before tsx turns it into JavaScript, and lines keep their numbers.
registerHook('./name-modules.mjs', import.meta.url)
register()
globalThis.workshopModuleBegins = (module) => say({ type: 'loading', module })

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, callback) => {
    say({ type: 'output', text: String(chunk) })
    const done = typeof encoding === 'function' ? encoding : callback
    done?.()
    return true
  }
}

channel('workshop:todo').subscribe((todo) => say({ type: 'todo', ...todo }))

process.on('uncaughtException', (error, origin) => {
  // An unwritten part has been announced already, and is no crash: the thread can serve the next test.
  if (error?.name === 'Todo') return
  say({ type: 'crash', error: plain(error), rejection: origin === 'unhandledRejection' })
  // In a process the message must be on its way before the end comes.
  if (inWorker) process.exit(1)
  else process.send?.({ type: 'bye' }, () => process.exit(1))
})

/** ms that a worker process may take to stop. */
const GRACE = 1000

const servers = new Map()
let tree = ''
let commonJs

const verbs = {
  async start({ server, host, port, limits, trusted, application, workers }) {
    standIn(new URL('../', pathToFileURL(server)).href)
    const { startServer, startWorkers } = await import(pathToFileURL(server).href)
    const options = { host, port, ...(limits && { limits }), ...(trusted && { trusted }) }
    const loaded = application && (await loadApplication(application))
    if (loaded) options.application = loaded.application
    say({ type: 'loading', module: '' })
    const running = workers
      ? await startWorkers({ ...options, server: pathToFileURL(server).href, grace: GRACE }, workers)
      : await startServer(options)
    servers.set(running.port, { running, loaded })
    return { port: running.port }
  },
  async stop({ port }) {
    const { running, loaded } = servers.get(port) ?? {}
    servers.delete(port)
    await running?.close()
    await loaded?.close?.()
  },
  // Calls `stop` or `reload` of step 9, and does not wait for what comes of it: `isOver` tells. If it rejects, that is
  // a rejection which nobody catches.
  async begin({ port, method, words }) {
    const server = servers.get(port)
    server.isOver = false
    server.running[method](...words).then(() => (server.isOver = true))
  },
  isOver: async ({ port }) => servers.get(port).isOver,
  // A turn of the event loop, so that what sockets have to say is heard before the answer goes out.
  ping: () => new Promise((resolve) => setImmediate(resolve)),
  // As it is, without a collection of garbage, which would make everybody wait.
  usage: () => ({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() }),
  // Of what is in use: pages that the system has not taken back yet depend on how busy it is.
  memory: async () => {
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  },
}

/** From now on, `#server/…` is the tree that the server stands in. */
function standIn(folder) {
  if (tree === '') registerHook('./tree-hook.mjs', import.meta.url, { data: { tree: folder } })
  tree = folder
}

/** By `module:callable`, through the loader of step 5, or by its name in a file. */
async function loadApplication({ words, loader, file, name }) {
  if (words !== undefined) {
    // Such an application need not be in a project of `"type": "module"`.
    await (commonJs ??= import('tsx/cjs/api').then((api) => api.register()))
    return (await import(pathToFileURL(loader).href)).loadApplication(words)
  }
  const module = await import(pathToFileURL(file).href)
  if (typeof module[name] !== 'function')
    throw new Error(`${relative(process.cwd(), file)} has no application named ${name}.`)
  return { application: module[name] }
}

hear(async ({ id, verb, ...words }) => {
  try {
    say({ type: 'reply', id, value: await verbs[verb](words) })
  } catch (error) {
    say({ type: 'reply', id, error: plain(error) })
  }
})

// Whoever started this process is gone: nothing is left running.
if (!inWorker) {
  process.on('disconnect', () => process.exit(0))
  // A server that spins would never hear of it.
  const { guardParent } = await import('./parent-guard.ts')
  guardParent()
}
