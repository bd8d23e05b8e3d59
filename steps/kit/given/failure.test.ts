// The words and bytes of failures (steps/kit/failure/): long ones stay readable, and show what they are about.

import { expect, test } from 'vitest'
import { excerpt, showBytes, squeeze } from '#given/kit/failure/bytes.ts'
import { gives, wireFailure } from '#given/kit/failure/failure.ts'
import { show } from '#given/kit/failure/values.ts'
import { Answer } from '#given/kit/wire/ask.ts'

const MANY = 'a'.repeat(9_000_000)

function messageOf(run: () => void): string {
  try {
    run()
  } catch (error) {
    return String(error)
  }
  throw new Error('It did not fail.')
}

function sceneWith(received: string) {
  return { step: 4, sent: Buffer.from('GET / HTTP/1.1\r\n\r\n'), received: Buffer.from(received) }
}

test('a run of one byte is shown by its length', () => {
  expect(showBytes(`GET /${MANY} HTTP/1.1\r\n`)).toBe('  GET /‹a × 9,000,000› HTTP/1.1␍␊')
  expect(showBytes(Buffer.alloc(1000))).toBe('  ‹\\x00 × 1,000›')
  expect(showBytes(Buffer.from('ü'.repeat(50)))).toBe('  ‹ü × 50›')
})

test('a short run is shown as it is', () => {
  expect(showBytes('Wait ...')).toBe('  Wait ...')
})

test('a run is shown by its length in values and in texts, too', () => {
  expect(show({ body: MANY })).toContain("body: '‹a × 9,000,000›'")
  expect(squeeze(`It got ${MANY}b.`)).toBe('It got ‹a × 9,000,000›b.')
  const answer = new Answer(
    { status: 200, reason: 'OK', headers: [], body: Buffer.from('short'), length: 5 },
    sceneWith('short'),
  )
  expect(messageOf(() => answer.is({ body: MANY }))).toContain('of 9000000 bytes')
})

test('UTF-8 is shown as its characters, and a byte that is none keeps its number', () => {
  expect(showBytes(Buffer.from('Grü, 1 €, 😀'))).toBe('  Grü, 1 €, 😀')
  expect(showBytes('Gr\xc3\xbc')).toBe('  Grü')
  expect(showBytes('Gr\xfc, \xc3')).toBe('  Gr\\xfc, \\xc3')
})

test('controls, and characters that nobody can see, stay visible signs', () => {
  expect(showBytes('a\0\t\x1b\r\n')).toBe('  a\\x00␉\\x1b␍␊')
  expect(showBytes(Buffer.from('\u0085\u00a0\u200b\u202e\ufffd'))).toBe(
    '  \\xc2\\x85\\xc2\\xa0\\xe2\\x80\\x8b\\xe2\\x80\\xae\\xef\\xbf\\xbd',
  )
})

test('a string of bytes is told from the text that it holds', () => {
  expect(show('/Gr\xc3\xbc\xc3\x9fe')).toBe(`'/Gr\\xc3\\xbc\\xc3\\x9fe', in UTF-8 "/Grüße"`)
  expect(show('/Grüße')).toBe("'/Grüße'")
})

test('of long values, the place is shown where they part', () => {
  const text = Array.from({ length: 900 }, (_, number) => `line ${number}`).join(', ')
  const message = messageOf(() => gives('read()', text.replace('line 700,', 'line X,'), text))
  expect(message).toContain('line X,')
  expect(message).toContain('line 700,')
  expect(message.length).toBeLessThan(900)
})

test('of a long answer, the place is shown where it parts from the expected one', () => {
  const wanted = Array.from({ length: 900 }, (_, number) => `line ${number}\r\n`).join('')
  const { message } = wireFailure('It differs.', sceneWith(wanted.replace('e 700', 'e xxx')), wanted)
  expect(message).toMatch(/came {6}….*line xxx␍␊.*…/)
  expect(message).toMatch(/expected {2}….*line 700␍␊.*…/)
  const body = Buffer.from(wanted.replace('e 700', 'e xxx'))
  const answer = new Answer({ status: 200, reason: 'OK', headers: [], body, length: 0 }, sceneWith(''))
  expect(messageOf(() => answer.is({ body: wanted }))).toContain('line xxx')
})

test('an excerpt and a difference hold whole characters', () => {
  expect(excerpt(Buffer.from('ü'.repeat(30)), 41)).not.toContain('\\x')
  const { message } = wireFailure('It differs.', sceneWith('Grö'), 'Gr\xc3\xbc')
  expect(message).toContain('They part at byte 3: "ö" came, "ü" was expected.')
})

test('the lines of a dump fit 80 columns, and are folded between words', () => {
  const lines = showBytes(`Cookie: ${'a-cookie=of-some-length; '.repeat(20)}\r\n`, '    ').split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78)
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/; $/)
})
