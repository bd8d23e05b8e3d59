// What the access log tells of a request, and that the application and the server do not notice it.

import { expect, test } from 'vitest'
import { callApplication, environFor, type HandRequest } from '#given/kit/application/call.ts'
import type { Application, Body } from '#wsgi'
import { logged } from '../access-log.ts'

const page: Application = (_environ, startResponse) => {
  startResponse('200 OK', [])
  return [Buffer.from('a '), Buffer.from('page')]
}

/** Calls an application behind a log: what it answers, and the lines. */
async function call(application: Application, request: HandRequest = { target: '/' }) {
  const lines: string[] = []
  const answer = await callApplication(
    logged(application, (line) => lines.push(line)),
    environFor(request),
  ).catch((error: unknown) => error)
  return { answer, lines }
}

function fail(): never {
  throw new Error('no ink')
}

/** What stands behind the date. */
const rest = ([line = '']: string[]) => line.replace(/^.*\] /, '').replace(/ [\d.]+$/, ' ms')

test('a line has the client, the date, the request, the answer and the time', async () => {
  const headers: [string, string][] = [
    ['Referer', 'http://a/'],
    ['User-Agent', 'curl/7'],
  ]
  const { lines } = await call(page, { target: '/a%20b?c', headers })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^127\.0\.0\.1 - - \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/a%20b\?c HTTP\/1\.1" 200 6 "http:\/\/a\/" "curl\/7" \d+\.\d$/,
  )
})

test('no client can break out of the quotes, or of the line', async () => {
  const { lines } = await call(page, { target: '/', headers: [['User-Agent', 'a" 200 "\\\r\n\x1b[2J\xe9']] })
  expect(rest(lines)).toBe('"GET / HTTP/1.1" 200 6 "-" "a\\x22 200 \\x22\\x5c\\x0d\\x0a\\x1b[2J\\xe9" ms')
})

test('a list stays a list, and is not the application’s own', async () => {
  const own = [Buffer.from('again')]
  const application = logged(
    (_environ, startResponse) => (startResponse('200 OK', []), own),
    () => {},
  )
  for (let time = 0; time < 3; time++) {
    const body = await application(environFor({ target: '/' }), () => async () => {})
    expect(Array.isArray(body)).toBe(true)
    await body.close?.()
  }
  expect(Object.keys(own)).toEqual(['0'])
})

test('a generator is counted to its end, and what was written, too', async () => {
  const { answer, lines } = await call(async (_environ, startResponse) => {
    const write = startResponse('404 Not Found', [])
    await write(Buffer.from('one '))
    return (function* () {
      yield Buffer.from('two ')
      yield Buffer.from('three')
    })()
  })
  expect(answer).toMatchObject({ body: Buffer.from('one two three') })
  expect(rest(lines)).toBe('"GET / HTTP/1.1" 404 13 "-" "-" ms')
})

test('the body of the application is closed', async () => {
  const told: string[] = []
  const body: Body = Object.assign([Buffer.from('x')], { close: () => void told.push('closed') })
  const { lines } = await call((_environ, startResponse) => (startResponse('200 OK', []), body))
  expect([told, lines.length]).toEqual([['closed'], 1])
})

test('HEAD has no body to count', async () => {
  const { lines } = await call(page, { method: 'HEAD', target: '/' })
  expect(rest(lines)).toBe('"HEAD / HTTP/1.1" 200 0 "-" "-" ms')
})

test('an application that throws is a 500, before its body and in it', async () => {
  const before = await call(fail)
  const within = await call((_environ, startResponse) => {
    startResponse('200 OK', [])
    return (function* (): Generator<Uint8Array> {
      yield fail()
    })()
  })
  for (const { answer, lines } of [before, within]) {
    expect(answer).toMatchObject({ message: 'no ink' })
    expect(rest(lines)).toBe('"GET / HTTP/1.1" 500 0 "-" "-" ms')
  }
})
