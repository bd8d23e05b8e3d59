// Step 8: hostile clients. Who sends slowly, endlessly or too much gets no more of the server than anybody else.
// The time limits here are short, and only those clients come near them that are meant to.

import { Failure, gives } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import { LETTERS, SOME } from './applications.ts'
import { enough, smallLimits, tooMuch } from './cases.ts'
import {
  answers,
  costOfSingleBytes,
  get,
  hasSent,
  isLeftInSilence,
  isServedLater,
  isTimedOut,
  keepsSending,
  LAST_CHUNK,
  letsGo,
  post,
  postWithoutEnd,
  runsIn,
  SeldomReader,
  takesNoMore,
} from './expectations.ts'

const { core, strict } = suite(8)
const rfc = (section: string) => ({ see: `RFC ${section}`, lasting: true })
const timeout = rfc('9110, section 15.5.9')
const SLOW_HEAD = 'GET / HTTP/1.1\r\nX-Slow: '

core('answers 408 when a head takes too long', timeout, async ({ launch }) => {
  const server = await launch({ application: 'reads', limits: { headTime: 200 } })
  const halted = await hasSent(server, 'GET / HT')
  const slow = await hasSent(server, SLOW_HEAD)
  keepsSending(slow, 'a', 15)
  await isTimedOut(halted, 'The head was begun, and not there after 200 ms: 408 is to be expected.')
  const why = 'A byte came every 15 ms, but after 200 ms the head was not there: 408 is to be expected.'
  await isTimedOut(slow, why)

  const late = await server.connect()
  keepsSending(late, get().slice(0, 8), 160, 1)
  keepsSending(late, get().slice(8), 240, 1)
  const beside = await hasSent(server, SLOW_HEAD)
  keepsSending(beside, 'a', 15)
  keepsSending(await server.connect(), get(), 30)
  await answers(await hasSent(server, get()), { status: 200, body: '0 bytes' })
  const others = 'It should have come although another client asked for pages meanwhile.'
  await isTimedOut(beside, `${why}\n${others}`)
  const whole =
    'A client sent nothing for 160 ms, and then took 80 ms for its head. It has 200 ms from its first byte.'
  await answers(late, { status: 200, body: '0 bytes', why: whole })
})

core('ends an idle connection without a word', rfc('9112, section 9.5'), async ({ launch }) => {
  const server = await launch({ application: 'reads', limits: { idleTime: 100, headTime: 150 } })
  const silent = await server.connect()
  const begins = await hasSent(server, 'G')
  const served = await hasSent(server, get())
  await answers(served, { status: 200 })
  await isLeftInSilence(silent, 'A client sent nothing for 100 ms, which is all the time for that.')
  await isLeftInSilence(served, 'A client got its answer and sent nothing for another 100 ms.')
  await isTimedOut(begins, 'A client that has sent one byte is not idle: it has 150 ms for its head.')
})

core('answers 408 when a body comes too slowly', timeout, async ({ launch }) => {
  const limits = { headTime: 200, transferTime: 200, transferRate: 100 }
  const server = await launch({ application: 'reads', limits })
  const endless = await hasSent(server, SLOW_HEAD)
  keepsSending(endless, 'a'.repeat(20), 20)
  const halted = await hasSent(server, post('/', 1000, 'the first'))
  const slow = await hasSent(server, post('/', 1000))
  const steady = await hasSent(server, post('/', 1000, 'a'.repeat(100)))
  keepsSending(slow, 'a', 40)
  keepsSending(steady, 'a'.repeat(100), 28)
  const why = 'This body takes over 200 ms, but it comes at 3,500 bytes a second, where 100 are wanted.'
  await answers(steady, { status: 200, body: '1000 bytes', why })
  await isTimedOut(halted, 'The rest of a body did not come: 408 is to be expected.')
  await isTimedOut(slow, 'A body came at 25 bytes a second, where 100 are wanted: 408 is to be expected.')
  const head = 'A head came at 1,000 bytes a second, for longer than 200 ms. Bytes earn time in a body alone.'
  await isTimedOut(endless, head)
})

core('cuts off a client that takes nothing', rfc('9112, section 9.5'), async ({ launch }) => {
  const limits = { transferTime: 80, transferRate: 1_000_000 }
  const server = await launch({ application: 'pours', limits })
  const deaf = await server.connect()
  deaf.socket.pause()
  await deaf.send(get('/chunks'))
  await letsGo(
    server,
    '/chunks',
    'A client asked for a page of 24 MB, and read nothing of it for longer than 80 ms.',
  )
  deaf.socket.resume()
  await deaf.until(() => deaf.ended || deaf.closed)
  if (deaf.received.subarray(-5).equals(LAST_CHUNK))
    throw new Failure(
      'A client was sent the first part of a page, and a last chunk, as if that were all of it.',
    )
  const patient = await launch({ application: 'pours', limits: { ...limits, transferTime: 500 } })
  await isServedLater(await hasSent(patient, get('/chunks')), get('/little'), 700)
})

const fairness = { see: 'Node.js manual: setImmediate', lasting: true }
core('gives each client its turn', fairness, async ({ launch }) => {
  const many = 3000
  const server = await launch({ application: 'counts', limits: { requests: 2 * many } })
  await hasSent(server, get('/wait') + get().repeat(many))
  await server.prints('waiting')
  const opener = await server.connect()
  const other = await server.connect()
  await server.notices()
  // The first lets the many loose, and the second comes right behind it.
  await Promise.all([opener.send(get('/go')), other.send(get())])
  const before = Number((await answers(other, { status: 200 })).body)
  if (before < many - 100) return
  throw new Failure(
    `One client sent ${many} requests at once. When the first of them had been answered, another client sent one:\n` +
      `that one was number ${before}. It should not have had to wait for so many of the others.`,
  )
})

strict("counts no time but the client's", timeout, async ({ launch }) => {
  const limits = { headTime: 150, idleTime: 150, transferTime: 150 }
  const server = await launch({ application: 'takesItsTime', limits })
  const asker = await hasSent(server, get('/late'))
  const client = await hasSent(server, post('/late', 5, '', 'Expect: 100-continue'))
  const why = 'It was the application that took 200 ms, before it read. The client took 20.'
  const done =
    'The application took 200 ms. Meanwhile nothing was read from this client, so no alarm may ring.'
  await answers(asker, { status: 200, body: 'At last: ', why: done })
  await asker.send(get())
  await answers(asker, { status: 200, body: 'At last: ', why: done })
  await answers(client, { status: 100, why })
  keepsSending(client, 'hello', 20, 1)
  await answers(client, { status: 200, body: 'At last: hello', why })
  const again = get()
  await client.send(again.slice(0, 20))
  keepsSending(client, again.slice(20), 20, 1)
  const still = 'The connection is old by now, but this request is not.'
  await answers(client, { status: 200, body: 'At last: ', why: still })
})

strict('sells no silence for a fast beginning', timeout, async ({ launch }) => {
  const limits = { transferTime: 100, transferRate: 1_000_000 }
  const server = await launch({ application: 'reads', limits })
  const eager = await hasSent(server, post('/', 9_000_000, 'a'.repeat(8_000_000)))
  const why = 'Of 9 MB 8 came at once. At 1 MB a second that must not allow for 8 seconds of silence: 408.'
  await isTimedOut(eager, why)

  const lumpy = await hasSent(
    await launch({ application: 'reads', limits: { transferTime: 100, transferRate: 1000 } }),
    post('/', 900, '', 'Expect: 100-continue'),
  )
  await answers(lumpy, { status: 100 })
  await lumpy.send('a'.repeat(300))
  keepsSending(lumpy, 'a'.repeat(300), 200, 2)
  const lumps =
    'This body comes in lumps of 300 bytes, 200 ms apart. At 1,000 bytes a second each lump earns 300 ms, which may\n' +
    'all be used: what is cut down to transferTime (100 ms) is what was left before it came.'
  await answers(lumpy, { status: 200, body: '900 bytes', why: lumps })
})

strict('cuts off a client that takes a little now and then', rfc('9112, section 9.5'), async ({ launch }) => {
  const limits = { transferTime: 200, transferRate: 2_000_000 }
  const server = await launch({ application: 'pours', limits })
  const paths = ['/chunks', '/at-once']
  for (const path of paths) await new SeldomReader(await server.connect(), 100).client.send(get(path))
  const eager = await server.connect()
  takesNoMore(eager, 9_000_000)
  await eager.send(get('/in-three'))
  await eager.until(() => eager.socket.isPaused())
  for (const path of paths) {
    const why = `A client asked for ${path}, 24 MB, and takes 650 KB a second at the most, where 2 MB are wanted.`
    await letsGo(server, path, why)
  }
  const why =
    'A client took 9 MB at once of a page of 24 MB, which the application gives in three chunks. Then it took nothing\n' +
    'any more. At 2 MB a second the rest of a chunk would be worth seconds of patience, if it were not sent in pieces.'
  await letsGo(server, '/in-three', why)
})

const steadiness = rfc('9112, section 9.5')
strict('lets a steady client take as long as its page needs', steadiness, async ({ launch }) => {
  // A piece of a page earns 10 s.
  const server = await launch({ application: 'pours', limits: { transferTime: 50, transferRate: 100_000 } })
  const steady = new SeldomReader(await server.connect(), 1, 400)
  await steady.client.send(get('/at-once'))
  const isCut = () => steady.client.ended || steady.client.closed
  await steady.client.until(() => isCut() || steady.count > 12_000_000)
  if (!isCut()) return
  throw new Failure(
    'An application gave a page of 24 MB in one chunk. A client began to read after 400 ms, took some 30 MB a second\n' +
      `of it, and was cut off after ${steady.count} bytes. At 100 KB a second, which are wanted, it would have had far\n` +
      'more time for them.',
  )
})

const order = { see: 'PEP 3333, "The write() Callable"', lasting: true }
strict('keeps what an application writes in order', order, async ({ launch }) => {
  const server = await launch({ application: 'writes' })
  const why =
    'The application called write() four times, and awaited none of them. Each text should come whole.'
  const answer = await answers(await hasSent(server, get()), { status: 200, why })
  const what = 'Four texts that write() got, and one that was returned: each letter that came, and how often'
  gives(what, runsIn(answer.body), [...LETTERS, ['e', 1]])
})

const ending = 'ends no connection before all pieces of the last page have gone'
strict(ending, rfc('9112, section 9.6'), async ({ launch }) => {
  const server = await launch({ application: 'pours' })
  const client = await hasSent(server, get('/some', 'Connection: close'))
  const why = `The page has ${SOME} bytes. All of them have to go before the connection ends.`
  const { body } = await answers(client, { status: 200, why })
  gives('How many bytes of a large page came', body.length, SOME)
})

strict('waits only so long for a body that nobody reads', rfc('9112, section 9.3'), async ({ launch }) => {
  const limits = { transferTime: 100, transferRate: 1000 }
  const server = await launch({ application: 'ignores', limits })
  const client = await hasSent(server, post('/', 1000, 'the first bytes'))
  await answers(client, { status: 200, body: 'Not read.' })
  keepsSending(client, 'a', 20)
  await isLeftInSilence(client, 'The answer has gone, and the rest of the body comes far too slowly.')
})

strict('waits only so long for a body it has asked for', rfc('9110, section 10.1.1'), async ({ launch }) => {
  const server = await launch({ application: 'reads', limits: { transferTime: 100 } })
  const client = await hasSent(server, post('/', 1000, '', 'Expect: 100-continue'))
  await answers(client, { status: 100 })
  await isTimedOut(client, 'The client asked whether it may send its body, and then never did.')
})

strict("lets node's own client read its 408", timeout, async ({ launch }) => {
  const { port } = await launch({ application: 'reads', limits: { transferTime: 100 } })
  gives('What node:http gets for a body that it never ends', await postWithoutEnd(port), 408)
})

strict(
  'leaves no timer running',
  { see: 'Node.js manual: clearTimeout', lasting: true },
  async ({ launch }) => {
    const limits = { headTime: 60_000, idleTime: 60_000, transferTime: 60_000 }
    const server = await launch({ application: 'timers', limits })
    const timers = async () => Number((await server.ask(get())).body)
    const before = await timers()
    for (const begun of ['', 'GET /', post('/', 10, 'hello')]) {
      const gone = await hasSent(server, begun)
      await server.notices()
      gone.leave()
      const served = await hasSent(server, post('/', 10, 'hello'))
      await server.notices()
      await served.send('hello')
      await answers(served, { status: 200 })
      served.leave()
    }
    const halfway = await hasSent(server, post('/', 10, 'hello'))
    halfway.finish()
    const why = 'This client finished after 5 of the 10 bytes that it had announced: 400, as in step 6.'
    await answers(halfway, { status: 400, why })
    halfway.leave()
    const deadline = Date.now() + 1000
    let left = await timers()
    while (left > before && Date.now() < deadline) left = await timers()
    gives('Timers beyond those of the beginning, when all clients have gone', left - before, 0)
  },
)

strict('serves others beside hundreds of half requests', timeout, async ({ launch }) => {
  const server = await launch({ application: 'reads', limits: { headTime: 250 } })
  const begun = 'GET / HTTP/1.1\r\n'
  const halves = await Promise.all(Array.from({ length: 200 }, () => hasSent(server, begun)))
  for (let others = 0; others < 20; others++)
    await answers(await hasSent(server, get()), { status: 200, body: '0 bytes' })
  for (const half of halves)
    await isTimedOut(half, 'Of 200 clients that sent half a head, each should get a 408.')
})

strict('answers each limit with its status', rfc('6585, section 5'), async ({ launch }) => {
  const server = await launch({ application: 'reads', limits: smallLimits })
  for (const [what, { sent, status }] of Object.entries(tooMuch)) {
    const client = await hasSent(server, sent)
    await answers(client, { status, why: `${what}: ${status} is to be expected.` })
    await client.ends()
  }
  await answers(await hasSent(server, get()), { status: 200, why: 'Everybody else is served as before.' })
  for (const [what, requests] of Object.entries(enough)) {
    const client = await server.connect()
    for (const request of requests) {
      await client.send(request)
      await answers(client, { status: 200, body: '0 bytes', why: `${what}: that is within all limits.` })
    }
  }
})

strict(
  'answers so many requests on a connection, and no more',
  rfc('9112, section 9.5'),
  async ({ launch }) => {
    const server = await launch({ application: 'reads', limits: { requests: 3 } })
    const client = await hasSent(server, get().repeat(5))
    for (const field of [null, null, /^close$/i]) {
      const why = 'Three requests may come on a connection, and the third answer says that it is the last.'
      await answers(client, { status: 200, headers: { Connection: field }, why })
    }
    await isLeftInSilence(client, 'The third answer was the last.')
  },
)

strict('turns away whom it has no place for', rfc('9110, section 15.6.4'), async ({ launch }) => {
  for (const limits of [{ connections: 2 }, { connectionsPerAddress: 2 }]) {
    const server = await launch({ application: 'reads', limits })
    const first = await hasSent(server, get())
    await answers(first, { status: 200 })
    await server.connect()
    const third = await server.connect()
    // It sends all it has to say before it reads.
    third.socket.pause()
    await third.sendPieces(Array(5).fill(Buffer.from(post('/', 10_000, 'a'.repeat(10_000)))))
    third.socket.resume()
    const why = 'There were two connections already, as many as there may be.'
    await answers(third, { status: 503, headers: { 'Retry-After': /^\d+$/ }, why })
    first.leave()
    await server.notices()
    await answers(await hasSent(server, get()), {
      status: 200,
      why: 'One of the two has left: there is a place.',
    })
  }
})

strict(
  'passes over what it need not understand',
  rfc('9110, sections 7.8 and 10.1.1'),
  async ({ launch }) => {
    const server = await launch({ application: 'reads' })
    for (const field of ['Expect: the-unexpected', 'Upgrade: h2c', 'Connection: Upgrade, HTTP2-Settings']) {
      const why = `${field}: a server may pass over that, and this one does.`
      await answers(await hasSent(server, post('/', 5, 'hello', field)), {
        status: 200,
        body: '5 bytes',
        why,
      })
    }
  },
)

const forwarded = { see: 'RFC 7239, section 8.1', lasting: true }
strict('believes X-Forwarded-For from a trusted proxy alone', forwarded, async ({ launch }) => {
  const fields = ['X-Forwarded-For: 10.0.0.1, 192.0.2.7', 'X-Forwarded-Proto: https']
  const open = await launch({ application: 'tellsWhom' })
  const nobody = 'Nobody has said that 127.0.0.1 is a proxy, and every client can send such a field.'
  await answers(await hasSent(open, get('/', ...fields)), { body: '127.0.0.1 http', why: nobody })
  const behind = await launch({ application: 'tellsWhom', trusted: ['127.0.0.1', '192.0.2.8'] })
  const one = 'The proxy at 127.0.0.1 is trusted. It saw 192.0.2.7; what stands before that, it was told.'
  await answers(await hasSent(behind, get('/', ...fields)), { body: '192.0.2.7 https', why: one })
  const chain = 'X-Forwarded-For: 10.0.0.1, 192.0.2.7, 192.0.2.8'
  const two = 'The proxy at 192.0.2.8 is trusted, too. It saw 192.0.2.7.'
  await answers(await hasSent(behind, get('/', chain)), { body: '192.0.2.7 http', why: two })
  const proxy = await hasSent(behind, get())
  await answers(proxy, { body: '127.0.0.1 http', why: 'The proxy asks on its own behalf.' })
  proxy.finish()
  await isLeftInSilence(proxy, 'The proxy has finished, and asks for nothing any more.')
})

/** Bytes of a line, beside one of four times as many. */
const SIZE = 16_000
const linear = { see: 'RFC 9112, section 2.2', lasting: true }
strict('does no more work for a line that comes in single bytes', linear, async ({ launch }) => {
  const server = await launch({ application: 'reads' })
  const client = await server.connect()
  await client.sendPieces(Array.from(get('/a-byte-at-a-time'), (byte) => Buffer.from(byte)))
  await answers(client, { status: 200, body: '0 bytes' })
  const least = await costOfSingleBytes(SIZE)
  const most = await costOfSingleBytes(4 * SIZE)
  // Twice what is right: a reader that looks at the whole line for each byte needs 16 times as much.
  if (most <= 8 * least) return
  throw new Failure(
    `A line that comes a byte at a time, and is 4 times as long, took readLine ${Math.round(most / least)} times the work. ` +
      'Does it look at the whole line again for each byte?',
  )
})
