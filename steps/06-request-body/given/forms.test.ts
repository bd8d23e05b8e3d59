// The default page of floor 6, and the multipart/form-data that it reads, without a server.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { callApplication, environFor } from '#given/kit/application/call.ts'
import { BodyInput } from '#given/kit/application/body-input.ts'
import { application } from '../forms.ts'
import { boundaryOf, readParts } from '../multipart.ts'

const B = 'a-boundary'
const content = `a\r\n\r\n--a-bound\r\n--\r\nb\r\r\n\n`
const form =
  `--${B}\r\nContent-Disposition: form-data; name="note"\r\n\r\nsee above\r\n` +
  `--${B}\r\ncontent-disposition: form-data; name="file"; filename="a b.txt"\r\nContent-Type: a/b\r\n\r\n` +
  `${content}\r\n--${B}\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n--${B}--\r\n`

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Each part's name and bytes. */
async function partsOf(bytes: Buffer, size: number, boundary = B): Promise<[string, string][]> {
  const parts: [string, string][] = []
  for await (const piece of readParts(new BodyInput(cut(bytes, size)), boundary)) {
    const last = parts.at(-1)
    if ('filename' in piece) parts.push([piece.name, ''])
    else if (last !== undefined) last[1] += piece.toString('latin1')
  }
  return parts
}

test('a form is taken apart at its boundaries alone, however it comes', async () => {
  for (const size of [1, 2, 3, 7, 1000])
    expect(await partsOf(Buffer.from(form), size)).toEqual([
      ['note', 'see above'],
      ['file', content],
      ['empty', ''],
    ])
})

test('a file keeps every byte, also where a piece of it ends between CR and LF', async () => {
  for (const length of [65_534, 65_535, 65_536, 65_537, 131_071]) {
    const file = `${'x'.repeat(length)}\r\n${'y'.repeat(length)}\r`
    const body = `--${B}\r\nContent-Disposition: form-data; name="f"\r\n\r\n${file}\r\n--${B}--\r\n`
    const [[, bytes] = ['', '']] = await partsOf(Buffer.from(body), 10_000)
    expect(bytes === file, `${length} bytes before a line end`).toBe(true)
  }
})

test('the boundary is found with and without quotes', () => {
  expect(boundaryOf('multipart/form-data; boundary=a-b')).toBe('a-b')
  expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b')
  expect(boundaryOf('text/plain')).toBeUndefined()
  expect(boundaryOf(undefined)).toBeUndefined()
})

async function answered(target: string, method: string, type: string, body: string, accept = '*/*') {
  const headers: [string, string][] = [
    ['Content-Type', type],
    ['Accept', accept],
  ]
  return callApplication(application, environFor({ method, target, headers, body: Buffer.from(body) }))
}

function digest(text: string): string {
  return `${text.length} bytes, SHA-256 ${createHash('sha256').update(text).digest('hex')}`
}

test('the page tells what came: of a form, of a form with a file, of a file', async () => {
  const sent = await answered('/form', 'POST', 'application/x-www-form-urlencoded', 'name=Ada&note=1+%2B+1')
  expect(String(sent.body)).toContain('The body: name=Ada&note=1+%2B+1\nname: Ada\nnote: 1 + 1\n')
  const uploaded = await answered('/upload', 'POST', `multipart/form-data; boundary=${B}`, form)
  expect(String(uploaded.body)).toContain(
    `note: see above\nfile: a b.txt, a/b, ${digest(content)}\nempty: \n`,
  )
  const put = await answered('/upload', 'PUT', 'text/plain', 'hello')
  expect(String(put.body)).toContain(`The file: ${digest('hello')}\n`)
})

test('a browser gets a page, in which nothing that was sent is taken for HTML', async () => {
  const type = 'application/x-www-form-urlencoded'
  const { headers, body } = await answered('/form', 'POST', type, 'a<b=<i>"&', 'text/html,*/*')
  expect(headers).toContainEqual(['Content-Type', 'text/html; charset=utf-8'])
  expect(String(body)).not.toMatch(/<i>|a<b/)
})
