// What else `npm run serve` can do from step 9 on: workers that are replaced and reloaded, the log, check.

import { Agent } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchPage, Place, pidIn, untilGone, workersOf } from './served-site.ts'

let place: Place
beforeEach(() => {
  place = new Place()
})
afterEach(() => place.leave())

// Windows has signals in name only: there a signal ends a process at once.
const withSignals = test.skipIf(process.platform === 'win32')
const APP = 'site:app'

withSignals('a SIGHUP replaces all workers and loses no request', async () => {
  const serving = place.serve(APP, 'workers=2', 'log=off')
  const port = await serving.port()
  const old = await workersOf(port, 2)
  const load = new AbortController()
  const asks = async (agent: Agent | false) => {
    const pages: string[] = []
    while (!load.signal.aborted) pages.push(await fetchPage(port, '/', agent))
    return pages
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const clients = [agent, agent, false, false].map((one) => asks(one as Agent | false))
  process.kill(await serving.primary(), 'SIGHUP')
  await serving.prints(/Reloaded: every worker has been replaced/)
  load.abort()
  const pages = (await Promise.all(clients)).flat()
  agent.destroy()
  expect(pages.filter((page) => !page.startsWith('200 hello'))).toEqual([])
  await Promise.all(old.map(untilGone))
  expect((await workersOf(port, 2)).filter((pid) => old.includes(pid))).toEqual([])
})

test('a save reloads the application; one that does not load leaves the old one', async () => {
  const serving = place.serve(APP, 'workers=1')
  const port = await serving.port()
  expect(await fetchPage(port)).toMatch(/^200 hello/)
  place.save('', 'export const app = 1 +')
  await serving.prints(/site\.ts cannot be imported: Syntax error[^]*The old workers go on serving\./)
  expect(await fetchPage(port)).toMatch(/^200 hello/)
  place.save('good evening')
  await serving.prints(/Reloaded/)
  expect(await fetchPage(port)).toMatch(/^200 good evening/)
})

test('a worker that dies is replaced', async () => {
  const serving = place.serve(APP, 'workers=2')
  const port = await serving.port()
  const [dead = 0, other = 0] = await workersOf(port, 2)
  process.kill(dead, 'SIGKILL')
  await untilGone(dead)
  await workersOf(port, 1, [dead, other])
  expect(serving.output).not.toContain('Stopping')
})

test('each request is told in a line, unless log=off', async () => {
  const loud = place.serve(APP)
  expect(pidIn(await fetchPage(await loud.port(), '/a?b'))).toBeGreaterThan(0)
  await loud.prints(/^127\.0\.0\.1 - - \[.+\] "GET \/a\?b HTTP\/1\.1" 200 \d+ "-" "-" [\d.]+$/m)
  const silent = place.serve(APP, 'log=off')
  await fetchPage(await silent.port())
  await silent.prints(/asked for \//)
  expect(silent.output).not.toContain('GET')
})

test('check loads the application and ends', async () => {
  expect(await place.run(APP, 'check')).toEqual([0, 'site:app loads: the server of step 9 can run it.\n'])
  place.save('', 'throw new Error("no ink")')
  const [code, output] = await place.run(APP, 'check')
  expect([code, output]).toEqual([1, expect.stringMatching(/site\.ts cannot be imported: Error: no ink/)])
})

test('an application that does not load is told once, and ends the command', async () => {
  place.save('', 'throw new Error("no ink")')
  const [code, output] = await place.run(APP, 'workers=3')
  expect(code).toBe(1)
  expect(output.match(/no ink/g)).toHaveLength(2)
})

const REFUSED: [word: string, sentence: RegExp][] = [
  ['workers=0', /^workers= is a number of processes, from 1 to 64, not "0" \(this machine has /],
  ['workers=x', /^workers= is a number of processes, from 1 to 64, not "x" \(/],
  ['workers=500', /^workers= is a number of processes, from 1 to 64, not "500" \(/],
  ['log=maybe', /^log= is on or off, not "maybe": npm run serve 9 log=off/],
  ['check', /^Which application is to be checked\? npm run serve 9 honoapp:app check/],
]
test('what makes no sense is refused in a sentence', async () => {
  const outcomes = await Promise.all(REFUSED.map(([word]) => place.run(word)))
  expect(outcomes).toEqual(REFUSED.map(([, sentence]) => [2, expect.stringMatching(sentence)]))
})
