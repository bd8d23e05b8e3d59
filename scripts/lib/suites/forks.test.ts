// However and whenever a test process dies, a run of suites comes to its end, and the next one is sound.
import type { ChildProcess, ForkOptions } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { theStep } from '../catalogue.ts'
import { isGreen, openSuites, type Suites } from './run.ts'
import { atMost } from '../time.ts'

/** In ms. Vitest's own patience is a minute; a run takes about one second. */
const PATIENCE = 30_000
const step = theStep(1)

/** What happens to each process that is started. */
let afflict: (child: ChildProcess) => void = () => {}
const living = new Set<ChildProcess>()

vi.mock('node:child_process', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:child_process')>()
  const fork = (file: string, words: string[], options: ForkOptions) => {
    const child = original.fork(file, words, options)
    living.add(child)
    child.once('exit', () => living.delete(child))
    afflict(child)
    return child
  }
  return { ...original, fork }
})

let suites: Suites
const open = (tree: string) => openSuites({ tree, steps: [step], level: 'core', bail: true })

beforeAll(async () => {
  suites = await open('solutions')
})
afterAll(() => suites.close())

/** Does this at the request of that kind. */
function whenSent(
  child: ChildProcess,
  type: string,
  act: () => void,
  at: 'before' | 'after' = 'after',
): void {
  const send = child.send.bind(child)
  const patched = (message: object, ...rest: []) => {
    const fits = 'type' in message && message.type === type
    if (fits && at === 'before') act()
    const result = send(message, ...rest)
    if (fits && at === 'after') act()
    return result
  }
  Object.assign(child, { send: patched })
}

/** Does this once the process has answered so, or called this function of vitest's. */
function whenSaid(child: ChildProcess, what: string, act: () => void): void {
  child.on('message', (message: object) => {
    if (Object.entries(message).some(([key, value]) => ['type', 'm'].includes(key) && value === what)) act()
  })
}

const moments: Record<string, (child: ChildProcess, die: () => void) => void> = {
  'before it is told to start': (_child, die) => die(),
  'while it starts': (child, die) => whenSent(child, 'start', die),
  'as it has started': (child, die) => whenSaid(child, 'started', die),
  'as a run message is sent': (child, die) => whenSent(child, 'run', die, 'before'),
  'while the run message is under way': (child, die) => whenSent(child, 'run', die),
  'while the suite is loaded': (child, die) => whenSaid(child, 'onQueued', die),
  'between tests': (child, die) => whenSaid(child, 'onTaskUpdate', die),
  'as the suite is through': (child, die) => whenSaid(child, 'testfileFinished', die),
  'while it stops': (child, die) => whenSent(child, 'stop', die),
}

/** Runs under the affliction, and then without it. */
async function survives(engine = suites): Promise<void> {
  const first = await atMost(PATIENCE, engine.run().catch(String))
  expect(first, 'the run came to no end').toBeDefined()
  afflict = () => {}
  const next = await atMost(PATIENCE, engine.run())
  expect(next && isGreen(next, [1], ['core']), 'the next run is not sound').toBe(engine === suites)
  expect(next?.problems).toEqual([])
}

test.for(Object.entries(moments))('a process that dies %s holds nobody up', async ([, moment]) => {
  afflict = (child) => moment(child, () => child.kill('SIGKILL'))
  await survives()
})

test('a process that hangs up, or cannot be started, holds nobody up', async () => {
  afflict = (child) => whenSaid(child, 'onQueued', () => child.disconnect())
  await survives()
  afflict = (child) => {
    child.kill('SIGKILL')
    Object.defineProperty(child, 'pid', { value: undefined })
    process.nextTick(() => child.emit('error', new Error('spawn EAGAIN')))
  }
  await survives()
})

test('a process that dies once a failure has begun to end the run holds nobody up', async () => {
  const failing = await open('exercises')
  onTestFinished(() => failing.close())
  afflict = (child) => whenSaid(child, 'onCancel', () => child.kill('SIGKILL'))
  await survives(failing)
})

test('a process kept in reserve that is dead is not taken, even if it still seems connected', async () => {
  const reserve: ChildProcess[] = []
  afflict = (child) => reserve.push(child)
  suites.keepWarm()
  const [spare] = reserve
  spare?.kill('SIGKILL')
  if (spare) await once(spare, 'exit')
  // So it looks on a busy machine, which tells of the end first and of the closed channel later.
  if (spare) Object.defineProperty(spare, 'connected', { value: true })
  afflict = () => {}
  await survives()
})

test('a reserve that was ended with an abandoned run is not taken by the next', async () => {
  suites.keepWarm()
  suites.abandon()
  const next = await atMost(PATIENCE, suites.run())
  expect(next && isGreen(next, [1], ['core'])).toBe(true)
})

test('runs that are abandoned at random moments all come to an end, and leave no process', async () => {
  const seed = Date.now() % 100_000
  const random = generator(seed)
  for (let round = 0; round < 6; round += 1) {
    if (random() < 0.5) suites.keepWarm()
    const run = suites.run()
    await after(random() * 500)
    suites.abandon()
    const ended = await atMost(
      PATIENCE,
      run.then(() => true),
    )
    expect(ended, `seed ${seed}, round ${round}`).toBe(true)
  }
  await survives()
  await Promise.all([...living].map((child) => once(child, 'exit')))
})

/** Numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16807 + 11) % 2147483647) / 2147483647
}
