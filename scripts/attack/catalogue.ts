// The attacks of `npm run attack`: what each client sends, and what a server that holds makes of it.
import type { Attack, AttackClient, Result } from './client.ts'

/** Short, so that an attack is over soon; and the limits of sizes are those that the server has of its own. */
export const LIMITS = { idleTime: 500, headTime: 500, transferTime: 500, transferRate: 10_000_000 }

const HOST = 'Host: 127.0.0.1\r\n'
const GET = `GET / HTTP/1.1\r\n${HOST}\r\n`
const POST = `POST / HTTP/1.1\r\n${HOST}`
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`
const BEGUN = `GET / HTTP/1.1\r\n${HOST}`
const EXPECTED = 'Content-Length: 5\r\nExpect: 100-continue\r\n\r\n'
const IGNORED = `POST /ignored HTTP/1.1\r\n${HOST}Content-Length: 1000\r\n\r\nbegun`
const MB = 1_048_576
const CHUNK = `10000\r\n${'a'.repeat(65_536)}\r\n`
/** More than any limit allows, and enough to see whether a server keeps it. */
const ENDLESS = 160 * MB

const sends = (bytes: string) => (client: AttackClient) => void client.send(bytes)
const drips = (begin: string) => (client: AttackClient) => {
  client.send(begin)
  client.drip('a', 50)
}
const pours =
  (begin: string, more: string, most = ENDLESS) =>
  (client: AttackClient) => {
    client.send(begin)
    client.flood(more, most)
  }
const asks = (path: string, ms?: number) => (client: AttackClient) => {
  client.isDeaf(ms)
  client.send(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`)
}
const asksForMuch = (client: AttackClient) => {
  client.isDeaf()
  client.flood(`GET /much HTTP/1.1\r\n${HOST}\r\n`, 2 * MB)
}
const resets = (client: AttackClient) => {
  client.send(GET)
  client.socket.resetAndDestroy()
}
/** Whoever takes a part of this for the end of the body answers the rest, which is a request. */
const smuggles = (version: string, fields: string) =>
  `POST / HTTP/${version}\r\n${HOST}${fields}\r\n0\r\n\r\n${GET}`

/** So many clients at once do the same, and each should come to one of these results. */
const attack = (
  clients: number,
  name: string,
  act: Attack['act'],
  wants: Result[],
  more: Partial<Attack> = {},
): Attack => ({ name, clients, act, wants, ...more })
const endless = (name: string, begin: string, more: string, status: number): Attack =>
  attack(2, name, pours(begin, more), [status])
const malformed = (name: string, bytes: string): Attack => attack(1, name, sends(bytes), [400])

export const catalogue: Attack[] = [
  attack(100, 'a head, a byte every 50 ms', drips(`${BEGUN}X: `), [408]),
  attack(1000, 'half a head, and silence', sends(BEGUN), [408]),
  attack(1000, 'connections, and silence', () => {}, ['silence']),
  attack(100, 'a body, a byte every 50 ms', drips(`${POST}Content-Length: 100000\r\n\r\n`), [408]),
  attack(100, '100-continue, and silence', sends(`${POST}${EXPECTED}`), [408]),
  attack(100, 'a body nobody reads, without its end', sends(IGNORED), [200]),
  attack(10, 'a page that is never taken', asks('/much'), ['cut short']),
  attack(5, 'a page taken sip by sip', asks('/much', 200), ['cut short']),

  endless('a request-line without end', 'GET /', 'a', 414),
  endless('a header line without end', `${BEGUN}X: `, 'a', 431),
  endless('header lines without end', BEGUN, 'X: a\r\n', 431),
  endless('empty lines without end', '', '\r\n', 400),
  endless('a chunk extension without end', `${CHUNKED}1;`, 'a', 400),
  endless('zeros in a chunk-size without end', CHUNKED, '0', 400),
  endless('chunks of one byte', CHUNKED, '1\r\na\r\n', 400),
  endless('trailer fields without end', `${CHUNKED}0\r\n`, 'X: a\r\n', 431),
  attack(2, 'a body over the limit, in chunks', pours(CHUNKED, CHUNK), [413], { limits: { body: 4 * MB } }),

  malformed('a length and chunks', smuggles('1.1', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n')),
  malformed('two lengths', smuggles('1.1', 'Content-Length: 5\r\nContent-Length: 0\r\n')),
  malformed('a coding that is not chunked', smuggles('1.1', 'Transfer-Encoding: chunked, identity\r\n')),
  malformed(
    'chunks in HTTP/1.0',
    smuggles('1.0', 'Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n'),
  ),
  malformed('a folded header line', `${BEGUN}X: a\r\n b\r\n\r\n`),
  malformed('a bare LF', `${BEGUN}X: a\nY: b\r\n\r\n`),
  malformed('a bare CR', `${BEGUN}X: a\rY: b\r\n\r\n`),
  malformed('a NUL', `${BEGUN}X: a\0b\r\n\r\n`),
  malformed('the beginning of TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\n'),

  attack(10, 'thousands of requests at once', pours('', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', MB), ['pages'], {
    limits: { requests: 1_000_000 },
  }),
  attack(5, 'requests, and no answer taken', asksForMuch, ['cut short']),
  attack(500, 'more connections than there may be', () => {}, [503, 'silence'], {
    limits: { connections: 100 },
    mayTurnOthersAway: true,
  }),
  attack(500, 'requests, each reset at once', resets, []),
]
