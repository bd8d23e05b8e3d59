// Step 2: the request-line. Bytes come as the network likes, lines come out, and nonsense gets an answer too.

import { ByteReader } from '#server/02-request-line/byte-reader.ts'
import { parseRequestLine, readRequestLine } from '#server/02-request-line/request-line.ts'
import { printLines } from '#server/02-request-line/transcript.ts'
import { gives, refuses, wireFailure } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import { breakOff, fetched, flood, says, stillServes } from './clients.ts'
import { printedBy } from './printed.ts'
import {
  BREAK_OFFS,
  CERTAIN,
  everyCut,
  GOOD,
  inPieces,
  NO_REQUEST_LINES,
  outcomeOf,
  PRINTED,
  request,
  resultOf,
} from './cases.ts'

const { core, strict } = suite(2)

const isPage = {
  status: 200,
  headers: { 'Content-Type': /^text\/plain/, 'Content-Length': /^\d+$/, Connection: 'close' },
}
core('answers every request with a page', { see: 'RFC 9112, section 2.1' }, async ({ launch }) => {
  const server = await launch()
  for (const line of ['GET / HTTP/1.1', 'DELETE /things/7 HTTP/1.1']) {
    const answer = await server.ask(request(line))
    answer.is(isPage)
    if (answer.body === '') answer.fail('The page is empty: it needs a text.')
  }
})

core('prints what the client sent', { see: 'curl manual: --verbose' }, async ({ launch }) => {
  const server = await launch()
  await server.ask('GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Mood: calm\r\n\r\n')
  for (const line of ['GET /hello HTTP/1.1', 'Host: 127.0.0.1', 'X-Mood: calm'])
    await server.prints(`< ${line}`)
})

core('takes a request-line apart', { see: 'RFC 9112, section 3' }, () => {
  for (const [method, target, version] of [
    ['GET', '/hello', 'HTTP/1.1'],
    ['POST', '/a%20b?c=d+e', 'HTTP/1.0'],
    ['BREW', '/pot', 'HTTP/1.1'],
    ['M-SEARCH', '*', 'HTTP/1.1'],
    ['get', 'http://127.0.0.1/', 'HTTP/1.1'],
  ]) {
    const line = `${method} ${target} ${version}`
    const parts = resultOf(() => {
      const parsed = parseRequestLine(line)
      return { method: parsed.method, target: parsed.target, version: parsed.version }
    })
    gives(`parseRequestLine(${JSON.stringify(line)})`, parts, { method, target, version })
  }
})

core('says in a sentence what it was asked for', { see: 'RFC 9112, section 3' }, async ({ launch }) => {
  const { port } = await launch()
  for (const [method, target] of [
    ['GET', '/hello'],
    ['DELETE', '/my%20things?now=yes'],
  ] as const) {
    const text = await fetched(port, method, target)
    gives(
      `The text that node:http gets for ${method} ${target}`,
      text,
      `You asked for ${method} ${target} over HTTP/1.1`,
    )
  }
})

core('reads a line that arrives a byte at a time', { see: 'RFC 9293, section 2.2' }, async () => {
  const text = 'GET /hello HTTP/1.1\r\nX-Ends-In-A-Space: 1 \r\n\r\nwhat follows\r\n'
  for (const pieces of [[...text], [text]]) {
    const reader = readFrom(pieces)
    const lines = []
    for (let call = 1; call <= 5; call++) lines.push(resultOf(await outcomeOf(reader.readLine(100, 414))))
    const how = pieces.length === 1 ? 'at once' : 'a byte at a time'
    gives(`What five calls of readLine give when ${JSON.stringify(text)} comes ${how}`, lines, [
      'GET /hello HTTP/1.1',
      'X-Ends-In-A-Space: 1 ',
      '',
      'what follows',
      null,
    ])
  }
})

core('answers a request however it is cut', { see: 'RFC 9112, section 2.2' }, async ({ launch }) => {
  const server = await launch()
  await server.everyWay(GOOD, (answer) => says(answer, 'You asked for GET /hello over HTTP/1.1'))
  const slow = await server.connect()
  const bytes = Array.from('GET /slow HTTP/1.1\r\nX-Pace: slow\r\n\r\n', (byte) => Buffer.from(byte))
  await slow.sendPieces(bytes.slice(0, -1))
  if (slow.received.length > 0) throw wireFailure(TOO_SOON, slow.scene)
  await slow.sendPieces(bytes.slice(-1))
  await slow.response()
  await server.prints('< X-Pace: slow')
})

const TOO_SOON = 'An answer came before the request had come to its end, the empty line.'

const garbage = { see: 'RFC 9110, section 15.5.1', lasting: true }
core('answers garbage with 400 and goes on serving', garbage, async ({ launch }) => {
  const server = await launch()
  for (const line of ['garbage', 'GET /', 'GET /a b HTTP/1.1']) {
    const answer = await server.ask(request(line))
    answer.is({ status: 400 })
  }
  await server.everyWay('garbage\r\n\r\n', (answer) => answer.is({ status: 400 }))
  await stillServes(server)
})

const grammar = { see: 'RFC 9112, section 3', lasting: true }
strict('refuses a malformed request-line', grammar, async ({ launch }) => {
  const server = await launch()
  for (const line of NO_REQUEST_LINES) (await server.ask(request(line))).is({ status: 400 })
})

const versions = { see: 'RFC 9110, sections 2.5 and 15.6.6', lasting: true }
strict('refuses another major version, and serves every HTTP/1', versions, async ({ launch }) => {
  const server = await launch()
  for (const version of ['HTTP/1.0', 'HTTP/1.7'])
    (await server.ask(request(`GET / ${version}`))).is({ status: 200 })
  for (const version of ['HTTP/2.0', 'HTTP/0.9', 'HTTP/3.1']) {
    const answer = await server.ask(request(`GET / ${version}`))
    answer.is({ status: 505 })
  }
  // What a client sends first that takes us for a server of HTTP/2 (RFC 9113, section 3.4).
  const answer = await server.ask('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  answer.is({ status: 505 })
})

const longMethod = { see: 'RFC 9112, section 3; RFC 9110, section 15.6.2', lasting: true }
strict('refuses a method that is too long', longMethod, async ({ launch }) => {
  const usual = await launch()
  const longest = await usual.ask(request('UPDATEREDIRECTREF / HTTP/1.1'))
  if (longest.status === 501) longest.fail('This method is registered, and shorter than limits.method.')
  const narrow = await launch({ limits: { method: 7 } })
  for (const [server, method] of [
    [usual, 'A'.repeat(64)],
    [narrow, 'PROPFIND'],
  ] as const) {
    const answer = await server.ask(request(`${method} / HTTP/1.1`))
    answer.is({ status: 501 })
  }
  const fits = await narrow.ask(request('OPTIONS / HTTP/1.1'))
  if (fits.status === 501) fits.fail('With limits.method at 7, a method of 7 bytes is not too long.')
})

const emptyLines = { see: 'RFC 9112, section 2.2', lasting: true }
strict('passes over a few empty lines before the request-line', emptyLines, async ({ launch }) => {
  const server = await launch({ limits: { emptyLines: 2 } })
  await server.everyWay(`\r\n${GOOD}`, (answer) => answer.is({ status: 200 }))
  const two = await server.ask(`\r\n\r\n${GOOD}`)
  two.is({ status: 200 })
  const three = await server.ask(`\r\n\r\n\r\n${GOOD}`)
  three.is({ status: 400 })
  const usual = await launch()
  const endless = await usual.ask('\r\n'.repeat(1000))
  endless.is({ status: 400 })
})

const bareLf = { see: 'RFC 9112, section 2.2', lasting: true }
strict('refuses a line that ends in LF alone', bareLf, async ({ launch }) => {
  const server = await launch()
  await server.everyWay('GET / HTTP/1.1\nHost: a\n\n', (answer) => answer.is({ status: 400 }))
  for (const text of [
    'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\n\n',
    '\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  ]) {
    const answer = await server.ask(text)
    answer.is({ status: 400 })
  }
})

const endless = { see: 'RFC 9110, section 15.5.15; RFC 6585, section 5', lasting: true }
strict('answers an endless line with 414 or 431', endless, async ({ launch }) => {
  const fits = await outcomeOf(readFrom(['12345\r\n']).readLine(5, 414))
  gives('readLine(5, 414) of "12345\\r\\n"', resultOf(fits), '12345')
  const tooLong = await outcomeOf(readFrom(['12345\r\n']).readLine(4, 414))
  refuses('readLine(4, 414) of "12345\\r\\n"', tooLong, 414)
  const split = await outcomeOf(readFrom(['1234\r', '\n']).readLine(4, 414))
  gives('readLine(4, 414) of "1234\\r\\n" whose CR and LF come in two pieces', resultOf(split), '1234')
  const bytes = await outcomeOf(readFrom([...'12345\r\n']).readLine(4, 414))
  refuses('readLine(4, 414) of "12345\\r\\n" that comes a byte at a time', bytes, 414)
  const server = await launch()
  const long = await server.ask(request(`GET /${'a'.repeat(8000 - 'GET / HTTP/1.1'.length)} HTTP/1.1`))
  if (long.status === 414) long.fail('A request-line of 8000 bytes is not too long (RFC 9112, section 3).')
  const over = 'a'.repeat(9000)
  const overTarget = await server.ask(request(`GET /${over} HTTP/1.1`))
  overTarget.is({ status: 414, why: 'Its end has come, too, and it is over the limit all the same.' })
  const overField = await server.ask(request(`GET / HTTP/1.1\r\nX: ${over}`))
  overField.is({ status: 431, why: 'Its end has come, too, and it is over the limit all the same.' })
  await flood(server, 'GET /', 414)
  await flood(server, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ', 431)
  const certain = await outcomeOf(readFrom(['12345']).readLine(4, 414))
  refuses('readLine(4, 414) of "12345" without an end', certain, 414)
  await stillServes(server)
})

strict(
  'refuses as soon as it is certain',
  { see: 'RFC 9112, section 2.2', lasting: true },
  async ({ launch }) => {
    const server = await launch()
    for (const [begun, status] of CERTAIN) {
      const client = await server.connect()
      await client.send(begun)
      await client.until(() => client.received.length > 0)
      if (client.received.length === 0)
        throw wireFailure(`What has come is ${status} whatever follows, and the client waits.`, client.scene)
      const response = await client.response()
      client.leave()
      if (response.status !== status)
        throw wireFailure(`The status should be ${status}; it is ${response.status}.`, client.scene)
    }
  },
)

strict('leaves what follows a request in the reader', { see: 'RFC 9112, section 9.3.2' }, async () => {
  for (const pieces of everyCut('GET / HTTP/1.1\r\nX: 1\r\n\r\na body\r\n\xff')) {
    const reader = readFrom(pieces)
    const line = await readRequestLine(reader)
    const fields = [await reader.readLine(100, 431), await reader.readLine(100, 431)]
    const call = `Of the pieces ${JSON.stringify(pieces)}: the target, two lines, and what read() gives after them,`
    gives(call, [line?.target, ...fields, await restOf(reader)], ['/', 'X: 1', '', 'a body\r\n\xff'])
  }
})

strict('repeats bytes outside ASCII as they came', { see: 'RFC 9112, section 2.2' }, async ({ launch }) => {
  const server = await launch()
  await server.everyWay(request('GET /caf\xc3\xa9 HTTP/1.1'), (answer) => {
    says(answer, 'You asked for GET /caf\xc3\xa9 over HTTP/1.1')
  })
})

const leaving = { see: 'RFC 9112, section 8', lasting: true }
strict('outlives clients that leave before or during their request', leaving, async ({ launch }) => {
  const cutOff = await outcomeOf(readFrom(['GET /hel']).readLine(100, 414))
  refuses('readLine when "GET /hel" comes and then the end', cutOff, 400)
  const server = await launch()
  for (const begun of BREAK_OFFS) {
    await breakOff(server, begun)
    const torn = await server.connect()
    await torn.send(begun)
    torn.cut()
  }
  await stillServes(server)
})

const dated = { see: 'RFC 9110, section 6.6.1', lasting: true }
strict('dates its pages, those for errors too', dated, async ({ launch }) => {
  const server = await launch()
  for (const raw of [GOOD, 'garbage\r\n\r\n']) {
    const answer = await server.ask(raw)
    const date = answer.header('Date') ?? ''
    if (date === '') answer.fail('The page has no Date.')
    if (new Date(date).toUTCString() !== date)
      answer.fail('The Date should look like "Sun, 06 Nov 1994 08:49:37 GMT".')
  }
})

strict('marks each line that it prints, whatever ends it', { see: 'curl manual: --verbose' }, () => {
  for (const [text, printed] of PRINTED) {
    const found = printedBy(() => printLines('> ', text))
    gives(`What printLines("> ", ${JSON.stringify(text)}) prints`, found, printed)
  }
})

const terminal = { see: 'RFC 9110, section 5.5', lasting: true }
strict('keeps control characters off the terminal', terminal, async (context) => {
  for (const text of [
    request('GET /\x9b2J HTTP/1.1'),
    request('GET / HTTP/1.1\r\nX: \x1b[2J\x07\x7f'),
    request('GET / HTTP/1.1\r\nX: a\r< GET /faked HTTP/1.1'),
    request('GET /\x1b[2J HTTP/1.1'),
  ]) {
    const server = await context.launch()
    const answer = await server.ask(text)
    // When it has closed, all that it printed has come.
    await server.close()
    // oxlint-disable-next-line no-control-regex
    if (/[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(context.output))
      answer.fail('Your server printed a control character that its client had sent.')
  }
})

function readFrom(pieces: string[]): ByteReader {
  return new ByteReader(inPieces(pieces))
}

/** What `read` gives until the end. */
async function restOf(reader: ByteReader): Promise<string> {
  let rest = ''
  for (let bytes = await reader.read(4); bytes !== null; bytes = await reader.read(4))
    rest += bytes.toString('latin1')
  return rest
}
