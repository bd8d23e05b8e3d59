// How the server of step 9 ends, when `npm run serve` is told to stop, and when it is not asked.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchPage, Place, untilGone, workersOf } from './served-site.ts'

let place: Place
beforeEach(() => {
  place = new Place()
})
afterEach(() => place.leave())

// Windows has signals in name only: there a signal ends a process at once.
const withSignals = test.skipIf(process.platform === 'win32')
const APP = 'site:app'

withSignals.each([[['log=off']], [['workers=2', 'log=off']]])(
  'with %s, a Ctrl-C lets the server answer what it has been asked',
  async (words) => {
    const serving = place.serve(APP, ...words)
    const port = await serving.port()
    const page = fetchPage(port, '/slow')
    await serving.prints(/asked for \/slow/)
    serving.signal('SIGINT')
    await serving.prints(/Stopping/)
    expect(await page).toMatch(/^200 hello/)
    expect(await serving.ended).toBe(0)
    expect(serving.output).not.toContain('Ending at once')
    await expect(fetchPage(port)).rejects.toThrow('ECONNREFUSED')
  },
)
withSignals('a SIGTERM does so, too, whichever process it is sent to', async () => {
  const serving = place.serve(APP, 'workers=1')
  const port = await serving.port()
  const primary = await serving.primary()
  const page = fetchPage(port, '/slow')
  await serving.prints(/asked for \/slow/)
  process.kill(primary, 'SIGTERM')
  expect(await page).toMatch(/^200 hello/)
  expect(await serving.ended).toBe(0)
})

test('where there are no signals, whoever has forked the command may say it', async () => {
  const serving = place.serve(APP, 'workers=1', 'log=off')
  const port = await serving.port()
  serving.say('reload')
  await serving.prints(/Reloaded/)
  const page = fetchPage(port, '/slow')
  await serving.prints(/asked for \/slow/)
  serving.say('stop')
  expect(await page).toMatch(/^200 hello/)
  expect(await serving.ended).toBe(0)
})

withSignals('a second Ctrl-C ends it at once, and says so once', async () => {
  const serving = place.serve(APP, 'workers=2')
  const pids = await workersOf(await serving.port(), 2)
  const page = fetchPage(await serving.port(), '/hang')
  await serving.prints(/asked for \/hang/)
  const began = Date.now()
  const presses = setInterval(() => serving.signal('SIGINT'), 100)
  await expect(page).rejects.toThrow()
  await serving.ended
  clearInterval(presses)
  expect(serving.output.match(/Ending at once/g)).toHaveLength(1)
  // Otherwise it would have taken ten.
  expect(Date.now() - began).toBeLessThan(8000)
  await Promise.all(pids.map(untilGone))
})

withSignals('no worker outlives the one that looks after it, not even one that spins', async () => {
  const serving = place.serve(APP, 'workers=2')
  const port = await serving.port()
  const pids = await workersOf(port, 2)
  const page = fetchPage(port, '/spin')
  await serving.prints(/asked for \/spin/)
  process.kill(await serving.primary(), 'SIGKILL')
  await expect(page).rejects.toThrow()
  await Promise.all(pids.map(untilGone))
  await serving.prints(/The server ended by itself \(SIGKILL\)/)
})
