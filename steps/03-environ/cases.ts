// Requests that a server has to turn away, each with what is wrong with it; and calls with what they give.

import type { Field } from '#server/03-environ/fields.ts'
import { headLimits } from '#server/03-environ/limits.ts'
import { request } from './expectations.ts'

export const fieldLines: Record<string, Field> = {
  'Host: 127.0.0.1:8888': ['Host', '127.0.0.1:8888'],
  'Referer:http://a/?b=1:2': ['Referer', 'http://a/?b=1:2'],
  'X-Space: \t a  b \t ': ['X-Space', 'a  b'],
  'X-Empty:': ['X-Empty', ''],
}

export const targets: Record<string, { path: string; query: string }> = {
  '/hello': { path: '/hello', query: '' },
  '/a?b=1?c': { path: '/a', query: 'b=1?c' },
  '/?': { path: '/', query: '' },
  // Node's URL would make another path of this.
  '//a/../b?c': { path: '//a/../b', query: 'c' },
}

/** Paths, and the bytes that they stand for. */
export const escapedPaths: Record<string, string> = {
  '/a%20b': '/a b',
  '/caf%C3%A9': '/caf\xc3\xa9',
  '/caf%e9': '/caf\xe9',
  '/a+b': '/a+b',
  '/a%2Fb%3Fc': '/a/b?c',
  '/%2541': '/%41',
}

/** Paths with a `%` that is no escape. */
export const strayPercents: Record<string, string> = {
  '/100%': '/100%',
  '/%': '/%',
  '/%z9': '/%z9',
  '/%9z': '/%9z',
  '/%-1': '/%-1',
  '/%u0041': '/%u0041',
  '/%%41%4': '/%A%4',
}

const HOST = 'Host: 127.0.0.1'

const withLine = (line: string) => request('GET / HTTP/1.1', line, HOST)

export const badNames: Record<string, string> = {
  'A space before the colon': withLine('X-A : 1'),
  'A tab before the colon': withLine('X-A\t: 1'),
  'An empty name': withLine(': 1'),
  'A line without a colon': withLine('X-A'),
  'A space inside the name': withLine('X A: 1'),
  'A control character in the name': withLine('X\x01A: 1'),
  'A NUL in the name': withLine('X-A\0: 1'),
  'A bracket in the name': withLine('X(A): 1'),
  'A byte outside ASCII in the name': withLine('X-\xe9: 1'),
}

export const folds: Record<string, string> = {
  'A line that begins with a tab': request('GET / HTTP/1.1', 'X-A: 1', '\t2', HOST),
  'A first header line that begins with a space': request('GET / HTTP/1.1', ' X-A: 1', HOST),
  'A line of one space': request('GET / HTTP/1.1', HOST, ' '),
}

export const badValues: Record<string, string> = {
  'A NUL': withLine('X-A: a\0b'),
  'A CR without its LF': withLine('X-A: a\rb'),
  'One CR too many': withLine('X-A: a\r'),
  'An escape character': withLine('X-A: \x1b[2J'),
  'A DEL': withLine('X-A: a\x7f'),
  'A vertical tab before the value, which trim() takes for white space': withLine('X-A:\va'),
  'A form feed after the value, which trim() takes for white space': withLine('X-A: a\f'),
}

const long = (size: number) => `A: ${'a'.repeat(size - 3)}`

/** For limits of 3 lines, 100 bytes a line and 200 bytes in all. None comes to its end: the limit is what counts. */
export const tooMuch: Record<string, string> = {
  'A fourth header line, where 3 may be': `GET / HTTP/1.1\r\n${HOST}\r\nA: 1\r\nB: 2\r\nC: 3\r\n`,
  'A header line of 101 bytes, where 100 may be': `GET / HTTP/1.1\r\n${long(101)}\r\n`,
  'A header line of 103 bytes so far, where 100 may be': `GET / HTTP/1.1\r\n${long(103)}`,
  '240 bytes of header lines, where 200 may be': `GET / HTTP/1.1\r\n${`${long(78)}\r\n`.repeat(3)}`,
  '201 bytes of header lines with their ends, where 200 may be': `GET / HTTP/1.1\r\n${long(98)}\r\n${long(99)}\r\n`,
}

const { fieldCount, fieldLine } = headLimits
const inWords = (count: number) => count.toLocaleString('en')

/** For the usual limits. */
export const farTooMuch: Record<string, string> = {
  [`${inWords(fieldCount + 1)} header lines, where ${inWords(fieldCount)} may be`]: `GET / HTTP/1.1\r\n${'A: 1\r\n'.repeat(fieldCount + 1)}`,
  [`A header line of ${inWords(fieldLine + 1)} bytes, where ${inWords(fieldLine)} may be`]: `GET / HTTP/1.1\r\n${long(fieldLine + 1)}\r\n`,
}

export const enough: Record<string, string> = {
  'Three header lines, where 3 may be': request('GET / HTTP/1.1', HOST, 'A: 1', 'B: 2'),
  'A header line of 100 bytes, where 100 may be': request('GET / HTTP/1.1', HOST, long(100)),
  '200 bytes of header lines with their ends, where 200 may be': request(
    'GET / HTTP/1.1',
    HOST,
    long(89),
    long(90),
  ),
}

export const badHosts: Record<string, string> = {
  'HTTP/1.1 without a Host': request('GET / HTTP/1.1', 'X-A: 1'),
  'Another field with a name of four letters, and no Host': request('GET / HTTP/1.1', 'From: a'),
  'HTTP/1.2 without a Host': request('GET / HTTP/1.2', 'X-A: 1'),
  'Two Hosts': request('GET / HTTP/1.1', 'Host: a', 'Host: b'),
  'The same Host twice': request('GET / HTTP/1.1', 'Host: a', 'host: a'),
  'Two Hosts in HTTP/1.0': request('GET / HTTP/1.0', 'Host: a', 'Host: b'),
  'A Host with a space': request('GET / HTTP/1.1', 'Host: a b'),
  'A Host with a path': request('GET / HTTP/1.1', 'Host: a/b'),
  'A Host with a user': request('GET / HTTP/1.1', 'Host: user@a'),
  'A Host whose port is no number': request('GET / HTTP/1.1', 'Host: a:b'),
  'A Host with two ports': request('GET / HTTP/1.1', 'Host: a:1:2'),
  'An address in half a bracket': request('GET / HTTP/1.1', 'Host: [::1'),
  'An address with a name before it': request('GET / HTTP/1.1', 'Host: a[::1]'),
  'An address with a name behind it': request('GET / HTTP/1.1', 'Host: [::1]a'),
  'A Host with half an escape': request('GET / HTTP/1.1', 'Host: a%4'),
  'An absolute target, and no Host': request('GET http://h/ HTTP/1.1'),
  'An absolute target, and a broken Host': request('GET http://h/ HTTP/1.1', 'Host: a/b'),
}

export const soundHosts = ['', 'a', 'a:', 'a%41', 'a-b.example:8888', '127.0.0.1:80', '[::1]', '[::1]:8888']

/** Targets in absolute-form; their host is `h`. */
export const absoluteTargets: Record<string, { path: string; query: string }> = {
  'HTTP://h': { path: '/', query: '' },
  'http://h?y': { path: '/', query: 'y' },
  'http://h/a%20b?c?d': { path: '/a b', query: 'c?d' },
  'http://h//x/../y': { path: '//x/../y', query: '' },
  'http://h/?u=http://b/': { path: '/', query: 'u=http://b/' },
  'http://h/https': { path: '/https', query: '' },
}

const asking = (method: string, target: string) => request(`${method} ${target} HTTP/1.1`, HOST)

export const badTargets: Record<string, string> = {
  '* and a method other than OPTIONS': asking('GET', '*'),
  'A path without its slash': asking('GET', 'hello'),
  'A path without its slash, and OPTIONS': asking('OPTIONS', 'hello'),
  'A query without a path': asking('GET', '?a'),
  'A host and a port': asking('GET', 'a:80'),
  'A scheme that is not ours': asking('GET', 'ftp://a/'),
  'A scheme that ends like ours': asking('GET', 'xhttp://a/'),
  'A URI without a host': asking('GET', 'http:///x'),
  'A port without a host': asking('GET', 'http://:80/x'),
  'A user in the URI': asking('GET', 'http://user@a/'),
  'A fragment': asking('GET', '/a#b'),
  'A fragment in a URI': asking('GET', 'http://a/b#c'),
}

export const encrypted: Record<string, string> = {
  'A URI with https over a connection that is not encrypted': asking('GET', 'https://h/x'),
}

export const tunnels: Record<string, string> = {
  CONNECT: asking('CONNECT', 'a:80'),
  'CONNECT with a path': asking('CONNECT', '/'),
}

/** Heads that a client may begin and not end. */
export const halfHeads = [
  'GET / HTTP/1.1\r\n',
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n',
  'GET / HTTP/1.1\r\nHost: 12',
]
