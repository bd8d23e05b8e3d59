// Step 7: keep-alive. One connection carries request after request, and each body ends where the client can see it.
// The applications are those of applications.ts.

import { wantsToPersist } from '#server/07-keep-alive/framing.ts'
import { environFor } from '#given/kit/application/call.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import { STREAMED, STREAMED_WHY, TOO_LONG } from './applications.ts'
import {
  answerOn,
  answersInOrder,
  asks,
  asksNext,
  comesToAnEnd,
  cuts,
  endsHere,
  get,
  goesOn,
  isCutInTheMiddle,
  noteOnChunks,
  post,
  request,
  requestsAnswered,
  requestsTaken,
  saysAndCloses,
  withNodesClient,
} from './expectations.ts'

const { core, strict } = suite(7)
const rfc = (section: string) => ({ see: `RFC 9112, section ${section}`, lasting: true })
const length = { see: 'PEP 3333, "Handling the Content-Length Header"', lasting: true }

/** Fails unless `wantsToPersist` says so of a request with this version and this Connection field. */
function wants(version: string, field: string | undefined, expected: boolean): void {
  const given = { SERVER_PROTOCOL: version, ...(field !== undefined && { HTTP_CONNECTION: field }) }
  const environ = { ...environFor({ target: '/' }), ...given }
  gives(`wantsToPersist(${JSON.stringify(given)})`, wantsToPersist(environ), expected)
}

core('knows which clients want to go on', { see: 'RFC 9112, section 9.3' }, () => {
  wants('HTTP/1.1', undefined, true)
  wants('HTTP/1.1', 'close', false)
  wants('HTTP/1.1', 'Close', false)
  wants('HTTP/1.1', 'keep-alive', true)
})

core('answers request after request on one connection', rfc('9.3'), async ({ launch }) => {
  const server = await launch({ application: 'tellsItsLength' })
  const client = await server.connect()
  for (const path of ['/one', '/two', '/three']) {
    const why = 'The application tells the length of each page, so that the next request can follow.'
    const answer = await asks(client, get(path), { status: 200, body: `This is ${path}.`, why })
    goesOn(answer, 'The client did not ask for that, and the length of the body is known.')
  }
  const leaving = await server.connect()
  await asks(leaving, get('/once'), { status: 200, body: 'This is /once.' })
  leaving.finish()
  await endsHere(
    leaving,
    'The client had its answer and has finished: `readNext` gives null, and nobody waits for more.',
  )
  await answersInOrder(await launch({ application: 'waits' }))
  const last = await asks(client, get('/last', 'Connection: close'), { status: 200, body: 'This is /last.' })
  await saysAndCloses(client, last, 'The client asked for that: this was its last request.')
  const content = await server.connect()
  await asks(content, get('/only'), { status: 200, body: 'This is /only.' })
  content.finish()
  await endsHere(
    content,
    'The client finished after its answer: it asks for nothing, and there is nothing to say.',
  )
})

core(
  'lets the client see where a body of unknown length ends',
  { see: 'RFC 9112, section 6.3', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'streams' })
    const why =
      'The application is a generator and tells no length: the client waits for the end of the page.'
    const between =
      'This test of move 3 fails again because the head announces chunks now (move 4). They are for `frame(chunk)` to\n' +
      'make, and the last one is for `end`.'
    for (const path of ['/hello', '/nothing']) {
      const body = (STREAMED[path] ?? []).join('')
      const client = await server.connect()
      await asks(client, get(path), { status: 200, body, why }).catch((error: unknown) => {
        throw noteOnChunks(error, client, between)
      })
    }
  },
)

core('sends a body of unknown length in chunks', rfc('7.1'), async ({ launch }) => {
  const server = await launch({ application: 'streams' })
  const headers = { 'Transfer-Encoding': /^chunked$/i, 'Content-Length': null }
  const made =
    'A chunk, as `frame(chunk)` makes it: the number of its bytes in hexadecimal digits, CRLF, its bytes, CRLF.'
  for (const [path, why] of Object.entries(STREAMED_WHY)) {
    const client = await server.connect()
    for (const next of [path, '/hello']) {
      const body = Buffer.from((STREAMED[next] ?? []).join('')).toString('latin1')
      const expected = { status: 200, headers, body, ...(next === path && { why }) }
      const answer = await asks(client, get(next), expected).catch((error: unknown) => {
        throw noteOnChunks(error, client, made)
      })
      goesOn(answer, 'Chunks tell the client where the body ends: the connection need not.')
    }
  }
})

core(
  'sends no body with HEAD, 204 and 304',
  { see: 'RFC 9110, sections 9.3.2, 15.3.5 and 15.4.5', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'alwaysGivesABody' })
    const body =
      'The application gives a body all the same; the client takes what comes for the next response.'
    const none = 'There is no body with HEAD, nor with 204 and 304.'
    const reason = `${none} What stands behind these three digits is the application's affair.`
    const no = { 'Transfer-Encoding': null }
    const cases = [
      { line: 'HEAD /page HTTP/1.1', status: 200, headers: { 'Content-Length': '6' }, why: none },
      { line: 'HEAD /stream HTTP/1.1', status: 200, headers: {}, why: none },
      { line: 'GET /no-content HTTP/1.1', status: 204, headers: no, why: none },
      { line: 'GET /not-modified HTTP/1.1', status: 304, headers: no, why: none },
      { line: 'GET /204 HTTP/1.1', status: 204, headers: no, why: reason },
      { line: 'GET /304 HTTP/1.1', status: 304, headers: no, why: reason },
    ]
    for (const { line, status, headers, why } of cases) {
      const client = await server.connect()
      const answer = await asks(client, request(line), { status, why })
      const page = await asks(client, get('/page'), {
        status: 200,
        body: 'a page',
        why: `Before this: ${line}. ${body}\n${why}`,
      })
      goesOn(page, `Before this: ${line}, whose response ends with its head.`)
      answer.is({ status, headers, why })
    }
  },
)

core("serves Node's own client over one connection", { see: 'RFC 9112, section 9.3' }, async ({ launch }) => {
  const { port } = await launch()
  const pages = await withNodesClient(port, 3)
  for (const [index, { text, reused }] of pages.entries()) {
    const what = `Page ${index + 1} that http.get() of Node was given, with an Agent that keeps its connection`
    gives(what, text.replace(/ on .*\n/, ' …'), `Request ${index + 1} …`)
    gives(`Whether request ${index + 1} went over the connection of the one before`, reused, index > 0)
  }
})

strict('answers pipelined requests in their order', rfc('9.3.2'), async (context) => {
  const server = await context.launch({ application: 'waits' })
  const client = await server.connect()
  await client.send(get('/slow') + get('/fast'))
  const other = await server.connect()
  await asks(other, get('/'), { status: 200, body: 'This is /.', why: 'Another client was kept waiting.' })
  await asks(other, get('/go'), { status: 200, body: 'went' })
  const why = 'Two requests came in one packet. The application takes longer over the first.'
  for (const path of ['/slow', '/fast'])
    await answerOn(client, { status: 200, body: `This is ${path}.`, why })

  const closing = await (await context.launch({ application: 'closesItsList' })).connect()
  await closing.send(get('/one') + get('/two'))
  for (const path of ['/one', '/two']) await answerOn(closing, { status: 200, body: `This is ${path}.` })
  await server.notices()
  const order = context.output.match(/^(asked for|closed) .*$/gm) ?? []
  const what = 'What the application printed. A request is over when the list that it gave is closed'
  gives(what, order, ['asked for /one', 'closed /one', 'asked for /two', 'closed /two'])
})

strict('keeps requests apart, however they are cut', rfc('9.3.2'), async ({ launch }) => {
  const server = await launch({ application: 'echoes' })
  const both = Buffer.from(post('/first', 'abc') + get('/second'))
  for (const [how, pieces] of cuts(both)) {
    const why = `Two requests were ${how}, the first with a body of three bytes.`
    const client = await server.connect()
    await client.sendPieces(pieces)
    await answerOn(client, { status: 200, body: '/first: abc', why })
    await answerOn(client, { status: 200, body: '/second: ', why })
    client.leave()
  }
})

strict(
  'reads Connection as a list',
  { see: 'RFC 9110, section 7.6.1', lasting: true },
  async ({ launch }) => {
    wants('HTTP/1.1', 'Upgrade, close', false)
    wants('HTTP/1.1', 'TE,CLOSE', false)
    wants('HTTP/1.1', 'close , TE', false)
    wants('HTTP/1.1', 'keep-alive, close', false)
    wants('HTTP/1.1', 'closed', true)
    wants('HTTP/1.1', 'not-close, TE', true)
    const server = await launch({ application: 'tellsItsLength' })
    const client = await server.connect()
    const last = await asks(client, get('/', 'Connection: TE, Close'), { status: 200 })
    await saysAndCloses(client, last, 'The field was "Connection: TE, Close".')
  },
)

strict('keeps a connection of HTTP/1.0 only when asked to', rfc('9.3'), async ({ launch }) => {
  wants('HTTP/1.0', undefined, false)
  wants('HTTP/1.0', 'Keep-Alive', true)
  wants('HTTP/1.0', 'TE, keep-alive', true)
  wants('HTTP/1.0', 'keep-alive, close', false)
  const server = await launch({ application: 'tellsItsLength' })
  const old = await server.connect()
  await asks(old, request('GET /old HTTP/1.0'), { status: 200, body: 'This is /old.' })
  await endsHere(old, 'The request was one of HTTP/1.0 and did not ask to keep the connection.')
  const keeper = await server.connect()
  for (const path of ['/one', '/two']) {
    const why =
      'A request of HTTP/1.0 with "Connection: keep-alive": `headersFor(status, headers)` has to tell the client that\n' +
      'this is granted.'
    const headers = { Connection: /keep-alive/i }
    const sent = request(`GET ${path} HTTP/1.0`, 'Connection: keep-alive')
    await asks(keeper, sent, { status: 200, headers, body: `This is ${path}.`, why })
  }
})

strict('sends no chunks to HTTP/1.0', rfc('6.1'), async ({ launch }) => {
  const server = await launch({ application: 'streams' })
  for (const fields of [[], ['Connection: keep-alive']]) {
    const client = await server.connect()
    const why =
      'HTTP/1.0 knows no chunks, and nobody knows the length: the end of the connection ends the body.'
    const headers = { 'Transfer-Encoding': null, Connection: /^close$/i }
    const sent = request('GET /hello HTTP/1.0', ...fields)
    await asks(client, sent, { status: 200, headers, body: 'Hello from a generator', why })
  }
  const bodiless = await launch({ application: 'alwaysGivesABody' })
  for (const [line, status] of [
    ['HEAD /stream HTTP/1.0', 200],
    ['GET /204 HTTP/1.0', 204],
  ] as const) {
    const client = await bodiless.connect()
    await asks(client, request(line), { status })
    await endsHere(
      client,
      `${line}: no body belongs to it in HTTP/1.0 either, and the end of the connection ends none.`,
    )
  }
})

strict('sends chunks or a length, never both', rfc('6.2'), async ({ launch }) => {
  const server = await launch({ application: 'spellsItsOwnWay' })
  const client = await server.connect()
  for (const path of ['/small', '/large']) {
    const why = 'The application gives a Content-Length, in letters of another case.'
    const headers = { 'Transfer-Encoding': null, 'Content-Length': '6' }
    await asks(client, get(path), { status: 200, headers, body: 'a page', why })
  }
})

strict('goes on when a chunk is empty', rfc('7.1'), async ({ launch }) => {
  const server = await launch({ application: 'streams' })
  const client = await server.connect()
  const why =
    'The application gave an empty chunk now and then. On the wire, a chunk of no bytes is the last one.'
  for (const path of ['/pauses', '/hello'])
    await asks(client, get(path), { status: 200, body: (STREAMED[path] ?? []).join(''), why })
})

strict('answers nothing that follows "Connection: close"', rfc('9.6'), async (context) => {
  const server = await context.launch({ application: 'tellsItsLength' })
  const client = await server.connect()
  await client.send(get('/last', 'Connection: close') + get('/beyond'))
  const last = await answerOn(client, { status: 200, body: 'This is /last.' })
  await saysAndCloses(
    client,
    last,
    'The first of two requests said "Connection: close", so the second is none.',
  )
  if (context.output.includes('asked for /beyond'))
    throw new Failure('A request that came after "Connection: close" was given to the application.')
})

strict('closes after a request that it cannot read', rfc('9.6'), async ({ launch }) => {
  const server = await launch({ application: 'tellsItsLength' })
  const client = await server.connect()
  await client.send(`${get('/good')}garbage\r\n\r\n${get('/beyond')}`)
  const why = 'A good request, garbage, and a good one came in one packet.'
  const good = await answerOn(client, { status: 200, body: 'This is /good.', why })
  goesOn(good, 'Nothing was wrong with this request.')
  const bad = await answerOn(client, { status: 400, why })
  await saysAndCloses(client, bad, 'After garbage nobody knows where the next request begins.')
})

strict('never takes a body that nobody has read for a request', rfc('9.3'), async ({ launch }) => {
  const server = await launch({ application: 'echoes', limits: { unread: 1000 } })
  const client = await server.connect()
  const smuggled = get('/smuggled')
  const chunked = request('POST /unread HTTP/1.1', 'Transfer-Encoding: chunked')
  const inChunks = `${chunked}${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`
  const why =
    'The application did not read the body, or only its beginning: what is left of it is no request.'
  for (const [sent, body] of [
    [post('/unread', smuggled), 'Not read.'],
    [post('/some', smuggled), 'It begins with GET'],
    [inChunks, 'Not read.'],
  ] as const) {
    await asks(client, sent, { status: 200, body, why })
    await asksNext(client, get('/next'), '/next', why)
  }
  const failed = await server.connect()
  const fault = await asks(failed, post('/fails', smuggled), {
    status: 500,
    why: 'The application throws, and has read nothing.',
  })
  await server.prints('the pump is dry')
  // Whoever thinks that enough is enough says so.
  if (/\bclose\b/i.test(fault.header('Connection') ?? '')) await saysAndCloses(failed, fault, why)
  else await asksNext(failed, get('/next'), '/next', why)

  await asks(client, post('/unread', '', smuggled.length), { status: 200, body: 'Not read.', why })
  await asksNext(client, smuggled + get('/next'), '/next', `${why} It came after the answer.`)

  const rest =
    'Its rest was over limits.unread, more than is worth reading: the connection is of no more use.'
  await asks(client, post('/unread', 'x'.repeat(200_000)) + smuggled, { status: 200, body: 'Not read.' })
  await endsHere(client, rest)

  const leaving = await server.connect()
  const head = request('POST /unread HTTP/1.1', 'Content-Length: 1000', 'Connection: close')
  const answer = await asks(leaving, `${head}hello`, { status: 200, body: 'Not read.' })
  const never =
    'The client asked for that, and has sent 5 bytes of its 1000: where the connection ends anyway, there is nothing\n' +
    'to drain. Whoever waits for the rest may wait for ever.'
  await saysAndCloses(leaving, answer, never)
})

const waiting = (path: string) =>
  request(`POST ${path} HTTP/1.1`, 'Content-Length: 3', 'Expect: 100-continue')
const expects = { see: 'RFC 9110, section 10.1.1', lasting: true }
strict('closes when it never asked for the body', expects, async ({ launch }) => {
  const server = await launch({ application: 'echoes' })
  const asked = await server.connect()
  await asks(asked, waiting('/read'), {
    status: 100,
    why: 'The application reads the body: the client is asked for it.',
  })
  await asks(asked, 'abc', { status: 200, body: '/read: abc' })
  await asks(asked, get('/next'), {
    status: 200,
    body: '/next: ',
    why: 'The body was asked for, and read whole.',
  })

  const client = await server.connect()
  const answer = await asks(client, waiting('/unread'), { status: 200, body: 'Not read.' })
  const why =
    'The client waits with its body, and now may send it or may not: what follows can be told no more.'
  await saysAndCloses(client, answer, why)

  const begun = await server.connect()
  await begun.send(waiting('/begun'))
  await begun.until(() => begun.received.includes('The body: '))
  await begun.send('abc')
  const late = 'The answer had begun when the application read: a 100 Continue would be in the middle of it.'
  await answerOn(begun, { status: 200, body: 'The body: abc', why: late })
})

strict('closes when the body is broken, even if the application copes', rfc('9.6'), async (context) => {
  const server = await context.launch({ application: 'copes' })
  const client = await server.connect()
  const sent = request('POST /broken HTTP/1.1', 'Transfer-Encoding: chunked')
  await client.send(`${sent}no size\r\n${get('/beyond')}`)
  const answer = await answerOn(client, { status: 200, body: 'The body is broken.' })
  await saysAndCloses(
    client,
    answer,
    'The body was not one in chunks: where the next request begins is unknown.',
  )
  if (context.output.includes('asked for /beyond'))
    throw new Failure('What followed a broken body was given to the application as a request.')
})

strict('cuts a body at the length that was promised', length, async (context) => {
  const server = await context.launch({ application: 'miscounts' })
  const client = await server.connect()
  for (const [path, chunks] of Object.entries(TOO_LONG)) {
    const why =
      `The application promised 5 bytes, and gave ${chunks.map((chunk) => JSON.stringify(chunk)).join(', ')}.\n` +
      'What is beyond the five would pass for the next response.'
    const before = context.output.length
    await asks(client, get(path), { status: 200, headers: { 'Content-Length': '5' }, body: 'hello', why })
    await asks(client, get('/right'), { status: 200, body: 'right', why })
    await server.prints('PEP 3333', 'a sentence that names the rule of PEP 3333, since the body was too long')
    await server.notices()
    const told = context.output.slice(before).split('PEP 3333').length - 1
    gives(`${why}\nHow often the terminal was told, with the rule of PEP 3333`, told, 1)
    // The transcript has it behind `< `.
    await server.prints(
      new RegExp(`^(?!< ).*GET ${path}`, 'm'),
      `a sentence that names the request, GET ${path}, since its body was too long`,
    )
  }
})

strict('cuts the connection when a body is too short', length, async ({ launch }) => {
  const server = await launch({ application: 'miscounts' })
  const why = 'The application promised 50 bytes and gave 5: the page must not pass for a whole one.'
  await isCutInTheMiddle(server, get('/short'), 'hello', why)
  await server.prints('PEP 3333', 'a sentence that names the rule of PEP 3333, since the body was too short')

  const large = await server.connect()
  await large.send(get('/short-and-large'))
  if (!(await comesToAnEnd(large)))
    throw new Failure(
      'The application gave a list of one chunk, which is larger than what the system takes at once, and a byte\n' +
        'shorter than was promised. The connection should have been cut, and was open 1 s after the last byte.',
    )

  const heads = await launch({ application: 'givesNothingToHead' })
  const other = await heads.connect()
  const why2 = 'The head tells the length of a page that this response does not have: nothing is missing.'
  const headers = { 'Content-Length': '6' }
  for (const line of ['HEAD / HTTP/1.1', 'GET /304 HTTP/1.1', 'GET / HTTP/1.1'])
    await asks(other, request(line), { headers, why: why2 })
  await asks(other, request('HEAD /unmeasured HTTP/1.1'), {
    headers: { 'Content-Length': null },
    why: 'The application told no length, and gave HEAD one chunk of no bytes. The page that GET is given has more.',
  })
})

strict('leaves out the last chunk when a body breaks off', rfc('8'), async ({ launch }) => {
  const server = await launch({ application: 'breaksOff' })
  const why = 'The application threw after its first bytes: what came must not pass for a whole page.'
  const client = await isCutInTheMiddle(server, get('/'), 'The first half', why)
  if (/\r\n0+\r\n/.test(client.received.toString('latin1')))
    throw new Failure(`The client got a last chunk, "0", before the connection was cut.\n${why}`)
})

strict('runs nothing for a client that has gone', rfc('9.5'), async (context) => {
  const server = await context.launch({ application: 'breaksOff' })
  for (const gone of ['cut off', 'left']) {
    const [path, second] = [`/${gone.replace(' ', '-')}`, `/after-${gone.replace(' ', '-')}`]
    const client = await server.connect()
    await client.send(get(path) + get(second))
    await client.until(() => client.received.includes('The first half'))
    if (gone === 'left') client.cut()
    else await asks(await server.connect(), get('/go'), { status: 200 })
    await server.prints(`closed ${path}`)
    await server.notices()
    if (!context.output.includes(`asked for ${second}`)) continue
    const how = gone === 'left' ? 'left' : 'was cut off, since the first answer broke off'
    throw new Failure(
      `A client sent two requests at once and ${how}. The second was given to the application.`,
    )
  }
})

strict('takes no more requests than its client reads answers', rfc('9.3.2'), async ({ launch }) => {
  const server = await launch({ application: 'answersAtLength' })
  const deaf = await server.connect()
  deaf.socket.pause()
  const taken = await requestsTaken(deaf, get('/', `X-Padding: ${'x'.repeat(950)}`), 32_000)
  const answered = await requestsAnswered(server)
  deaf.cut()
  const what = 'A client sends requests of 1 KB and reads no answer.'
  if (answered > 1000)
    throw new Failure(
      `${what}\nThe application was asked for ${answered} pages of 64 KB: who holds them all?`,
    )
  if (taken === 32_000) throw new Failure(`${what}\nThe server took ${taken} of them, and goes on reading.`)
})

strict('holds no packet back until the one before is acknowledged', rfc('9.3'), async ({ launch }) => {
  const { port } = await launch({ application: 'streams' })
  const began = performance.now()
  await withNodesClient(port, 60, '/hello')
  const took = Math.round(performance.now() - began)
  if (took < 2000) return
  throw new Failure(
    `60 small pages, one after another on one connection, took ${took} ms. Some 40 ms each: that is TCP, which\n` +
      'holds a second small packet back until the first is acknowledged, unless setNoDelay(true) forbids it.',
  )
})
