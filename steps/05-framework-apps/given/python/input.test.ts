// The Python bridge: what an application finds in its environ, and how it reads the body.

import { createHash } from 'node:crypto'
import { expect, vi } from 'vitest'
import { BodyInput } from '#given/kit/application/body-input.ts'
import { callApplication, environFor, type HandRequest } from '#given/kit/application/call.ts'
import { drive, load, pythonTest, shared, textOf } from './cases.ts'
import { pending } from '../waiting.ts'

const ask = shared()

// Errors are told there, and not of interest here.
vi.spyOn(process.stderr, 'write').mockReturnValue(true)

async function json(request: HandRequest | string): Promise<unknown> {
  const { body } = await ask(request)
  return JSON.parse(body.toString())
}

async function* pieces(...bytes: Uint8Array[]) {
  yield* bytes
}

/** More than what is collected, so that the rest is asked for. */
const long = Buffer.from(`${'a line\n'.repeat(200_000)}the last`)
const md5 = (bytes: Uint8Array) => `${bytes.length} ${createHash('md5').update(bytes).digest('hex')}`

pythonTest('the environ has what PEP 3333 asks for, and the CGI variables as they came', async () => {
  const found = await json({
    target: '/environment/caf%C3%A9%00=?a=%20&b',
    headers: [['X-Name', 'caf\xe9']],
  })
  expect(found).toEqual([
    expect.objectContaining({
      REQUEST_METHOD: 'GET',
      SCRIPT_NAME: '',
      PATH_INFO: '/environment/caf\xc3\xa9\0=',
      QUERY_STRING: 'a=%20&b',
      REQUEST_URI: '/environment/caf%C3%A9%00=?a=%20&b',
      SERVER_PROTOCOL: 'HTTP/1.1',
      HTTP_X_NAME: 'caf\xe9',
      'wsgi.version': [1, 0],
      'wsgi.url_scheme': 'http',
      'wsgi.multithread': false,
      'wsgi.multiprocess': false,
      'wsgi.run_once': false,
    }),
    [],
    true,
  ])
})

pythonTest('without a body, wsgi.input is not read and is empty', async () => {
  const { application } = await load()
  const environ = environFor({ target: '/inputs?read&readline&readlines&iterate&read=5' })
  environ['wsgi.input'].read = () => Promise.reject(new Error('read'))
  const { body } = await callApplication(application, environ)
  expect(JSON.parse(body.toString())).toEqual(['', '', [], [], ''])
})

const lines = Buffer.from('first\nsecond\n\nfourth')

pythonTest('read, readline, readlines and iteration follow PEP 3333', async () => {
  const results = async (calls: string) => json({ method: 'POST', target: `/inputs?${calls}`, body: lines })
  expect(await results('read')).toEqual([String(lines)])
  expect(await results('read=-1&read')).toEqual([String(lines), ''])
  expect(await results('read=0&read=3&read=100&read=1')).toEqual(['', 'fir', 'st\nsecond\n\nfourth', ''])
  const calls = 'readline&readline=3&readline=100&readline&readline&readline'
  expect(await results(calls)).toEqual(['first\n', 'sec', 'ond\n', '\n', 'fourth', ''])
  expect(await results('readline=0&readline=-1')).toEqual(['', 'first\n'])
  expect(await results('readlines')).toEqual([['first\n', 'second\n', '\n', 'fourth']])
  expect(await results('readlines=7&readlines=0')).toEqual([
    ['first\n', 'second\n'],
    ['\n', 'fourth'],
  ])
  expect(await results('read=2&iterate')).toEqual(['fi', ['rst\n', 'second\n', '\n', 'fourth']])
})

pythonTest('what is collected has its true length, however it came', async () => {
  const body = pieces(Buffer.from('12'), Buffer.from('345'))
  const [environ] = Object.values(Object(await json({ method: 'POST', target: '/environment', body })))
  expect(environ).toMatchObject({ CONTENT_LENGTH: '5' })
  expect(environ).not.toHaveProperty('HTTP_TRANSFER_ENCODING')
})

pythonTest('a longer body with a Content-Length comes in blocks, whatever the sizes read', async () => {
  for (const size of [1000, 65_536, 3_000_000]) {
    const { body } = await ask({ method: 'POST', target: `/digest?${size}`, body: long })
    expect(String(body)).toBe(md5(long))
  }
})

pythonTest('a longer body without a Content-Length comes to its end', async () => {
  const sent = long.subarray(0, 1_070_000)
  const body = () => pieces(sent.subarray(0, 500_000), sent.subarray(500_000))
  expect(String((await ask({ method: 'POST', target: '/digest', body: body() })).body)).toBe(md5(sent))
  const [all] = Object.values(Object(await json({ method: 'POST', target: '/inputs?iterate', body: body() })))
  expect(all).toHaveLength(Math.ceil(sent.length / 7))
  const [environ] = Object.values(
    Object(await json({ method: 'POST', target: '/environment', body: body() })),
  )
  expect(environ).toMatchObject({ HTTP_TRANSFER_ENCODING: 'chunked', 'wsgi.input_terminated': true })
})

pythonTest('a client that expects 100-continue can be answered line by line', async () => {
  const answered = [pending<void>(), pending<void>()]
  async function* conversation() {
    yield Buffer.from('line 0\n')
    for (const [at, before] of answered.entries()) {
      await before.promise
      yield Buffer.from(`line ${at + 1}\n`)
    }
  }
  const headers: [string, string][] = [['Expect', '100-continue']]
  const { application } = await load()
  const environ = environFor({ method: 'POST', target: '/greet_twice', headers, body: conversation() })
  const response = await drive(application, environ)
  for (const at of [0, 1, 2]) {
    expect(await response.next()).toBe(`Hello line ${at}\n`)
    answered[at]?.resolve()
  }
  expect(await response.next()).toBeUndefined()
})

pythonTest('an error while the body is collected is what the server gets to answer', async () => {
  const { application } = await load()
  const environ = environFor({ method: 'POST', target: '/digest', body: lines })
  const broken = new Error('the chunk size is no number')
  environ['wsgi.input'].read = () => Promise.reject(broken)
  await expect(callApplication(application, environ)).rejects.toBe(broken)
})

pythonTest(
  'an error in the middle of a longer body is an OSError in Python, and the same error again here',
  async () => {
    const broken = new Error('the chunk size is no number')
    async function* body() {
      yield long.subarray(0, 1_100_000)
      throw broken
    }
    await expect(ask({ method: 'POST', target: '/digest', body: body() })).rejects.toBe(broken)
    // Flask makes an answer of its own of it.
    const { application } = await load({ module: 'flask_cases' })
    const environ = environFor({ method: 'POST', target: '/upload', body: long })
    environ['wsgi.input'] = new BodyInput(body())
    expect(await callApplication(application, environ)).toMatchObject({ status: '400 BAD REQUEST' })
  },
)

pythonTest('a body that nobody reads does not disturb the next request', async () => {
  const { application } = await load()
  expect(await textOf(application, { method: 'POST', target: '/hello', body: long })).toBe('Hello world\n')
  expect(await textOf(application, { method: 'POST', target: '/digest', body: lines })).toBe(md5(lines))
})

pythonTest(
  'wsgiref.validate finds nothing wrong, with GET, HEAD and POST, alone and around Flask',
  async () => {
    const plain = shared({ callable: 'valid' })
    const flask = shared({ module: 'flask_cases', callable: 'valid' })
    for (const body of [lines, long, pieces(lines)]) {
      const { status } = await plain({ method: 'POST', target: '/', body })
      expect(status).toBe('200 OK')
    }
    const form = { headers: [['Content-Type', 'application/x-www-form-urlencoded']] as [string, string][] }
    for (const method of ['GET', 'HEAD']) {
      expect((await plain({ method, target: '/' })).status).toBe('200 OK')
      expect((await flask({ method, target: '/form?a=1&a=%C3%A9' })).status).toBe('200 OK')
    }
    const { body } = await flask({
      ...form,
      method: 'POST',
      target: '/form',
      body: Buffer.from('name=%C3%A9'),
    })
    expect(JSON.parse(body.toString())).toEqual({ method: 'POST', form: { name: '\u00e9' }, args: {} })
  },
)
