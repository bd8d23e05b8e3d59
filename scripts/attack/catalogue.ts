// The attacks of `npm run attack`: what each client sends, and what a server that holds makes of it.
import type { Attack, AttackClient } from './client.ts'

/** Short, so that an attack is over soon; and the limits of sizes are those that the server has of its own. */
export const LIMITS = { idleTime: 500, headTime: 500, transferTime: 500, transferRate: 10_000_000 }

const HOST = 'Host: 127.0.0.1\r\n'
const GET = `GET / HTTP/1.1\r\n${HOST}\r\n`
const POST = `POST / HTTP/1.1\r\n${HOST}`
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`
const BEGUN = `GET / HTTP/1.1\r\n${HOST}`
const MB = 1_048_576
/** More than any limit allows, and enough to see whether a server keeps it. */
const ENDLESS = 160 * MB

const sends = (bytes: string) => (client: AttackClient) => void client.send(bytes)
const drips = (begin: string) => (client: AttackClient) => {
  client.send(begin)
  client.drip('a', 50)
}
const pours = (begin: string, more: string) => (client: AttackClient) => {
  client.send(begin)
  client.flood(more, ENDLESS)
}
const asks = (path: string, ms?: number) => (client: AttackClient) => {
  client.isDeaf(ms)
  client.send(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`)
}
/** Whoever takes a part of this for the end of the body answers the rest, which is a request. */
const smuggles = (version: string, fields: string) =>
  sends(`POST / HTTP/${version}\r\n${HOST}${fields}\r\n0\r\n\r\n${GET}`)

export const catalogue: Attack[] = [
  { name: 'a head, a byte every 50 ms', clients: 100, act: drips(`${BEGUN}X: `), wants: [408] },
  { name: 'half a head, and silence', clients: 1000, act: sends(BEGUN), wants: [408] },
  { name: 'connections, and silence', clients: 1000, act: () => {}, wants: ['silence'] },
  {
    name: 'a body, a byte every 50 ms',
    clients: 100,
    act: drips(`${POST}Content-Length: 100000\r\n\r\n`),
    wants: [408],
  },
  {
    name: '100-continue, and silence',
    clients: 100,
    act: sends(`${POST}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`),
    wants: [408],
  },
  {
    name: 'a body nobody reads, without its end',
    clients: 100,
    act: sends(`POST /ignored HTTP/1.1\r\n${HOST}Content-Length: 1000\r\n\r\nbegun`),
    wants: [200],
  },
  { name: 'a page that is never taken', clients: 10, act: asks('/much'), wants: ['cut short'] },
  { name: 'a page taken sip by sip', clients: 5, act: asks('/much', 200), wants: ['cut short'] },

  { name: 'a request-line without end', clients: 2, act: pours('GET /', 'a'), wants: [414] },
  { name: 'a header line without end', clients: 2, act: pours(`${BEGUN}X: `, 'a'), wants: [431] },
  { name: 'header lines without end', clients: 2, act: pours(BEGUN, 'X: a\r\n'), wants: [431] },
  { name: 'empty lines without end', clients: 2, act: pours('', '\r\n'), wants: [400] },
  { name: 'a chunk extension without end', clients: 2, act: pours(`${CHUNKED}1;`, 'a'), wants: [400] },
  { name: 'zeros in a chunk-size without end', clients: 2, act: pours(CHUNKED, '0'), wants: [400] },
  { name: 'chunks of one byte', clients: 2, act: pours(CHUNKED, '1\r\na\r\n'), wants: [400] },
  { name: 'trailer fields without end', clients: 2, act: pours(`${CHUNKED}0\r\n`, 'X: a\r\n'), wants: [431] },
  {
    name: 'a body over the limit, in chunks',
    clients: 2,
    act: pours(CHUNKED, `10000\r\n${'a'.repeat(65_536)}\r\n`),
    wants: [413],
    limits: { body: 4 * MB },
  },

  {
    name: 'a length and chunks',
    clients: 1,
    act: smuggles('1.1', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'),
    wants: [400],
  },
  {
    name: 'two lengths',
    clients: 1,
    act: smuggles('1.1', 'Content-Length: 5\r\nContent-Length: 0\r\n'),
    wants: [400],
  },
  {
    name: 'a coding that is not chunked',
    clients: 1,
    act: smuggles('1.1', 'Transfer-Encoding: chunked, identity\r\n'),
    wants: [400],
  },
  {
    name: 'chunks in HTTP/1.0',
    clients: 1,
    act: smuggles('1.0', 'Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n'),
    wants: [400],
  },
  { name: 'a folded header line', clients: 1, act: sends(`${BEGUN}X: a\r\n b\r\n\r\n`), wants: [400] },
  { name: 'a bare LF', clients: 1, act: sends(`${BEGUN}X: a\nY: b\r\n\r\n`), wants: [400] },
  { name: 'a bare CR', clients: 1, act: sends(`${BEGUN}X: a\rY: b\r\n\r\n`), wants: [400] },
  { name: 'a NUL', clients: 1, act: sends(`${BEGUN}X: a\0b\r\n\r\n`), wants: [400] },
  {
    name: 'the beginning of TLS',
    clients: 1,
    act: sends('\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\n'),
    wants: [400],
  },

  {
    name: 'thousands of requests at once',
    clients: 10,
    act: (client) => client.flood('GET / HTTP/1.1\r\nHost:\r\n\r\n', MB),
    wants: ['pages'],
    limits: { requests: 1_000_000 },
  },
  {
    name: 'requests, and no answer taken',
    clients: 5,
    act: (client) => {
      client.isDeaf()
      client.flood(`GET /much HTTP/1.1\r\n${HOST}\r\n`, 2 * MB)
    },
    wants: ['cut short'],
  },
  {
    name: 'more connections than there may be',
    clients: 500,
    act: () => {},
    wants: [503, 'silence'],
    limits: { connections: 100 },
    mayTurnOthersAway: true,
  },
  {
    name: 'requests, each reset at once',
    clients: 500,
    act: (client) => {
      client.send(GET)
      client.socket.resetAndDestroy()
    },
    wants: [],
  },
]
