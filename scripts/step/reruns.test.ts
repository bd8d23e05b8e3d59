// The watch waits for no run without limit: what never comes to its end is given up.
import { setImmediate as settled } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { theStep } from '../lib/catalogue.ts'
import { Stuck } from '../lib/suites/watchdog.ts'
import { Reruns } from './reruns.ts'

const trials = vi.hoisted(() => ({
  run: vi.fn(),
  abandon: vi.fn(),
  close: vi.fn(),
  keepWarm: vi.fn(),
  opened: 0,
}))

vi.mock('./trial.ts', () => ({
  openTrial: async () => {
    trials.opened += 1
    const { run, abandon, close, keepWarm } = trials
    return { run, abandon, suites: { close, keepWarm } }
  },
}))

/** A bound that is over as soon as nothing else can happen. */
vi.mock('../lib/time.ts', () => ({
  atMost: (_ms: number, promise: Promise<unknown>) => Promise.race([promise, settled()]),
}))

afterEach(() => {
  vi.resetAllMocks()
  trials.opened = 0
})

function newReruns() {
  const present = vi.fn()
  const complain = vi.fn()
  const reruns = new Reruns({ step: theStep(1), level: 'core' }, present, complain)
  return { reruns, present, complain }
}

test('the end waits a few seconds for a run that never settles, and then closes its processes', async () => {
  const { reruns } = newReruns()
  trials.run.mockReturnValue(new Promise(() => {}))
  reruns.request()
  await settled()
  await reruns.end()
  expect(trials.close).toHaveBeenCalled()
})

test('a stuck engine is closed, and what was wanted meanwhile runs in a fresh one', async () => {
  const { reruns, present, complain } = newReruns()
  trials.run.mockImplementationOnce(async () => {
    reruns.request(['a.ts'])
    throw new Stuck()
  })
  trials.run.mockResolvedValueOnce('attempt')
  reruns.request()
  await settled()
  expect(trials.opened).toBe(2)
  expect(trials.close).toHaveBeenCalledTimes(1)
  expect(present.mock.calls).toEqual([['attempt']])
  expect(complain).not.toHaveBeenCalled()
})

test('a stuck engine that nobody has asked anything since is told of, and the next request runs', async () => {
  const { reruns, present, complain } = newReruns()
  trials.run.mockRejectedValueOnce(new Stuck()).mockResolvedValueOnce('attempt')
  reruns.request()
  await settled()
  expect(String(complain.mock.calls[0])).toContain('stopped answering')
  reruns.request()
  await settled()
  expect(present.mock.calls).toEqual([['attempt']])
})

test('nothing runs once it is over, and no fault is told', async () => {
  const { reruns, complain } = newReruns()
  reruns.request()
  await reruns.end()
  expect(trials.run).not.toHaveBeenCalled()
  expect(trials.close).toHaveBeenCalled()
  expect(complain).not.toHaveBeenCalled()
})
