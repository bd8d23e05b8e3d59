// Step 6: the body of a request. `wsgi.input` gives its bytes, and ends where it ends.
// What clients send is in cases.ts; the applications that read it are in applications.ts.

import { bodyLength, chunkedBody, lengthBody, parseChunkSize } from '#server/06-request-body/body.ts'
import { RequestInput } from '#server/06-request-body/input.ts'
import { Failure, gives, refuses } from '#given/kit/failure/failure.ts'
import { show } from '#given/kit/failure/values.ts'
import { suite } from '#given/kit/suite.ts'
import * as cases from './cases.ts'
import {
  bodyOf,
  breaksOff,
  cuts,
  drains,
  environWith,
  givesBytes,
  givesSize,
  inputOf,
  leftIn,
  nextAnswer,
  noMoreThan,
  quoted,
  readerOf,
  refused,
  request,
  servesNoStowaway,
  STOWAWAY,
  textOf,
} from './expectations.ts'
import * as uploads from './uploads.ts'

const { core, strict } = suite(6)
const rule = (see: string) => ({ see, lasting: true })
/** Bytes as text, one code unit each. */
const latin1 = (bytes: Buffer) => bytes.toString('latin1')
const streams = 'PEP 3333, "Input and Error Streams"'

core('ends a body where Content-Length says', { see: 'RFC 9112, section 6.3' }, async () => {
  gives('bodyLength without a CONTENT_LENGTH', bodyLength(environWith({})), 0)
  for (const [text, length] of Object.entries(cases.lengths))
    gives(
      `bodyLength({ CONTENT_LENGTH: "${text}" })`,
      bodyLength(environWith({ CONTENT_LENGTH: text })),
      length,
    )
  for (const pieces of cuts('hello, world')) {
    const reader = readerOf(pieces)
    const call = `lengthBody(reader, 5), with a reader that gets ${JSON.stringify(pieces)}`
    gives(`The bytes of ${call}`, await textOf(lengthBody(reader, 5)), 'hello')
    gives(`What is left in the reader after ${call}`, await leftIn(reader), ', world')
  }
  const reader = readerOf(['GET / HTTP/1.1'])
  gives('The bytes of lengthBody(reader, 0)', await textOf(lengthBody(reader, 0)), '')
  gives('What is left in the reader after lengthBody(reader, 0)', await leftIn(reader), 'GET / HTTP/1.1')
})

core('reads as many bytes as it is asked for', { see: streams }, async () => {
  for (const pieces of cuts('Hello, w\xf6rld!')) {
    const input = inputOf(pieces)
    const from = `of a body that comes as ${JSON.stringify(pieces)}`
    gives(`read(5) ${from}`, latin1(await input.read(5)), 'Hello')
    gives(`read(4) after that`, latin1(await input.read(4)), ', w\xf6')
    gives(`read(0) after that`, latin1(await input.read(0)), '')
    gives(`read(100) after that`, latin1(await input.read(100)), 'rld!')
    gives(`read(5) at the end ${from}`, latin1(await input.read(5)), '')
    gives(`read() ${from}`, latin1(await inputOf(pieces).read()), 'Hello, w\xf6rld!')
  }
  gives('read() of a body without a byte', latin1(await inputOf([]).read()), '')
  const why = 'read(5) had its 5 bytes, and waited for more: a client that sends no more would wait with it.'
  gives('read(5)', latin1(await new RequestInput(noMoreThan(['He', 'llo'], why)).read(5)), 'Hello')
  const outcome = await new RequestInput(noMoreThan(['He'], 'It breaks off.')).read(5).then(
    (value) => `gives ${show(latin1(value))}`,
    () => 'rejects',
  )
  gives('What read(5) does with a body that gives "He" and then throws', outcome, 'rejects')
})

core('reads line by line', { see: streams }, async () => {
  const lines = ['one\n', 'two\r\n', '\n', 'the end']
  for (const pieces of cuts(lines.join(''))) {
    const from = `of a body that comes as ${JSON.stringify(pieces)}`
    const input = inputOf(pieces)
    for (const line of [...lines, '', '']) gives(`readline() ${from}`, String(await input.readline()), line)
    gives(`readlines() ${from}`, (await inputOf(pieces).readlines()).map(String), lines)
    const iterated = []
    for await (const line of inputOf(pieces)) iterated.push(String(line))
    gives(`for await (const line of input), ${from}`, iterated, lines)
  }
  const input = inputOf(['one\ntwo\n'])
  gives('readline(2) of "one\\ntwo\\n"', String(await input.readline(2)), 'on')
  gives('readline(100) after that', String(await input.readline(100)), 'e\n')
  gives('read() after that', String(await input.read()), 'two\n')
})

core('hands a form to the application', rule(streams), async ({ launch }) => {
  const server = await launch({ application: 'echoes' })
  const form = request('POST /', ['Content-Length: 8'], 'name=Ada')
  await server.everyWay(form, (answer) =>
    answer.is({ status: 200, body: '8 bytes: name=Ada', headers: { 'X-Asked': 'POST /' } }),
  )
  const nothing = await server.ask(request('GET /'))
  nothing.is({
    status: 200,
    body: '0 bytes: ',
    why: 'A request without a body: there, read() gives nothing.',
  })
  const lists = await launch({ application: 'lists' })
  const lines = await lists.ask(request('POST /', ['Content-Length: 7'], 'one\ntwo'))
  lines.is({ status: 200, body: '["one\\n","two"]' })
  const asking = await launch({ application: 'asksForAnEnd' })
  const end = await asking.ask(request('GET /'))
  end.is({
    status: 200,
    body: 'wsgi.input_terminated: true',
    why: 'Frameworks look for this before they read to the end of a body, and leave one in chunks unread without it.',
  })
})

const data = 'GET / HTTP/1.1\r\n\r\n0\r\n\r\n'
const twoChunks = `5;name=value\r\nhello\r\n${data.length.toString(16).toUpperCase()}\r\n${data}\r\n0\r\n`
const chunked: [body: string, bytes: string, why: string][] = [
  ['0\r\n\r\n', '', 'After the size 0 there is an empty line, and nothing else.'],
  [
    '5\r\nhello\r\n0\r\n\r\n',
    'hello',
    'The line end after the bytes of a chunk is to be read like an empty line.',
  ],
  [
    `${twoChunks}\r\n`,
    `hello${data}`,
    'What is in a chunk may look like anything: only its size says where it ends.',
  ],
  [`${twoChunks}X-Sum: 7\r\n\r\n`, `hello${data}`, 'There is a trailer field after the size 0.'],
]

core('reads a body that comes in chunks', rule('RFC 9112, section 7.1'), async ({ launch }) => {
  for (const [line, size] of Object.entries(cases.chunkSizes))
    givesSize(`parseChunkSize(${quoted(line)})`, () => parseChunkSize(line), size)
  for (const line of ['', ';name'])
    refuses(`parseChunkSize(${quoted(line)})`, () => parseChunkSize(line), 400)
  for (const [body, bytes, why] of chunked) {
    const reader = readerOf([`${body}what follows`])
    const call = `chunkedBody(reader), with a reader that gets\n  ${JSON.stringify(`${body}what follows`)}`
    await givesBytes(call, chunkedBody(reader), bytes, why)
    gives(`What is left in the reader after ${call}`, await leftIn(reader), 'what follows')
  }
  for (const coding of ['chunked', 'Chunked'])
    givesSize(
      `bodyLength({ HTTP_TRANSFER_ENCODING: "${coding}" })`,
      () => bodyLength(environWith({ HTTP_TRANSFER_ENCODING: coding })),
      'chunked',
    )
  const server = await launch({ application: 'echoes' })
  const raw = request('POST /', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n2\r\n 1\r\n0\r\n\r\n')
  await server.everyWay(raw, (answer) => answer.is({ status: 200, body: '7 bytes: hello 1' }))
})

const expecting = request('POST /', ['Content-Length: 5', 'Expect: 100-continue'])
const isAsked =
  'The client waits to be asked for its body (Expect: 100-continue), and the application reads: it gets 100 Continue.'

core(
  'asks for a body when the application reads it',
  rule('RFC 9110, section 10.1.1'),
  async ({ launch }) => {
    const echoes = await launch({ application: 'echoes' })
    const client = await echoes.connect()
    await client.send(expecting)
    const interim = await nextAnswer(client, isAsked)
    interim.is({ status: 100, why: isAsked })
    await client.send('hello')
    const answer = await nextAnswer(client)
    answer.is({ status: 200, body: '5 bytes: hello' })
    const plain = await echoes.ask(request('POST /', ['Content-Length: 5'], 'hello'))
    plain.is({ status: 200, why: 'This client did not ask for a 100 Continue.' })

    const ignores = await launch({ application: 'ignores' })
    const final = await ignores.ask(expecting)
    final.is({ status: 200, why: 'The application never reads: nobody should ask for this body.' })

    const late = await launch({ application: 'readsWhenTold' })
    const early = await late.connect()
    await early.send(expecting)
    await late.prints('the application has begun')
    await late.notices()
    if (early.received.length > 0)
      (await nextAnswer(early)).fail('The application has not read yet: it may not want this body at all.')
    await late.ask(request('GET /go'))
    const told = await nextAnswer(early, isAsked)
    told.is({ status: 100, why: isAsked })
  },
)

strict('takes a Content-Length of digits alone', rule('RFC 9110, section 8.6'), async ({ launch }) => {
  for (const text of cases.badLengths)
    refuses(
      `bodyLength({ CONTENT_LENGTH: ${JSON.stringify(text)} })`,
      () => bodyLength(environWith({ CONTENT_LENGTH: text })),
      400,
    )
  await refused(await launch({ application: 'ignores' }), 400, cases.badLengthRequests)
})

const ambiguity = rule('RFC 9112, sections 6.1 and 6.3')
strict('refuses a body that may end in two places', ambiguity, async ({ launch }) => {
  await refused(await launch({ application: 'ignores' }), 400, cases.ambiguous)
})

strict('takes chunks by their grammar alone', rule('RFC 9112, section 7.1'), async ({ launch }) => {
  for (const line of cases.badChunkSizes)
    refuses(`parseChunkSize(${quoted(line)})`, () => parseChunkSize(line), 400)
  for (const [line, size] of Object.entries(cases.extendedSizes))
    givesSize(`parseChunkSize(${quoted(line)})`, () => parseChunkSize(line), size)
  for (const raw of ['5\r\nhelloXX\r\n0\r\n\r\n', '5\r\nhello0\r\n\r\n'])
    await breaksOff(
      `chunkedBody(reader), with a reader that gets ${JSON.stringify(raw)}`,
      chunkedBody(readerOf([raw])),
    )
  await refused(await launch({ application: 'echoes' }), 400, cases.badChunks)
})

const beside = rule('RFC 9112, sections 7.1.1 and 7.1.2')
strict('bounds what a chunked body has beside its bytes', beside, async ({ launch }) => {
  const server = await launch({ application: 'counts', limits: cases.smallLimits })
  for (const [raw, size, why] of cases.enough)
    (await server.ask(raw)).is({ status: 200, body: new RegExp(`^${size} bytes,`), why })
  for (const [status, raw] of Object.entries(cases.tooMuch)) await refused(server, Number(status), raw)
})

strict('answers 413 to a body over its limit', rule('RFC 9110, section 15.5.14'), async ({ launch }) => {
  const server = await launch({ application: 'echoes', limits: cases.tenBytes })
  const raw = [
    request('POST /', ['Content-Length: 10'], '0123456789'),
    request('POST /', ['Transfer-Encoding: chunked'], '4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n'),
  ]
  for (const bytes of raw) (await server.ask(bytes)).is({ status: 200, body: '10 bytes: 0123456789' })
  await refused(server, 413, cases.tooLarge)
  for (const announced of ['Content-Length: 11\r\n\r\n', 'Transfer-Encoding: chunked\r\n\r\nb\r\n']) {
    const answer = await server.ask(request('POST /').replace('\r\n\r\n', `\r\n${announced}`))
    answer.is({ status: 413, why: 'Nothing of the body has come yet, but it is known to be too long.' })
  }
  await refused(await launch({ application: 'echoes' }), 413, cases.farTooLarge)
})

const linger = rule('RFC 9112, section 9.6')
strict('lets a client that sends everything first read its 413', linger, async ({ launch }) => {
  const server = await launch({ application: 'counts', limits: { body: 100_000 } })
  for (const how of [uploads.LENGTH, uploads.CHUNKED]) {
    const client = await server.connect()
    client.socket.pause()
    await uploads.sendUpload(client, 16, how)
    client.socket.resume()
    const { status } = await client.response()
    gives(
      `The status that a client reads once it has sent 16 MB (${how}), when the limit is 100 KB`,
      status,
      413,
    )
  }
})

strict('answers 400 to a body that breaks off', rule('RFC 9112, section 8'), async ({ launch }) => {
  for (const pieces of cuts('hello'))
    await breaksOff(
      `lengthBody(reader, 10), with a reader that gets ${JSON.stringify(pieces)} and no more`,
      lengthBody(readerOf(pieces), 10),
    )
  const server = await launch({ application: 'echoes' })
  for (const [where, raw] of Object.entries(cases.brokenOff)) {
    const client = await server.connect()
    await client.send(raw)
    client.finish()
    const why = `The body breaks off ${where}. An HttpError is due from read(), which answerFault and pageFor
of step 4 make an answer of. If read() gave what has come, the application would think that was all.`
    const answer = await nextAnswer(client)
    answer.is({ status: 400, why })
  }
  const silent = await server.connect()
  silent.finish()
  await silent.ends()
  if (silent.received.length > 0)
    (await nextAnswer(silent)).fail(
      'A client finished before it had asked for anything: there is nothing to answer.',
    )
})

strict('goes on refusing a body that was broken once', rule('RFC 9112, section 8'), async ({ launch }) => {
  const input = new RequestInput(chunkedBody(readerOf(['5\r\nhello\r\nx\r\n'])))
  const reads: [call: string, read: () => Promise<unknown>][] = [
    ['read(7)', () => input.read(7)],
    ['read()', () => input.read()],
    ['read(1)', () => input.read(1)],
    ['readline()', () => input.readline()],
    ['readlines()', () => input.readlines()],
  ]
  for (const [call, read] of reads) {
    const outcome = await read().then(
      (value) => `gave ${show(value)}`,
      (error: Error) => error.name,
    )
    const body = 'a chunk "hello" and then one without a size'
    gives(`What ${call} does on ${body}, the reads before it having failed`, outcome, 'HttpError')
  }
  gives('isLost after that', input.isLost, true)
  const server = await launch({ application: 'stubborn' })
  const answer = await server.ask(request('POST /', ['Transfer-Encoding: chunked'], '5\r\nhello\r\nx\r\n'))
  answer.is({ status: 400, why: 'The application caught the first error and read again.' })
})

strict(
  'cuts the connection if the head has gone by then',
  rule('RFC 9112, section 8'),
  async ({ launch }) => {
    const server = await launch({ application: 'startsEarly' })
    const client = await server.connect()
    await client.send(request('POST /', ['Transfer-Encoding: chunked'], '5\r\nhello\r\n'))
    await client.until(() => client.received.includes('first '))
    await client.send('x\r\n')
    await client.isCut(
      'The application had sent its first bytes when the body turned out to be broken: an HttpError from read() must\n' +
        'reach answerFault, which cuts the connection once the head has gone (step 4, strict).',
    )
  },
)

strict('takes no byte of a body for a request', rule('RFC 9112, section 9.3'), async ({ launch }) => {
  const last = request('GET /next', ['Connection: close'])
  const bodies = [
    request('POST /', [`Content-Length: ${STOWAWAY.length}`], STOWAWAY),
    request('POST /fails', [`Content-Length: ${STOWAWAY.length}`], STOWAWAY),
    request('POST /', [`Content-Length: ${500 + STOWAWAY.length}`], ' '.repeat(500) + STOWAWAY),
    request(
      'POST /',
      ['Transfer-Encoding: chunked'],
      `${STOWAWAY.length.toString(16)}\r\n${STOWAWAY}\r\n0\r\n\r\n`,
    ),
    request('POST /', ['Transfer-Encoding: chunked'], `5\r\nhello\r\nx\r\n${STOWAWAY}`),
    expecting + STOWAWAY,
  ]
  for (const application of ['ignores', 'readsFive']) {
    const server = await launch({ application, limits: { unread: 100 } })
    for (const raw of bodies) {
      const client = await server.connect()
      await client.send(raw + last)
      await client.ends()
      servesNoStowaway(client, `The application ${application} did not read the body to its end.`)
    }
  }
})

strict('drains what was left unread, up to a limit', { see: 'RFC 9112, section 9.3' }, async () => {
  let taken = 0
  const long = async function* () {
    for (; taken < 100_000; taken += 100) yield Buffer.alloc(100, 'x')
  }
  const input = new RequestInput(long())
  await input.read(5)
  await drains(input, 'a body of 100,000 bytes, 5 of them read', false)
  if (taken > 1500) throw new Failure(`drain(1000) of a body of 100,000 bytes took ${taken} of them.`)

  for (const pieces of cuts('hello, world')) {
    const short = inputOf(pieces)
    await short.read(5)
    await drains(short, 'a body of 12 bytes, 5 of them read', true)
    gives('read() after that', String(await short.read()), '')
  }
  await drains(inputOf([]), 'a body without a byte', true)

  const whole = inputOf(['hello'])
  gives('isOver of a body of 5 bytes, none of them read', whole.isOver, false)
  await whole.read()
  gives('isOver after read()', whole.isOver, true)
  gives('isOver of a request without a body', new RequestInput().isOver, true)

  for (const [sizes, isDrained, why] of cases.leftovers) {
    const left = inputOf(sizes.map((size) => 'x'.repeat(size)))
    await left.read(5)
    await drains(left, `a body in pieces of ${sizes.join(' and ')} bytes, 5 of them read`, isDrained, why)
  }

  const ends: [of: string, pieces: string[]][] = [
    ['a body that breaks off', ['5\r\nhello\r\n']],
    ['a body that is broken', ['5\r\nhello\r\nx\r\n']],
  ]
  for (const [of, pieces] of ends) await drains(new RequestInput(chunkedBody(readerOf(pieces))), of, false)

  let asked = 0
  const waiting = new RequestInput(bodyOf(['hello']), async () => void asked++)
  await drains(waiting, 'a body whose client waits for a 100 Continue', false)
  gives('How often it was asked for that body', asked, 0)
})

strict('asks nobody who does not wait', rule('RFC 9110, section 10.1.1'), async ({ launch }) => {
  const server = await launch({ application: 'nibbles' })
  const old = await server.ask(
    request('POST /', ['Content-Length: 5', 'Expect: 100-continue'], 'hello').replace('1.1', '1.0'),
  )
  old.is({ status: 200, body: 'hello', why: 'HTTP/1.0 has no 100 Continue.' })
  const empty = await server.ask(request('POST /', ['Content-Length: 0', 'Expect: 100-continue']))
  empty.is({ status: 200, body: '', why: 'There is no body to wait for.' })
  for (const other of ['100-continued', 'not-100-continue']) {
    const answer = await server.ask(request('POST /', ['Content-Length: 5', `Expect: ${other}`], 'hello'))
    if (answer.status === 100) answer.fail(`The client expects ${other}, and does not wait to be asked.`)
  }

  const client = await server.connect()
  await client.send(request('POST /', ['Transfer-Encoding: chunked', 'Expect: 100-Continue']))
  const interim = await nextAnswer(client, isAsked)
  interim.is({ status: 100, why: isAsked })
  await client.send('5\r\nhello\r\n0\r\n\r\n')
  const answer = await nextAnswer(client)
  answer.is({
    status: 200,
    body: 'hello',
    why: 'The application reads byte by byte; one 100 Continue is enough.',
  })

  const early = await launch({ application: 'startsEarly' })
  const late = await early.connect()
  await late.send(expecting)
  await late.until(() => late.received.includes('first '))
  await late.send('hello')
  const whole = await nextAnswer(late)
  whole.is({ status: 200, body: 'first hello', why: 'The head had gone when the application first read.' })
})

strict('reads as a file of Python does', { see: streams }, async () => {
  const text = 'one\ntwo\n\nthree'
  for (const pieces of cuts(text)) {
    const from = `of a body that comes as ${JSON.stringify(pieces)}`
    gives(`read(-1) ${from}`, String(await inputOf(pieces).read(-1)), text)
    const input = inputOf(pieces)
    gives(`readline(-1) ${from}`, String(await input.readline(-1)), 'one\n')
    gives('readline(0) after that', String(await input.readline(0)), '')
    gives('readline(4) after that', String(await input.readline(4)), 'two\n')
    gives('readline(1) after that', String(await input.readline(1)), '\n')
    for (const [hint, lines] of [
      [1, ['one\n']],
      [4, ['one\n']],
      [5, ['one\n', 'two\n']],
      [9, ['one\n', 'two\n', '\n']],
      [0, ['one\n', 'two\n', '\n', 'three']],
      [-1, ['one\n', 'two\n', '\n', 'three']],
    ] as const)
      gives(`readlines(${hint}) ${from}`, (await inputOf(pieces).readlines(hint)).map(String), lines)
    const left = inputOf(pieces)
    await left.readlines(1)
    for await (const line of left) {
      gives(`The first line for await goes through, after readlines(1), ${from}`, String(line), 'two\n')
      break
    }
    gives('read() after a break', String(await left.read()), '\nthree')
  }
})

const flat = { see: 'Node.js manual: stream, buffering' }
strict('keeps its memory flat for an upload of 96 MB', flat, async ({ launch }) => {
  const server = await launch({ in: 'process', application: 'counts' })
  const before = await server.memory()
  let most = before
  for (const how of [uploads.LENGTH, uploads.CHUNKED]) {
    const client = await server.connect()
    let sent = 0
    await uploads.sendUpload(client, 96, how, async () => {
      if (++sent % 32 === 0) most = Math.max(most, await server.memory())
    })
    const body = String((await client.response()).body)
    gives(
      `The bytes that the application counted of 96 MB (${how})`,
      Number.parseInt(body, 10),
      96 * uploads.MB,
    )
  }
  const grown = Math.round((most - before) / uploads.MB)
  if (grown > 64)
    throw new Failure(
      `The application read two uploads of 96 MB piece by piece, and kept nothing.\n` +
        `The server grew by ${grown} MB; 64 are enough.`,
    )
})

strict("reads what other people's clients upload", rule('RFC 9112, section 6'), async ({ launch }) => {
  const { port } = await launch({ application: 'counts' })
  const url = `http://127.0.0.1:${port}/upload`
  const whole = uploads.counted(uploads.sample)
  for (const body of ['bytes', 'a stream'] as const)
    gives(`What Node's fetch is answered when it sends ${body}`, await uploads.fetchUpload(url, body), whole)
  gives('What node:http is answered when it asks first', await uploads.askFirst(url), whole)
  const streamed = await uploads.curl(['--upload-file', '-', url])
  if (streamed !== undefined) gives('What curl -T - is answered', streamed, whole)
  const form = await uploads.curl(['--form', 'file=@-', url])
  if (form !== undefined && !/^300\d\d\d bytes/.test(form))
    throw new Failure(`curl sent a form with a file of 300000 bytes in it, and was answered\n  ${form}`)
})
