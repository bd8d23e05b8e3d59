// The Python environment: made, used again, made anew, and what is said where it cannot be. A small program stands for
// Python, so that nothing is downloaded; the real one is behind every other test of the bridge.

import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { PATIENCE } from './cases.ts'
import { Place } from './pretended-place.ts'

// The pretended Python is a shell script.
const unixTest = test.skipIf(process.platform === 'win32')

const INSTALL = expect.stringMatching(/^Installing Flask, Django and Pyramid/)
const MAKE = expect.stringMatching(/^Making \.venv with Python 3\.12\.1 …/)

unixTest('the environment is made once and then used again', async () => {
  const place = Place.withPython()
  const [before, setUp, ready, again] = await place.call(
    'readyPython',
    'setUpPython',
    'readyPython',
    'setUpPython',
  )
  expect(before?.gave).toEqual({ missing: expect.stringContaining('npm run doctor python') })
  expect(setUp).toEqual({ gave: place.interpreter, told: [MAKE, INSTALL, 'Python is ready.'] })
  expect(ready?.gave).toEqual({ python: place.interpreter })
  expect(again).toEqual({ gave: place.interpreter, told: [] })
  expect(existsSync(place.lock)).toBe(false)
})

unixTest('the servers are added to what is there', async () => {
  const place = Place.withPython()
  const [, servers, again] = await place.call('setUpPython', 'setUpServers', 'setUpPython')
  expect(servers?.told).toEqual([
    expect.stringMatching(/^Installing gunicorn and waitress/),
    'Python is ready.',
  ])
  expect(again?.told).toEqual([])
  expect(place.installs).toBe(2)
})

unixTest('a .venv of somebody else is left alone', async () => {
  const place = Place.withPython()
  mkdirSync(place.venv)
  writeFileSync(join(place.venv, 'precious.txt'), 'mine')
  const [setUp] = await place.call('setUpPython')
  expect(setUp).toMatchObject({ threw: 'PythonMissing', message: expect.stringContaining('move it away') })
  expect(existsSync(join(place.venv, 'precious.txt'))).toBe(true)
})

unixTest('an environment with other pins, a broken or a half-made one is made anew', async () => {
  const place = Place.withPython()
  await place.call('setUpPython')
  const spoil = [
    () => appendFileSync(place.pins, 'another==1.0\n'),
    () => rmSync(place.interpreter),
    () => writeFileSync(place.interpreter, '#!/no/such/python\n'),
    () => rmSync(join(place.venv, 'workshop-frameworks.txt')),
    () => writeFileSync(join(place.venv, 'pyvenv.cfg'), 'version = 3.11.2\n'),
    () => rmSync(join(place.venv, 'lib/python3.12/site-packages/flask'), { recursive: true }),
  ]
  for (const act of spoil) {
    act()
    const [before, setUp] = await place.call('readyPython', 'setUpPython')
    expect(before?.gave).toHaveProperty('missing')
    expect(setUp?.told).toEqual([expect.stringContaining('in place of one'), INSTALL, 'Python is ready.'])
  }
})

unixTest('of two processes at once, one works and the other waits and says so', async () => {
  const place = Place.withPython('slow')
  const first = place.start()
  await vi.waitFor(() => expect(place.installs).toBe(1), PATIENCE)
  const second = place.call('setUpPython')
  await vi.waitFor(() => expect(place.lastTold).toMatch(/^Another process/), PATIENCE)
  writeFileSync(join(dirname(place.interpreter), 'go'), '')
  const { gave } = await first.result
  const [other] = await second
  expect([gave, other?.gave]).toEqual([place.interpreter, place.interpreter])
  expect(place.installs).toBe(1)
  expect(other?.told).toEqual([
    `Another process (${first.child.pid}) is setting Python up in .venv: waiting for it …`,
  ])
})

unixTest('what a killed process leaves is taken over, once its pip has ended, too', async () => {
  const place = Place.withPython('slow')
  const { child } = place.start()
  await vi.waitFor(() => expect(place.installs).toBe(1), PATIENCE)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const next = place.call('setUpPython')
  place.behave('')
  writeFileSync(join(dirname(place.interpreter), 'go'), '')
  const [result] = await next
  expect(result?.gave).toBe(place.interpreter)
  expect(result?.told).toContain('Python is ready.')
})

unixTest('a lock without a number, or with that of a process that is gone, is nobody’s', async () => {
  const place = Place.withPython()
  mkdirSync(dirname(place.lock), { recursive: true })
  writeFileSync(place.lock, '4194304 4194303')
  const [setUp] = await place.call('setUpPython')
  expect(setUp?.told).toEqual([MAKE, INSTALL, 'Python is ready.'])
})

const systems: [string, () => Place, RegExp][] = [
  [
    'no Python',
    () => new Place(),
    /^There is no Python here, and the frameworks need Python 3\.10 or newer\. To get one: /,
  ],
  [
    'a Python 2',
    () => Place.withPython('old'),
    /^`python3` is Python 2\.7\.18, and the frameworks need Python 3\.10/,
  ],
  [
    "Windows' door to its store",
    () => Place.withPython('stub'),
    /^`python3` is not Python: it only opens the Micro/,
  ],
  [
    'no venv module',
    () => Place.withPython('without-venv'),
    /^`python3` is Python 3\.12\.1, but without its venv/,
  ],
  [
    'no network',
    () => Place.withPython('without-network'),
    /^The package index of Python could not be reached: conn/,
  ],
  [
    'a pip that fails',
    () => Place.withPython('odd'),
    /^pip could not .*The last that pip said:\n {2}ERROR: something odd$/,
  ],
]

for (const [what, makePlace, sentence] of systems) {
  unixTest(`on a system with ${what} a sentence says so, and what to do`, async () => {
    const place = makePlace()
    const [setUp, ready] = await place.call('setUpPython', 'readyPython')
    expect(setUp).toMatchObject({ threw: 'PythonMissing', message: expect.stringMatching(sentence) })
    expect(ready?.gave).toHaveProperty('missing')
    expect(existsSync(place.lock)).toBe(false)
  })
}

unixTest(
  'a try that failed slowly is remembered until the pins change, and made again when asked for',
  async () => {
    const place = Place.withPython('without-network')
    const [, worth, ready] = await place.call('setUpPython', 'isSetUpWorthTrying', 'readyPython')
    expect(worth?.gave).toBe(false)
    expect(ready?.gave).toEqual({ missing: expect.stringContaining('could not be reached') })
    appendFileSync(place.pins, 'another==1.0\n')
    expect((await place.call('isSetUpWorthTrying'))[0]?.gave).toBe(true)
    await place.call('setUpPython')
    place.behave('')
    const [worthNow, setUp, worthThen] = await place.call(
      'isSetUpWorthTrying',
      'setUpPython',
      'isSetUpWorthTrying',
    )
    expect([worthNow?.gave, setUp?.gave, worthThen?.gave]).toEqual([false, place.interpreter, true])
  },
)

unixTest('a folder that cannot be made is a sentence', async () => {
  const place = Place.withPython()
  writeFileSync(dirname(place.lock), 'a file in the place of a folder')
  const [setUp] = await place.call('setUpPython')
  expect(setUp).toMatchObject({
    threw: 'PythonMissing',
    message: expect.stringMatching(/^\.venv cannot be made: /),
  })
})
