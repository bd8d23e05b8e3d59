// The process in which `npm run serve` runs a server. It tells its parent when the server is ready, what went wrong,
// and that it still turns; it ends when its parent does. Plain JavaScript, since it is what loads tsx.
import { channel } from 'node:diagnostics_channel'
import { register as registerHook } from 'node:module'
import { pathToFileURL } from 'node:url'
import { register as registerCommonJs } from 'tsx/cjs/api'
import { register } from 'tsx/esm/api'
import { plain } from '../../steps/kit/plain-error.mjs'

const { file, port, application } = JSON.parse(process.argv[2])
const server = pathToFileURL(file)

process.setSourceMapsEnabled(true)
register()
// An application need not be in a project of `"type": "module"`.
registerCommonJs()
registerHook(new URL('../../steps/kit/tree-hook.mjs', import.meta.url), {
  data: { tree: new URL('..', server).href },
})

// The parent may be killed while a handler spins here, when only another thread can still notice it.
const { guardParent } = await import('../../steps/kit/parent-guard.ts')
guardParent()

// Ctrl-C reaches every process of the terminal; the parent decides what it means.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())
process.on('message', () => process.send({ type: 'alive' }))
process.on('uncaughtException', (error, origin) => fail('crash', error, origin === 'unhandledRejection'))
channel('workshop:todo').subscribe((todo) => process.send({ type: 'todo', ...todo }))

try {
  const { startServer } = await import(server.href)
  const options = { host: '127.0.0.1', port }
  if (application) options.application = await loadApplication(application)
  const running = await startServer(options)
  if (typeof running?.port !== 'number') throw new Error('startServer() must resolve with { port, close }.')
  process.send({ type: 'serving', port: running.port })
} catch (error) {
  if (error?.name === 'LoadError') refuse(error)
  else fail('start', error)
}

async function loadApplication({ words, loader, places, python }) {
  const loading = await import(pathToFileURL(loader).href)
  return (await loading.loadApplication(words, { places, python })).application
}

function refuse({ message, cause }) {
  say({ type: 'refused', message, cause: cause ? `${plain(cause).stack}\n${plain(cause).message}` : '' })
}

function fail(type, error, rejection = false) {
  say({ type, error: plain(error), rejection })
}

/** The last words of this process. */
function say(news) {
  process.send(news, () => process.exit(1))
}
