// The Python bridge: clients that leave, and clients that are slow.

import { existsSync, readFileSync } from 'node:fs'
import { afterEach, expect, vi } from 'vitest'
import { environFor } from '#given/kit/application/call.ts'
import { drive, load, pythonTest, signal, textOf, PATIENCE } from './cases.ts'
import { pending, turns } from '../waiting.ts'

afterEach(() => vi.restoreAllMocks())

/** What the application says that happened, and that it says so within a second. */
async function toldSoon(application: Parameters<typeof textOf>[0]): Promise<string> {
  const before = performance.now()
  const told = await textOf(application, '/told')
  expect(performance.now() - before).toBeLessThan(1000)
  return told
}

pythonTest('a client that leaves a stream stops the generator at its next yield', async () => {
  const { application } = await load()
  const response = await drive(application, '/endless')
  await response.next()
  await response.close()
  expect(await response.next()).toBeUndefined()
  expect(await toldSoon(application)).toBe('["generator closed"]')
})

pythonTest('a client that leaves makes the next write fail', async () => {
  const { application } = await load()
  const response = await drive(application, '/write_for_ever')
  await response.next()
  await response.close()
  expect(await toldSoon(application)).toBe('["write stopped"]')
})

pythonTest('a client that leaves makes the next read fail, without a word on standard error', async () => {
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { application, close } = await load()
  const { name } = signal()
  const response = await drive(application, `/read_for_ever?${name}`)
  const waiting = response.next()
  await vi.waitFor(() => expect(existsSync(name)).toBe(true), PATIENCE)
  await response.close()
  expect(await waiting).toBeUndefined()
  expect(await toldSoon(application)).toBe('["read: ClientGone"]')
  await close()
  expect(printed).not.toHaveBeenCalled()
})

pythonTest('a client that leaves while a body is awaited makes that read fail', async () => {
  const { application } = await load()
  const asked = pending<void>()
  const environ = environFor({
    method: 'POST',
    target: '/read_for_ever',
    headers: [['Expect', '100-continue']],
  })
  environ.CONTENT_LENGTH = '10'
  environ['wsgi.input'].read = () => {
    asked.resolve()
    return new Promise(() => {})
  }
  const response = await drive(application, environ)
  const waiting = response.next()
  await asked.promise
  await response.close()
  expect(await waiting).toBeUndefined()
  expect(await toldSoon(application)).toBe('["read: ClientGone"]')
})

pythonTest('a client that leaves while Python computes is noticed when it next yields', async () => {
  const { application } = await load()
  const { name, give } = signal()
  const response = await drive(application, `/compute?${name}`)
  expect(await response.next()).toBe('first')
  const waiting = response.next()
  await response.close()
  expect(await waiting).toBeUndefined()
  await turns(2)
  give()
  expect(await toldSoon(application)).toBe('["stopped"]')
})

pythonTest('a client that leaves before its turn has come is never begun', async () => {
  const { application } = await load()
  const { name, give } = signal()
  const first = textOf(application, `/waits_for?${name}`)
  const leavers = await Promise.all(
    Array.from({ length: 40 }, () => drive(application, '/compute?')), // More than are given to one process.
  )
  const waiting = leavers.map((response) => response.next())
  await Promise.all(leavers.map((response) => response.close()))
  expect(await Promise.all(waiting)).toEqual(leavers.map(() => undefined))
  give()
  await first
  expect(await toldSoon(application)).toBe('[]')
})

pythonTest('a client that leaves before its body is collected costs Python nothing', async () => {
  const { application } = await load()
  const environ = environFor({ method: 'POST', target: '/dies', body: Buffer.alloc(5) })
  const body = pending<Buffer>()
  environ['wsgi.input'].read = () => body.promise
  const response = await drive(application, environ)
  const waiting = response.next()
  await response.close()
  expect(await waiting).toBeUndefined()
  body.resolve(Buffer.alloc(5))
  await turns(3)
  expect(await textOf(application, '/hello')).toBe('Hello world\n')
})

pythonTest('a head that the server refuses is its answer, and stops the generator', async () => {
  const { application } = await load()
  const refusal = new Error('no such header')
  const body = await application(environFor({ target: '/endless' }), () => {
    throw refusal
  })
  if (!(Symbol.asyncIterator in body)) throw new Error('The body should be asynchronous.')
  await expect(body[Symbol.asyncIterator]().next()).rejects.toBe(refusal)
  await body.close?.()
  expect(await toldSoon(application)).toBe('["generator closed"]')
})

pythonTest('a client that is slow to send holds no process while its body fits the buffer', async () => {
  const { application } = await load()
  const body = pending<void>()
  async function* slow() {
    yield Buffer.from('begun ')
    await body.promise
    yield Buffer.alloc(1_000_000)
  }
  const upload = textOf(application, { method: 'POST', target: '/count', body: slow() })
  expect(await textOf(application, '/hello')).toBe('Hello world\n')
  body.resolve()
  expect(await upload).toBe('1000006')
})

pythonTest('a client that is slow to read holds no process while its response fits the buffer', async () => {
  const { application } = await load()
  const slow = await drive(application, '/megabyte')
  expect(await slow.next()).toHaveLength(65_536)
  expect(await textOf(application, '/hello')).toBe('Hello world\n')
  let length = 65_536
  for (let chunk = await slow.next(); chunk !== undefined; chunk = await slow.next()) length += chunk.length
  expect(length).toBe(1 << 20)
})

pythonTest(
  'what is kept for a client that does not read is bounded, in large chunks and in small ones',
  async () => {
    for (const [size, most] of [
      [65_536, 18],
      [1, 10_000],
    ]) {
      const { application } = await load()
      const { name } = signal()
      const response = await drive(application, `/fills?${size}&${name}`)
      await response.next()
      const sent = await vi.waitFor(() => readFileSync(name, 'utf8'), PATIENCE)
      expect(Number(sent)).toBeLessThan(Number(most))
      await response.close()
      expect(await toldSoon(application)).toBe('["stopped"]')
    }
  },
)
