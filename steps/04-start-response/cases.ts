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
  application: (startResponse: Start) => unknown
}

const page = [Buffer.from('a page')]

/** By name: broken rules of PEP 3333. Each is a 500, and a sentence on the terminal. */
export const faults: Record<string, Fault> = {
  'no-body': { does: 'returns nothing', application: (start) => void start(OK, []) },
  'a-text': { does: 'returns a text', application: (start) => (start(OK, []), 'a page') },
  'a-buffer': { does: 'returns a Buffer', application: (start) => (start(OK, []), Buffer.from('a page')) },
  'a-function': {
    does: 'returns a generator function',
    application: (start) => (start(OK, []), function* () {}),
  },
  texts: { does: 'returns a list of texts', application: (start) => (start(OK, []), ['a page']) },
  numbers: { does: 'returns a list of numbers', application: (start) => (start(OK, []), [97, 98]) },
  'no-start': { does: 'never calls start_response', application: () => page },
  'no-start-empty': { does: 'returns an empty list and never calls start_response', application: () => [] },
  'late-start': {
    does: 'gives bytes before it calls start_response',
    application: function* (start) {
      yield page[0]
      start(OK, [])
    },
  },
  'text-written': {
    does: 'calls write() with a text',
    application: (start) => writes(start(OK, []), 'a page'),
  },
  'status-number': { does: 'gives the status 200, a number', application: (start) => (start(200, []), page) },
  'status-digits': { does: 'gives the status "200"', application: (start) => (start('200', []), page) },
  'status-bare': { does: 'gives the status "OK"', application: (start) => (start('OK', []), page) },
  'status-short': { does: 'gives the status "20 OK"', application: (start) => (start('20 OK', []), page) },
  'status-interim': {
    does: 'gives the status "100 Continue", after which another would have to follow',
    application: (start) => (start('100 Continue', []), page),
  },
  'headers-none': { does: 'gives no headers at all', application: (start) => (start(OK), page) },
  'headers-object': {
    does: 'gives the headers as an object',
    application: (start) => (start(OK, { 'Content-Type': 'text/plain' }), page),
  },
  'header-alone': {
    does: 'gives a header without a value',
    application: (start) => (start(OK, [['X-A']]), page),
  },
  'header-triple': {
    does: 'gives a header of three parts',
    application: (start) => (start(OK, [['X-A', 'a', 'b']]), page),
  },
  'header-number': {
    does: 'gives a header whose value is a number',
    application: (start) => (start(OK, [['Content-Length', 6]]), page),
  },
  'length-word': {
    does: 'gives the Content-Length "six"',
    application: (start) => (start(OK, [['Content-Length', 'six']]), page),
  },
  'length-twice': {
    does: 'gives two Content-Lengths',
    application: (start) => (
      start(OK, [
        ['Content-Length', '6'],
        ['content-length', '7'],
      ]),
      page
    ),
  },
}

function writes(write: unknown, text: string): unknown {
  if (typeof write === 'function') write(text)
  return page
}
