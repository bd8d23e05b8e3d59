// The Python bridge: what an application answers, and what it does wrong.

import { afterEach, beforeEach, expect, vi } from 'vitest'
import { drive, load, pythonTest, shared, textOf, PATIENCE } from './cases.ts'

const ask = shared()

/** What Python has printed. */
let printed = ''

beforeEach(() => {
  printed = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += Buffer.from(text).toString()
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const said = async (): Promise<unknown> => JSON.parse((await ask('/told')).body.toString())

pythonTest('a list is one chunk, with its length', async () => {
  const { application } = await load()
  const response = await drive(application, '/hello')
  expect(await response.next()).toBe('Hello world\n')
  expect(await response.next()).toBeUndefined()
  const [head] = response.heads
  expect(head?.headers).toContainEqual(['Content-Length', '12'])
})

pythonTest('a long list comes whole, with its length', async () => {
  const { headers, body } = await ask('/big_list')
  expect(headers).toContainEqual(['Content-Length', '200000'])
  expect(body.equals(Buffer.from('x'.repeat(100_000) + 'y'.repeat(100_000)))).toBe(true)
})

pythonTest('a chunk goes out before the next is made, and an empty one is none', async () => {
  await said()
  const { application, close } = await load()
  const response = await drive(application, '/two_chunks')
  expect(await response.next()).toBe('one ')
  expect(await response.next()).toBe('two')
  expect(await response.next()).toBeUndefined()
  expect(response.heads).toHaveLength(1)
  await close()
})

pythonTest(
  'a head may come late, and cookies, redirects and bytes beyond ASCII come as they are',
  async () => {
    expect(await ask('/late')).toMatchObject({ status: '201 Created' })
    expect(await ask('/cookies')).toEqual({
      status: '302 Found',
      headers: [
        ['Location', '/caf\xe9'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2; Path=/'],
        ['Content-Length', '0'],
      ],
      body: Buffer.alloc(0),
    })
  },
)

pythonTest('HEAD gets no length that its body does not have', async () => {
  const { headers } = await ask({ method: 'HEAD', target: '/hello' })
  expect(headers).toEqual([['Content-Type', 'text/plain; charset=utf-8']])
})

pythonTest('write() comes before what is returned, and close() is called at the end', async () => {
  await said()
  expect((await ask('/by_write')).body.toString()).toBe('by write and yield')
  expect(await said()).toEqual(['close'])
})

pythonTest('exc_info replaces a head that has not gone', async () => {
  expect(await ask('/second_thoughts')).toMatchObject({ status: '500 Sorry', body: Buffer.from('sorry') })
})

pythonTest('exc_info after the head is raised again, and cuts the response off', async () => {
  const { application } = await load()
  const response = await drive(application, '/too_late')
  expect(await response.next()).toBe('begun')
  await expect(response.next()).rejects.toThrow('ValueError: too late')
  await response.close()
  const told = await drive(application, '/told')
  expect(await told.next()).toBe('["raised again: too late"]')
  expect(printed).toContain('ValueError: too late')
})

pythonTest('an exception is told once on standard error, from the line of the application on', async () => {
  await expect(ask('/throws')).rejects.toThrow('Python raised RuntimeError: before the head')
  expect(printed.match(/Traceback/g)).toHaveLength(1)
  expect(printed).toMatch(/cases\.py", line \d+, in throws/)
  expect(printed).not.toContain('wsgi_workshop')
  await expect(ask('/throws_after_start')).rejects.toThrow('before the first bytes')
  expect(await ask('/hello')).toMatchObject({ status: '200 OK' })
})

pythonTest('an exception after the head rejects what follows, and close() is called', async () => {
  const { application } = await load()
  const response = await drive(application, '/throws_after_head')
  expect(await response.next()).toBe('begun')
  await expect(response.next()).rejects.toThrow('RuntimeError: after the head')
  await response.close()
  expect(await (await drive(application, '/told')).next()).toBe('["close"]')
})

pythonTest('close() is called after success; what it throws hurts nobody', async () => {
  await said()
  expect((await ask('/closes')).body.toString()).toBe('fine')
  expect(await said()).toEqual(['close'])
  expect((await ask('/throws_in_close')).body.toString()).toBe('fine')
  expect(await said()).toEqual([])
  await vi.waitFor(() => expect(printed).toContain('RuntimeError: in close'), PATIENCE)
})

const faults: [string, string][] = [
  ['silent', 'without calling start_response'],
  ['twice', 'start_response was called a second time'],
  ['returns_text', 'the application returned str, not an iterable of bytes'],
  ['returns_bytes', 'the application returned bytes, not an iterable of bytes'],
  ['returns_none', 'the application returned NoneType, not an iterable of bytes'],
  ['yields_text', 'a chunk of the body is str, not bytes: encode it, as in text.encode()'],
  ['yields_numbers', 'a chunk of the body is int, not bytes'],
  ['bytes_status', "start_response got b'200 OK' in its head"],
  ['number_header', 'start_response got 5 in its head'],
  ['wide_header', "start_response got '5 \u20ac' in its head"],
  ['ends_python', 'SystemExit: 3'],
]

pythonTest('what breaks the contract is said in a sentence, and the process goes on', async () => {
  const { body } = await ask('/pid')
  for (const [name, sentence] of faults) await expect(ask(`/${name}`), name).rejects.toThrow(sentence)
  expect((await ask('/pid')).body).toEqual(body)
})

pythonTest(
  "an exception in a Flask view is Flask's own page, and its traceback is on standard error",
  async () => {
    const flask = shared({ module: 'flask_cases' })
    expect(await flask('/fails')).toMatchObject({ status: '500 INTERNAL SERVER ERROR' })
    await vi.waitFor(() => expect(printed).toContain('RuntimeError: as a view does'), PATIENCE)
  },
)

pythonTest(
  'what an application prints goes to standard error, and its children cannot reach the frames',
  async () => {
    const loaded = await load()
    expect(await textOf(loaded.application, '/prints')).toBe('printed')
    expect(await textOf(loaded.application, '/hello')).toBe('Hello world\n')
    await loaded.close()
    expect(printed.split('\n')).toEqual([
      'printed by the application \u20ac',
      'written to descriptor 1',
      "printed by a child ''",
      'told to wsgi.errors',
      '',
    ])
  },
)
