// The Python bridge: several processes, processes that die, and what is left of them in the end.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import {
  ask,
  drive,
  interpreter,
  isRunning,
  load,
  moduleNamed,
  pythonTest,
  signal,
  textOf,
  PATIENCE,
} from './cases.ts'

let told: string[] = []

beforeEach(() => {
  told = []
  vi.spyOn(console, 'error').mockImplementation((line) => void told.push(String(line)))
})
afterEach(() => vi.restoreAllMocks())

pythonTest('a process that dies over a request gives it a 502, and another takes its place', async () => {
  const { application } = await load()
  const before = await textOf(application, '/pid')
  const { status, headers, body } = await ask(application, '/dies')
  expect([status, String(body)]).toEqual(['502 Bad Gateway', 'The application failed.\n'])
  expect(headers).toContainEqual(['Content-Length', '24'])
  expect(await textOf(application, '/pid')).not.toBe(before)
  expect(told).toEqual([
    expect.stringMatching(/process \d+ ended with code 3 while it answered GET \/dies\./),
  ])
})

pythonTest('a process that dies after the head cuts the response off', async () => {
  const { application } = await load()
  const response = await drive(application, '/dies_after_head')
  expect(await response.next()).toBe('x'.repeat(10))
  await expect(response.next()).rejects.toThrow('ended with code 3')
  await response.close()
  expect(await textOf(application, '/hello')).toBe('Hello world\n')
})

pythonTest('requests that a dead process had not begun are answered by the next', async () => {
  const { application } = await load()
  const { name, give } = signal()
  const begun = ask(application, `/waits_for?${name}`)
  const upload = { method: 'POST', target: '/count', body: Buffer.alloc(100_000) }
  const others = [textOf(application, '/hello'), textOf(application, upload), textOf(application, '/hello')]
  give('die')
  expect(await begun).toMatchObject({ status: '502 Bad Gateway' })
  expect(await Promise.all(others)).toEqual(['Hello world\n', '100000', 'Hello world\n'])
})

pythonTest('an idle process that is killed is replaced', async () => {
  const { application } = await load()
  const [pid] = (await textOf(application, '/pid')).split(' ')
  process.kill(Number(pid), 'SIGKILL')
  await vi.waitFor(() => expect(told).toHaveLength(1), PATIENCE)
  expect(told[0]).toMatch(/process \d+ was ended by SIGKILL\. Another/)
  expect(await textOf(application, '/hello')).toBe('Hello world\n')
})

pythonTest('two processes work at the same time, the least busy first', async () => {
  const { application } = await load({ processes: 2 })
  const first = signal()
  const second = signal()
  const long = textOf(application, `/waits_for?${first.name}`)
  const other = textOf(application, `/waits_for?${second.name}`)
  second.give()
  const free = await other
  for (let request = 0; request < 10; request++) {
    expect(await textOf(application, '/pid')).toBe(`${free} True`)
  }
  first.give()
  expect(await long).not.toBe(free)
})

pythonTest('nothing waits behind a request that takes long while another process is free', async () => {
  const { application } = await load({ processes: 2 })
  const { name, give } = signal()
  const begun = performance.now()
  const long = textOf(application, `/waits_for?${name}`)
  while (performance.now() - begun < 30) await textOf(application, '/hello')
  const many = Array.from({ length: 50 }, () => textOf(application, '/hello'))
  expect(await Promise.all(many)).toHaveLength(50)
  give()
  await long
})

pythonTest('close() ends idle processes at once and busy ones within its grace', async () => {
  const loaded = await load({ processes: 2 })
  const spinning = await drive(loaded.application, '/spins')
  const busy = Number(await spinning.next())
  const [idle] = (await textOf(loaded.application, '/pid')).split(' ')
  const rest = expect(spinning.next()).rejects.toThrow('was ended by SIGKILL')
  const before = performance.now()
  await loaded.close()
  await rest
  expect(performance.now() - before).toBeLessThan(2500)
  expect([busy, Number(idle)].filter(isRunning)).toEqual([])
  await expect(textOf(loaded.application, '/hello')).rejects.toThrow('have been ended')
})

const script = new URL('alone.mjs', import.meta.url)

async function wordsAlone(): Promise<string> {
  return JSON.stringify([await interpreter(), moduleNamed('cases')])
}

pythonTest('no Python is left when the Node process is killed, even one that spins', async () => {
  const words = [fileURLToPath(script), await wordsAlone()]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = Number(String(await once(child.stdout, 'data')))
  expect(isRunning(pid)).toBe(true)
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), PATIENCE)
})

pythonTest('no Python is left when the thread of the server is ended, even one that spins', async () => {
  const thread = new Worker(script, { argv: [await wordsAlone()] })
  const [pid] = await once(thread, 'message')
  expect(isRunning(Number(pid))).toBe(true)
  await thread.terminate()
  await vi.waitFor(() => expect(isRunning(Number(pid))).toBe(false), PATIENCE)
})

pythonTest('what Ctrl-C sends to every process of the terminal leaves Python to the server', async () => {
  const { application } = await load()
  const [pid] = (await textOf(application, '/pid')).split(' ')
  process.kill(Number(pid), 'SIGINT')
  expect(await textOf(application, '/pid')).toBe(`${pid} False`)
})
