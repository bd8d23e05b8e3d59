// What a client must not send, as tables: why, and the bytes.

import { bodyLimits } from '#server/06-request-body/limits.ts'
import { request } from './expectations.ts'

const length = (value: string, body = 'hello') => request('POST /', [`Content-Length: ${value}`], body)
const chunked = (body: string, ...fields: string[]) =>
  request('POST /', ['Transfer-Encoding: chunked', ...fields], body)

const five = (extension = '') => `5${extension}\r\nhello\r\n`
const last = '0\r\n\r\n'

/** CONTENT_LENGTH as a bodyLength has to see it, and what it is to give. */
export const lengths: Record<string, number> = { '0': 0, '5': 5, '005': 5, '1048576': 1_048_576 }

/** Each of these is a number to somebody: to `parseInt`, `Number`, Python's `int` or a list's first entry. */
export const badLengths = [
  '+5',
  '-5',
  '0x5',
  '5,5',
  '5, 5',
  '5, 6',
  '',
  '5 5',
  '5.0',
  '5e0',
  '5_0',
  '5;',
  'five',
]

/** The same on the wire. */
export const badLengthRequests: Record<string, string> = {
  'Content-Length has a sign.': length('+5'),
  'Content-Length is hexadecimal.': length('0x5'),
  'Content-Length is a list.': length('5, 5'),
  'Content-Length is empty.': length(''),
  'Content-Length has digits that are not ASCII: an Arabic five.': length('\xd9\xa5'),
  'There are two Content-Lengths. They reach you as "5, 40", if headerVariables joins them (step 3, strict).':
    request('POST /', ['Content-Length: 5', 'Content-Length: 40'], 'hello'),
}

const BOTH = 'One server goes by the length, the next one by the chunks'

/** A body in all of these ends at one place for one server, and at another for the next. */
export const ambiguous: Record<string, string> = {
  [`${BOTH}.`]: chunked('0\r\n\r\n', 'Content-Length: 5'),
  'One server goes by a length of 0, which is a length like any other, the next one by the chunks.': chunked(
    five() + last,
    'Content-Length: 0',
  ),
  'There is an empty Content-Length beside the chunks: to somebody it is 0.': chunked(
    five() + last,
    'Content-Length:',
  ),
  [`${BOTH}, whichever comes first.`]: request(
    'POST /',
    ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    '0\r\n\r\n',
  ),
  'Nobody here knows the coding "gzip".': request('POST /', ['Transfer-Encoding: gzip'], 'hello'),
  'The coding "identity" is no more.': request('POST /', ['Transfer-Encoding: identity'], 'hello'),
  'Something is chunked, and then coded again.': request(
    'POST /',
    ['Transfer-Encoding: chunked, gzip'],
    '0\r\n\r\n',
  ),
  'Something is coded, and then chunked: we could not decode it.': request(
    'POST /',
    ['Transfer-Encoding: gzip, chunked'],
    '0\r\n\r\n',
  ),
  'The coding "xchunked" is not "chunked".': request('POST /', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'),
  'It is chunked twice. Both reach you as "chunked, chunked", if headerVariables joins them (step 3, strict).':
    chunked('0\r\n\r\n', 'Transfer-Encoding: chunked'),
  'Transfer-Encoding is empty.': request('POST /', ['Transfer-Encoding:'], 'hello'),
  'HTTP/1.0 has no codings: a server of its time sees no body here.': chunked('0\r\n\r\n').replace(
    '1.1',
    '1.0',
  ),
}

/** The line before a chunk, and the size in it. */
export const chunkSizes: Record<string, number> = {
  '5': 5,
  '0': 0,
  '1a': 26,
  '1A': 26,
  '00ff': 255,
  '5;name': 5,
  '1a;name=value': 26,
}

/** What else may stand round an extension and in it. */
export const extendedSizes: Record<string, number> = {
  'A ; name="a b"': 10,
  '5\t ;name': 5,
  '5; name = value;other': 5,
  '5;name="\t\xe9"': 5,
}

/** `parseInt(line, 16)` finds a number in most of these. */
export const badChunkSizes = [
  '',
  ';name',
  '5x',
  '0x5',
  '+5',
  '-5',
  ' 5',
  '5 5',
  '5,5',
  '5.0',
  '5_0',
  'g',
  '5 ',
  '5\t',
  '5\xa0;name',
  '5\v;name',
  '5;\0',
  '5;na\x01me',
  '5;name\x7f',
]

/** Chunks that are not what the grammar says. */
export const badChunks: Record<string, string> = {
  'The chunk has more bytes than its size says.': chunked('5\r\nhelloXX\r\n0\r\n\r\n'),
  'The chunk has more bytes than its size says, and they look like a line end.':
    chunked('5\r\nhello\n\n0\r\n\r\n'),
  'There is no line end after the chunk.': chunked('5\r\nhello0\r\n\r\n'),
  'There is a line feed alone after the chunk: readLine refuses that (step 2, strict).':
    chunked('5\r\nhello\n0\r\n\r\n'),
  'There is a line feed alone after the size: readLine refuses that (step 2, strict).':
    chunked('5\nhello\r\n0\r\n\r\n'),
  'There is a line feed alone after an extension: readLine refuses that (step 2, strict).':
    chunked('5;a\nhello\r\n0\r\n\r\n'),
  'The size is negative.': chunked('-5\r\nhello\r\n0\r\n\r\n'),
  'The size has something of C about it.': chunked('0x5\r\nhello\r\n0\r\n\r\n'),
  'There is an empty line where a size should be.': chunked('\r\n5\r\nhello\r\n0\r\n\r\n'),
  'What follows the last chunk is no trailer field: readFields refuses that (step 3, strict).': chunked(
    '5\r\nhello\r\n0\r\nhello\r\n\r\n',
  ),
}

/** What a test of these is started with. */
export const smallLimits = { chunkLine: 40, chunkOverhead: 200, fieldCount: 3, fieldLine: 100 }

/** More than those limits allow beside the bytes of a body: by the status that it is refused with. */
export const tooMuch: Record<number, Record<string, string>> = {
  400: {
    'An extension is longer than chunkLine.': chunked(five(`;${'a'.repeat(40)}`) + last),
    'An extension never ends.': chunked(`5;${'a'.repeat(100_000)}`),
    'A size has more digits than chunkLine.': chunked(`${'0'.repeat(50)}5\r\nhello\r\n${last}`),
    'The last size has more digits than chunkLine.': chunked(`${five()}${'0'.repeat(50)}\r\n\r\n`),
    'All chunks have one byte: 5 beside each, when 200 are allowed over those of the body.': chunked(
      '1\r\na\r\n'.repeat(500) + last,
    ),
    '51 chunks of a byte have 5 beside each, which is 255. Their bytes and chunkOverhead together are 251.':
      chunked('1\r\na\r\n'.repeat(51) + last),
    'Each chunk has an extension as long as chunkLine allows.': chunked(
      five(`;${'a'.repeat(30)}`).repeat(50) + last,
    ),
  },
  431: {
    'There are more trailer fields than fieldCount: readFields refuses that (step 3, strict).': chunked(
      `${five()}0\r\n${'A: b\r\n'.repeat(4)}\r\n`,
    ),
    'A trailer field is longer than fieldLine.': chunked(`${five()}0\r\nA: ${'b'.repeat(200)}\r\n\r\n`),
  },
}

const hundred = `64;${'a'.repeat(30)}\r\n${'x'.repeat(100)}\r\n`

/** As much as they do allow, and how many bytes of a body are in it. */
export const enough: [request: string, bytes: number, why: string][] = [
  [
    chunked(`${'0'.repeat(39)}5\r\nhello\r\n${'0'.repeat(40)}\r\n\r\n`),
    5,
    'Size lines of chunkLine bytes are not too long.',
  ],
  [chunked('1\r\na\r\n'.repeat(20) + last), 20, '20 chunks of a byte, 5 bytes beside each.'],
  [
    chunked('1\r\na\r\n'.repeat(50) + last),
    50,
    '50 chunks of a byte, 5 bytes beside each: that is 250, as are their bytes and chunkOverhead together.',
  ],
  [chunked(hundred.repeat(20) + last), 2000, 'Chunks of 100 bytes, 37 bytes beside each.'],
  [
    chunked('1\r\na\r\n'.repeat(45) + hundred + last),
    145,
    '45 chunks of a byte, 5 bytes beside each, then one of 100 with 37: its bytes count as soon as it is announced.',
  ],
  [chunked(`${five()}0\r\nA: b\r\nC: d\r\n\r\n`), 5, 'Two trailer fields are not too many.'],
]

/** What a test of these is started with: bodies of 10 bytes and no more. */
export const tenBytes = { body: 10 }

/** Bodies that are longer. Of some nothing is there yet but the announcement: that has to do. */
export const tooLarge: Record<string, string> = {
  'Content-Length is 11.': request('POST /', ['Content-Length: 11'], 'hello world'),
  'Content-Length is 11, and the client waits for a 100 Continue.': request('POST /', [
    'Content-Length: 11',
    'Expect: 100-continue',
  ]),
  'Content-Length is 2 to the power of 32, plus 5.': request('POST /', ['Content-Length: 4294967301']),
  'Content-Length has 400 digits.': request('POST /', [`Content-Length: ${'9'.repeat(400)}`]),
  'Two chunks have 11 bytes together. The bytes of the second do not come: 413 is due at its size.':
    chunked('6\r\nhello \r\n5\r\n'),
  'A chunk of 11 bytes is announced. Its bytes do not come: 413 is due at its size.': chunked('b\r\n'),
  'A chunk of 2 to the power of 64 bytes is announced. They do not come: 413 is due at the size.':
    chunked('10000000000000000\r\n'),
}

/** For the usual limits. */
export const farTooLarge: Record<string, string> = {
  [`Content-Length is one more than limits.body, which is ${bodyLimits.body} unless somebody says otherwise.`]:
    request('POST /', [`Content-Length: ${bodyLimits.body + 1}`]),
}

/** Bodies that have a beginning and no end. After that the client finishes. */
export const brokenOff: Record<string, string> = {
  'after 5 bytes of 10': length('10'),
  'before the first byte of 10': length('10', ''),
  'before the first chunk': chunked(''),
  'in the size of a chunk': chunked('5'),
  'after the size of a chunk': chunked('5\r\n'),
  'in a chunk': chunked('5\r\nhel'),
  'after the bytes of a chunk': chunked('5\r\nhello'),
  'between two chunks': chunked('5\r\nhello\r\n'),
  'after the last size': chunked('5\r\nhello\r\n0\r\n'),
  'in a trailer field': chunked('5\r\nhello\r\n0\r\nA: b'),
}

/** Bodies by the sizes of their pieces, 5 bytes of which are read: whether `drain(1000)` comes to their end, and why. */
export const leftovers: [sizes: number[], isDrained: boolean, why: string][] = [
  [[905, 100], true, '900 bytes are at hand, and 100 follow: that is not over 1000.'],
  [
    [905, 200],
    false,
    '900 bytes are at hand, and count. With the next 200 it is over 1000, and no more is read.',
  ],
  [[1005], true, '1000 bytes are at hand: that is not over 1000.'],
  [[1105], false, '1100 bytes are at hand, which is over 1000: no more is read.'],
]
