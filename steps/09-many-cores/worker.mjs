// A worker process: one whole server. It is told by messages what to do, since not every system has signals. Plain
// JavaScript, since it is what loads tsx.
import { channel } from 'node:diagnostics_channel'
import { register as registerHook } from 'node:module'
import { register as registerCommonJs } from 'tsx/cjs/api'
import { register } from 'tsx/esm/api'
import { plain } from '../kit/host/plain-error.mjs'

const plan = JSON.parse(process.argv[2])
/** ms after which a client is told to leave, even if another worker is so busy that it still holds the port. */
const LONGEST_WAIT = 1000

let stopping = false
let othersListen = true
let server
let loaded

process.setSourceMapsEnabled(true)
register()
// An application need not be in a project of `"type": "module"`.
registerCommonJs()
registerHook('../kit/host/tree-hook.mjs', import.meta.url, {
  data: { tree: new URL('../', plan.server).href },
})
channel('workshop:todo').subscribe((todo) => process.send({ type: 'todo', ...todo }))

// Ctrl-C reaches every process of the terminal, and so does the end of the terminal: the primary decides.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
// Whoever ends one worker, or all processes of a service, means it.
process.on('SIGTERM', () => stop())

// When the primary has gone, so do we: even if an application spins, and never lets go of this thread.
process.on('disconnect', () => process.exit())
const { guardParent } = await import('../kit/host/parent-guard.ts')
guardParent()

process.on('message', ({ type }) => {
  if (type === 'stop') void stop()
  if (type === 'leave') othersListen = false
})

async function stop() {
  if (stopping) return
  stopping = true
  const stopped = server?.stop(plan.grace)
  process.send({ type: 'deaf' })
  setTimeout(() => (othersListen = false), LONGEST_WAIT)
  await stopped
  await loaded?.close()
  process.exit()
}

try {
  const { startServer, loadApplication } = await import(plan.server)
  const { module, places, python, host, port, log, trusted, limits } = plan
  loaded = module === undefined ? undefined : await loadApplication(module, { places, python })
  const application = loaded && { application: loaded.application }
  const others = { othersListen: () => othersListen }
  server = await startServer({ host, port, log, trusted, limits, ...others, ...application })
  process.send({ type: 'serving', port: server.port })
} catch (error) {
  const cause = error?.cause && { cause: plain(error.cause) }
  process.send({ type: 'failed', error: plain(error), ...cause }, () => process.exit(1))
}
