// What is too long, each with the status that it gets. Hardly any of it comes to its end: the limit is what counts.

import { head } from './expectations.ts'

/** The limits that these cases pass. */
export const smallLimits = {
  requestLine: 100,
  method: 10,
  emptyLines: 2,
  fieldLine: 60,
  fieldCount: 4,
  fieldSection: 150,
  body: 1000,
  chunkLine: 20,
  chunkOverhead: 50,
}

const BEGUN = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n'
const CHUNKS = head('POST / HTTP/1.1', 'Transfer-Encoding: chunked')
const LINE = 'A: 1\r\n'
const long = (bytes: number) => `A: ${'a'.repeat(bytes - 3)}`

export const tooMuch: Record<string, { sent: string; status: number }> = {
  'A request-line of 101 bytes, where 100 may be': { sent: `GET /${'a'.repeat(98)}`, status: 414 },
  'A method of 11 bytes, where 10 may be': { sent: head(`${'A'.repeat(11)} / HTTP/1.1`), status: 501 },
  'A third empty line before the request-line, where 2 may be': { sent: '\r\n\r\n\r\n', status: 400 },
  'A header line of 63 bytes so far, where 60 may be': { sent: BEGUN + long(63), status: 431 },
  'A fifth header line, where 4 may be': { sent: BEGUN + LINE.repeat(4), status: 431 },
  'A header line of 61 bytes, where 60 may be, in a whole head': {
    sent: head('GET / HTTP/1.1', long(61)),
    status: 431,
  },
  'Five header lines, where 4 may be, in a whole head': {
    sent: head('GET / HTTP/1.1', 'A: 1', 'A: 1', 'A: 1', 'A: 1'),
    status: 431,
  },
  'Over 150 bytes of header lines': { sent: BEGUN + `${long(58)}\r\n`.repeat(3), status: 431 },
  'A body of 1001 bytes, where 1000 may be': {
    sent: head('POST / HTTP/1.1', 'Content-Length: 1001'),
    status: 413,
  },
  'A chunk of 1001 bytes, where the body may have 1000': { sent: `${CHUNKS}3e9\r\n`, status: 413 },
  'A chunk extension that does not end': { sent: `${CHUNKS}5;${'a'.repeat(21)}`, status: 400 },
  'A chunk-size of nothing but zeros': { sent: CHUNKS + '0'.repeat(23), status: 400 },
  'Twenty chunks of one byte, each with 5 bytes round it': {
    sent: CHUNKS + '1\r\na\r\n'.repeat(20),
    status: 400,
  },
  'A fifth trailer line, where 4 may be': { sent: `${CHUNKS}0\r\n${LINE.repeat(5)}`, status: 431 },
  'A trailer line of 63 bytes so far, where 60 may be': { sent: `${CHUNKS}0\r\n${long(63)}`, status: 431 },
}

/** What keeps within those limits: requests without a body, which come one after the other on one connection. */
export const enough: Record<string, string[]> = {
  'Four header lines, where 4 may be': [head('GET / HTTP/1.1', 'A: 1', 'B: 2', 'C: 3')],
  'A head without header lines': ['GET / HTTP/1.0\r\n\r\n'],
  'A head without header lines, after one that has some': [
    head('GET / HTTP/1.1', 'A: 1'),
    'GET / HTTP/1.0\r\n\r\n',
  ],
}
