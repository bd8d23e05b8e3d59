// The Python environment: made, used again, made anew, and what is said where it cannot be. A small program stands for
// Python, so that nothing is downloaded; the real one is behind every other test of the bridge.

import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { PATIENCE } from './python-cases.ts'
import { Place } from './pretended-place.ts'

// The pretended Python is a shell script.
const unixTest = test.skipIf(process.platform === 'win32')

const INSTALL = expect.stringMatching(/^Installing Flask, Django and Pyramid/)
const MAKE = expect.stringMatching(/^Making \.venv with Python 3\.12\.1 …/)

unixTest('the environment is made once and then used again', async () => {
  const place = Place.withPython()
  const [before, setUp, ready, again] = await place.call('ready', 'setUp', 'ready', 'setUp')
  expect(before?.gave).toEqual({ missing: expect.stringContaining('npm run doctor python') })
  expect(setUp).toEqual({ gave: place.interpreter, told: [MAKE, INSTALL, 'Python is ready.'] })
  expect(ready?.gave).toEqual({ python: place.interpreter })
  expect(again).toEqual({ gave: place.interpreter, told: [] })
  expect(existsSync(place.lock)).toBe(false)
})

unixTest('the servers are added to what is there', async () => {
  const place = Place.withPython()
  const [, servers, again] = await place.call('setUp', 'servers', 'setUp')
  expect(servers?.told).toEqual([
    expect.stringMatching(/^Installing gunicorn and waitress/),
    'Python is ready.',
  ])
  expect(again?.told).toEqual([])
  expect(place.installs).toBe(2)
})

unixTest('an environment with other pins, a broken or a half-made one is made anew', async () => {
  const place = Place.withPython()
  await place.call('setUp')
  const spoil = [
    () => appendFileSync(place.pins, 'another==1.0\n'),
    () => rmSync(place.interpreter),
    () => writeFileSync(place.interpreter, '#!/no/such/python\n'),
    () => rmSync(join(place.venv, 'workshop-frameworks.txt')),
    () => writeFileSync(join(place.venv, 'pyvenv.cfg'), 'version = 3.11.2\n'),
  ]
  for (const act of spoil) {
    act()
    const [before, setUp] = await place.call('ready', 'setUp')
    expect(before?.gave).toHaveProperty('missing')
    expect(setUp?.told).toEqual([expect.stringContaining('in place of one'), INSTALL, 'Python is ready.'])
  }
})

unixTest('of two processes at once, one works and the other waits and says so', async () => {
  const place = Place.withPython('slow')
  const first = place.call('setUp')
  await vi.waitFor(() => expect(place.installs).toBe(1), PATIENCE)
  const second = place.call('setUp')
  writeFileSync(join(dirname(place.interpreter), 'go'), '')
  const [[one], [other]] = await Promise.all([first, second])
  expect(one?.gave).toBe(place.interpreter)
  expect(other?.gave).toBe(place.interpreter)
  expect(place.installs).toBe(1)
  // It may have come when all was done.
  if (other?.told.length !== 0)
    expect(other?.told).toEqual([expect.stringMatching(/^Another process \(\d+\)/)])
})

unixTest('what a killed process leaves is taken over, once its pip has ended, too', async () => {
  const place = Place.withPython('slow')
  const killed = place.start('setUp')
  await vi.waitFor(() => expect(place.installs).toBe(1), PATIENCE)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const next = place.call('setUp')
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
  const [setUp] = await place.call('setUp')
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
    const [setUp, ready] = await place.call('setUp', 'ready')
    expect(setUp).toMatchObject({ threw: 'PythonMissing', message: expect.stringMatching(sentence) })
    expect(ready?.gave).toHaveProperty('missing')
    expect(existsSync(place.lock)).toBe(false)
  })
}

unixTest(
  'a try that failed slowly is remembered until the pins change, and made again when asked for',
  async () => {
    const place = Place.withPython('without-network')
    const [, worth, ready] = await place.call('setUp', 'worth', 'ready')
    expect(worth?.gave).toBe(false)
    expect(ready?.gave).toEqual({ missing: expect.stringContaining('could not be reached') })
    appendFileSync(place.pins, 'another==1.0\n')
    expect((await place.call('worth'))[0]?.gave).toBe(true)
    await place.call('setUp')
    place.behave('')
    const [worthNow, setUp, worthThen] = await place.call('worth', 'setUp', 'worth')
    expect([worthNow?.gave, setUp?.gave, worthThen?.gave]).toEqual([false, place.interpreter, true])
  },
)

unixTest('a folder that cannot be made is a sentence', async () => {
  const place = Place.withPython()
  writeFileSync(dirname(place.lock), 'a file in the place of a folder')
  const [setUp] = await place.call('setUp')
  expect(setUp).toMatchObject({
    threw: 'PythonMissing',
    message: expect.stringMatching(/^\.venv cannot be made: /),
  })
})
