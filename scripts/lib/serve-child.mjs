// The process in which `npm run serve` runs a server. It tells its parent when the server is ready, what went wrong,
// and that it still turns; it ends when its parent does. Plain JavaScript, since it is what loads tsx.
import { channel } from 'node:diagnostics_channel'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'
import { plain } from '../../steps/kit/plain-error.mjs'

const [file, port, application] = process.argv.slice(2)

process.setSourceMapsEnabled(true)
register()

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
  const { startServer } = await import(pathToFileURL(file).href)
  const options = { host: '127.0.0.1', port: Number(port) }
  if (application) options.application = await loadApplication(application)
  const server = await startServer(options)
  if (typeof server?.port !== 'number') throw new Error('startServer() must resolve with { port, close }.')
  process.send({ type: 'serving', port: server.port })
} catch (error) {
  fail('start', error)
}

/** `path/to/module.ts:name`, the path absolute. */
async function loadApplication(words) {
  const colon = words.lastIndexOf(':')
  const module = await import(pathToFileURL(words.slice(0, colon)).href)
  const found = module[words.slice(colon + 1)]
  if (typeof found !== 'function')
    throw new Error(`There is no function ${words.slice(colon + 1)} in that module.`)
  return found
}

function fail(type, error, rejection = false) {
  process.send({ type, error: plain(error), rejection }, () => process.exit(1))
}
