// What an application must not say, as tables: the suite and its applications both read them.

/** A head that must not reach the wire as it is. */
export interface BadHead {
  status: string
  headers: [name: string, value: string][]
  /** In what way it is given, if not in a plain call. */
  how?: string
}

export const AGAIN = 'in a second call, with an error'
export const CHANGED = 'and then added a header with a CRLF in it to that list'

const OK = '200 OK'

/** Each would put a line `Injected: yes`, or worse, onto the wire. */
export const heads: [BadHead, ...BadHead[]] = [
  { status: '200 OK\r\nInjected: yes', headers: [] },
  { status: '200 OK\nInjected: yes', headers: [] },
  { status: '200 OK\0Injected: yes', headers: [] },
  // One code unit, whose lower byte is LF: cut down to bytes, it would be one.
  { status: '200 OK\u010aInjected: yes', headers: [] },
  { status: OK, headers: [['X-A', 'a\r\nInjected: yes']] },
  { status: OK, headers: [['X-A', 'a\r\n\r\nInjected: yes']] },
  { status: OK, headers: [['X-A', 'a\nInjected: yes']] },
  { status: OK, headers: [['X-A', 'a\rInjected: yes']] },
  { status: OK, headers: [['X-A', 'a\0Injected: yes']] },
  { status: OK, headers: [['X-A', 'a\u010d\u010aInjected: yes']] },
  { status: OK, headers: [['X-A', 'injected\n']] },
  { status: OK, headers: [['X-A\r\nInjected: yes', 'a']] },
  { status: OK, headers: [['X-A: a\nInjected', 'yes']] },
  { status: OK, headers: [['X-A:Injected', 'yes']] },
  { status: OK, headers: [['Injected with spaces', 'yes']] },
  { status: OK, headers: [['Injected\u0100', 'yes']] },
  { status: OK, headers: [['', 'Injected']] },
  { status: OK, headers: [['X-A', 'a\r\nInjected: yes']], how: AGAIN },
  { status: OK, headers: [], how: CHANGED },
]

/** Headers that speak of one connection (RFC 2616, section 13.5.1): the server's business. */
export const hopByHop = [
  'Connection',
  'Keep-Alive',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'TE',
  'Trailer',
  'Transfer-Encoding',
  'UPGRADE',
]

type Start = (...words: unknown[]) => unknown

export interface Fault {
  /** What the application does, as one reads it: "The application …". */
  does: string
  /** Words of the sentence that faults.ts has for it. */
  says: string
  application: (startResponse: Start) => unknown
}

const page = [Buffer.from('a page')]

/** By name: broken rules of PEP 3333. Each is a 500, and a sentence on the terminal. */
export const faults: Record<string, Fault> = {
  'no-body': { does: 'returns nothing', says: 'returned', application: (start) => void start(OK, []) },
  'a-text': { does: 'returns a text', says: 'returned', application: (start) => (start(OK, []), 'a page') },
  'a-buffer': {
    does: 'returns a Buffer',
    says: 'returned',
    application: (start) => (start(OK, []), Buffer.from('a page')),
  },
  'a-function': {
    does: 'returns a generator function',
    says: 'returned',
    application: (start) => (start(OK, []), function* () {}),
  },
  'null-body': {
    does: 'returns null',
    says: 'returned',
    application: (start) => (start(OK, []), null),
  },
  'an-object': {
    does: 'returns an object with a body in it',
    says: 'returned',
    application: (start) => (start(OK, []), { body: 'a page' }),
  },
  texts: {
    does: 'returns a list of texts',
    says: 'chunk',
    application: (start) => (start(OK, []), ['a page']),
  },
  numbers: {
    does: 'returns a list of numbers',
    says: 'chunk',
    application: (start) => (start(OK, []), [97, 98]),
  },
  'no-start': { does: 'never calls start_response', says: 'without calling', application: () => page },
  'no-start-empty': {
    does: 'returns an empty list and never calls start_response',
    says: 'without calling',
    application: () => [],
  },
  'late-start': {
    does: 'gives bytes before it calls start_response',
    says: 'without calling',
    application: function* (start) {
      yield page[0]
      start(OK, [])
    },
  },
  'text-written': {
    does: 'calls write() with a text',
    says: 'chunk',
    application: (start) => writes(start(OK, []), 'a page'),
  },
  'status-number': {
    does: 'gives the status 200, a number',
    says: 'not a status',
    application: (start) => (start(200, []), page),
  },
  'status-digits': {
    does: 'gives the status "200"',
    says: 'not a status',
    application: (start) => (start('200', []), page),
  },
  'status-bare': {
    does: 'gives the status "OK"',
    says: 'not a status',
    application: (start) => (start('OK', []), page),
  },
  'status-short': {
    does: 'gives the status "20 OK"',
    says: 'not a status',
    application: (start) => (start('20 OK', []), page),
  },
  'status-interim': {
    does: 'gives the status "100 Continue", after which another would have to follow',
    says: 'not a status',
    application: (start) => (start('100 Continue', []), page),
  },
  'status-line': {
    does: 'gives the status "HTTP/1.1 200 OK", with the version before it',
    says: 'not a status',
    application: (start) => (start('HTTP/1.1 200 OK', []), page),
  },
  'status-list': {
    does: 'gives the status in a list',
    says: 'not a status',
    application: (start) => (start([OK], []), page),
  },
  'headers-none': {
    does: 'gives no headers at all',
    says: 'pairs',
    application: (start) => (start(OK), page),
  },
  'headers-object': {
    does: 'gives the headers as an object',
    says: 'pairs',
    application: (start) => (start(OK, { 'Content-Type': 'text/plain' }), page),
  },
  'header-alone': {
    does: 'gives a header without a value',
    says: 'pairs',
    application: (start) => (start(OK, [['X-A']]), page),
  },
  'header-triple': {
    does: 'gives a header of three parts',
    says: 'pairs',
    application: (start) => (start(OK, [['X-A', 'a', 'b']]), page),
  },
  'header-number': {
    does: 'gives a header whose value is a number',
    says: 'pairs',
    application: (start) => (start(OK, [['Content-Length', 6]]), page),
  },
  'header-name-number': {
    does: 'gives a header whose name is a number',
    says: 'pairs',
    application: (start) => (start(OK, [[5, 'a']]), page),
  },
  'header-name': {
    does: 'gives a header with the name "Content Type"',
    says: 'not a name',
    application: (start) => (start(OK, [['Content Type', 'text/plain']]), page),
  },
  'header-value': {
    does: 'gives a header with a line feed in its value',
    says: 'character',
    application: (start) => (start(OK, [['X-A', 'a\n']]), page),
  },
  'header-hop': {
    does: 'gives the header Keep-Alive',
    says: 'connection',
    application: (start) => (start(OK, [['Keep-Alive', 'timeout=5']]), page),
  },
  'length-word': hasLength('six'),
  'length-negative': hasLength('-6'),
  'length-empty': hasLength(''),
  'length-hexadecimal': hasLength('0x6'),
  'length-unit': hasLength('6 bytes'),
  'length-twice': {
    does: 'gives two Content-Lengths',
    says: 'given twice',
    application: (start) => (
      start(OK, [
        ['Content-Length', '6'],
        ['content-length', '7'],
      ]),
      page
    ),
  },
}

function hasLength(value: string): Fault {
  return {
    does: `gives the Content-Length "${value}"`,
    says: 'not a number',
    application: (start) => (start(OK, [['Content-Length', value]]), page),
  }
}

function writes(write: unknown, text: string): unknown {
  if (typeof write === 'function') write(text)
  return page
}
