// The Python bridge: responses that go several in one write, and how much a process is given at a time.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Application } from '#wsgi'
import { QueueDepth } from '../../python/queue-depth.ts'
import { ask, load, pythonTest, signal, textOf } from './cases.ts'

let told: string[] = []

beforeEach(() => {
  told = []
  vi.spyOn(console, 'error').mockImplementation((line) => void told.push(String(line)))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Has one process that answers quickly, so that it is given many requests at a time. */
async function loadQuick(): Promise<Application> {
  const { application } = await load()
  for (let round = 0; round < 100; round++) {
    await Promise.all(Array.from({ length: 32 }, () => textOf(application, '/hello')))
    if (vi.isFakeTimers()) vi.advanceTimersByTime(5)
  }
  return application
}

pythonTest('many responses at a time come each to its own request', async () => {
  const application = await loadQuick()
  const targets = Array.from({ length: 200 }, (_, number) => `/environment/${number}`)
  const answers = await Promise.all(targets.map((target) => textOf(application, target)))
  expect(answers.map((answer) => JSON.parse(answer)[0].PATH_INFO)).toEqual(targets)
})

pythonTest('a response does not wait for a slow request behind it', async () => {
  const application = await loadQuick()
  const [first, last] = [signal(), signal()]
  const begun = textOf(application, `/waits_for?${first.name}`)
  const between = Array.from({ length: 5 }, () => textOf(application, '/hello'))
  const slow = textOf(application, `/waits_for?${last.name}`)
  first.give()
  await begun
  expect(await Promise.all(between)).toEqual(Array.from({ length: 5 }, () => 'Hello world\n'))
  last.give()
  await slow
})

pythonTest('what was answered before a process died is neither lost nor asked for again', async () => {
  // It is not looked after now and then, only at its end.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const application = await loadQuick()
  const { name, give } = signal()
  const begun = textOf(application, `/waits_for?${name}`)
  const before = Array.from({ length: 5 }, () => textOf(application, '/pid'))
  const dies = ask(application, '/dies')
  const after = textOf(application, '/pid')
  give()
  const pid = await begun
  expect(await Promise.all(before)).toEqual(Array.from({ length: 5 }, () => `${pid} False`))
  expect(await dies).toMatchObject({ status: '502 Bad Gateway' })
  expect(await after).not.toBe(`${pid} False`)
  expect(told).toEqual([expect.stringMatching(/ended with code 3 while it answered GET \/dies\./)])
})

pythonTest('a stream goes out at once, with what was held before it', async () => {
  const application = await loadQuick()
  const { name, give } = signal()
  const begun = textOf(application, `/waits_for?${name}`)
  const texts = ['/hello', '/two_chunks', '/hello', '/closes', '/two_chunks'].map((target) =>
    textOf(application, target),
  )
  give()
  await begun
  expect(await Promise.all(texts)).toEqual(['Hello world\n', 'one two', 'Hello world\n', 'fine', 'one two'])
})

test('a process is given more at a time while it is quick, and little at once when it was slow', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const depth = new QueueDepth()
  const after5ms = (answered: number) => {
    for (let count = 0; count < answered; count++) depth.count()
    vi.advanceTimersByTime(5)
    depth.judge()
    return depth.limit
  }
  expect([100, 100, 100].map(after5ms)).toEqual([4, 6, 8])
  expect(after5ms(15)).toBe(8)
  expect(after5ms(1)).toBe(2)
  for (let times = 0; times < 20; times++) after5ms(1000)
  expect(depth.limit).toBe(32)
})
