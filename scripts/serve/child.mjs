// The process in which `npm run serve` runs a server. It tells its parent when the server is ready, what went wrong,
// and that it still turns; it ends when its parent does. Plain JavaScript, since it is what loads tsx.
import { channel } from 'node:diagnostics_channel'
import { register as registerHook } from 'node:module'
import { pathToFileURL } from 'node:url'
import { register as registerCommonJs } from 'tsx/cjs/api'
import { register } from 'tsx/esm/api'
import { plain } from '../../steps/kit/host/plain-error.mjs'

const { step, file, host, port, application, processes, grace } = JSON.parse(process.argv[2])
const FIRST_WITH_BODIES = 6
const serverUrl = pathToFileURL(file)

process.setSourceMapsEnabled(true)
register()
// An application need not be in a project of `"type": "module"`.
registerCommonJs()
registerHook(new URL('../../steps/kit/host/tree-hook.mjs', import.meta.url), {
  data: { tree: new URL('..', serverUrl).href },
})

// The parent may be killed while a handler spins here, when only another thread can still notice it.
const { guardParent } = await import('../../steps/kit/host/parent-guard.ts')
guardParent()
// From the next step on, the server prints what it is sent.
if (step === 1) (await import('../../steps/kit/host/connections.ts')).tellConnections(console.log)

// Ctrl-C reaches every process of the terminal; the parent decides what it means.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())
process.on('message', (word) => heard[word]())
process.on('uncaughtException', (error, origin) => fail('crash', error, origin === 'unhandledRejection'))
channel('workshop:todo').subscribe((todo) => process.send({ type: 'todo', ...todo }))
if (processes) {
  process.on('SIGTERM', () => heard.stop())
  process.on('SIGHUP', () => heard.reload())
}

/** What the parent may say. */
const heard = {
  '?': () => process.send({ type: 'alive' }),
  async stop() {
    // Whoever is in a hurry has other means. A terminal that goes away sends a SIGHUP as well.
    heard.stop = heard.reload = () => {}
    stopping = true
    try {
      await running?.stop(grace)
      await loaded?.close()
      say({ type: 'stopped' }, 0)
    } catch (error) {
      fail('crash', error)
    }
  },
  reload() {
    // One that has not begun yet will see what has been saved since.
    if (reloadIsDue) return
    reloadIsDue = true
    reloading = reloading.then(reload)
  },
}
let running
let loaded
let stopping = false
let reloadIsDue = false
let reloading = Promise.resolve()

try {
  const server = await import(serverUrl.href)
  // Workers load it themselves.
  const isOurs = processes?.workers === undefined || processes.check
  if (application && isOurs) loaded = await loadApplication(application)
  if (processes?.check) say({ type: 'checked' }, 0)
  else await serve(server)
} catch (error) {
  if (error?.name === 'LoadError') say({ type: 'refused', ...reasons(error) })
  else fail('start', error)
}

async function serve({ startServer, startWorkers }) {
  const options = { host, port, ...(processes && { log: processes.log }) }
  if (processes?.workers) running = await startWorkers(planFor(options), processes.workers)
  else running = await startServer({ ...options, ...(loaded && { application: loaded.application }) })
  if (typeof running?.port !== 'number') throw new Error('startServer() must resolve with { port, close }.')
  process.send({ type: 'serving', port: running.port, pid: process.pid })
}

/** What each worker is told. */
function planFor(options) {
  const { words, places, python } = application ?? {}
  return { ...options, server: serverUrl.href, module: words, places, python, grace }
}

async function reload() {
  reloadIsDue = false
  if (running?.reload === undefined) return console.error('There are no workers to reload: see workers=2.')
  try {
    await running.reload()
    if (!stopping) process.send({ type: 'reloaded' })
  } catch (error) {
    if (!stopping) process.send({ type: 'not reloaded', ...reasons(error) })
  }
}

async function loadApplication({ words, loader, places, python }) {
  const found = await (await import(pathToFileURL(loader).href)).loadApplication(words, { places, python })
  if (step >= FIRST_WITH_BODIES) return found
  const { withoutBodies } = await import('../../steps/05-framework-apps/loader/without-bodies.ts')
  return { ...found, application: withoutBodies(found.application, console.error) }
}

function reasons({ message, cause }) {
  return { message, cause: cause ? `${plain(cause).stack}\n${plain(cause).message}` : '' }
}

function fail(type, error, rejection = false) {
  say({ type, error: plain(error), rejection })
}

/** The last words of this process. */
function say(news, code = 1) {
  process.send(news, () => process.exit(code))
}
