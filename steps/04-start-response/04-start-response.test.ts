// Step 4: start_response. The server runs an application, and whatever that does, answers like a server.
// The applications are those of applications.ts; what they may not say is in cases.ts.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { completeHeaders, formatHead } from '#server/04-start-response/head.ts'
import { dumpPage, findBrowser } from '#given/kit/wire/browser.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { show } from '#given/kit/failure/values.ts'
import { suite } from '#given/kit/suite.ts'
import type { Header } from '#wsgi'
import { BLOCK, BLOCKS } from './applications.ts'
import { CHANGED, faults, heads, hopByHop } from './cases.ts'
import {
  answers,
  blamesNobody,
  bodyUpToTheEnd,
  closings,
  fetchPage,
  get,
  headOf,
  howMuchIsAsked,
  isCutInTheMiddle,
  lengthFits,
  telling,
  values,
} from './expectations.ts'

const { core, strict } = suite(4)
const rule = (section: string) => ({ see: `PEP 3333, "${section}"`, lasting: true })

core('writes a head down', { see: 'RFC 9112, sections 2.1 and 4' }, () => {
  const headers: Header[] = [
    ['Content-Type', 'text/plain'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ]
  const lines = 'Content-Type: text/plain\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n'
  const call = `formatHead("200 OK", ${JSON.stringify(headers)})`
  gives(call, formatHead('200 OK', headers), `HTTP/1.1 200 OK\r\n${lines}\r\n`)
  gives('formatHead("404 Not Found", [])', formatHead('404 Not Found', []), 'HTTP/1.1 404 Not Found\r\n\r\n')
})

core('runs an application and sends its page', rule('The Server/Gateway Side'), async ({ launch }) => {
  const server = await launch({ application: 'greets' })
  const found = await server.ask(get('/hello'))
  lengthFits(found)
  const page = Buffer.from('Hello wörld, 1 €').toString('latin1')
  found.is({
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Asked': '/hello' },
    body: page,
  })
  const missing = await answers(server, '/missing', {
    status: 404,
    headers: { 'X-Asked': null },
    body: 'No such page.',
  })
  if (missing.response.reason !== 'Not Found') missing.fail('The reason should be "Not Found".')
})

const lazy = 'sends the head with the first bytes, and not before'
core(lazy, rule('The start_response() Callable'), async ({ launch }) => {
  const early = await launch({ application: 'changesItsMind' })
  const why = 'The application threw before it gave a byte: its 200 should not be on its way by then.'
  await answers(early, '/', { status: 500, why })

  const empty = await launch({ application: 'yieldsNothingAndThrows' })
  const why2 = 'The application gave an empty chunk and then threw: no byte of a body had come by then.'
  await answers(empty, '/', { status: 500, why: why2 })

  const nothing = await launch({ application: 'returnsAnEmptyList' })
  await answers(nothing, '/', { status: 200, headers: { 'X-Empty': 'yes' }, body: '' })

  const late = await launch({ application: 'startsLate' })
  await answers(late, '/', { status: 202, body: 'late' })
})

// RFC 9110, section 5.6.7: the form that is preferred of the three.
const IMF_FIXDATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

core(
  'adds Date and Server where the application has none',
  { see: 'RFC 9110, sections 6.6.1 and 10.2.4', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'dates' })
    const answer = await answers(server, '/', {
      status: 200,
      headers: { Date: IMF_FIXDATE, Server: /^[!-~]+/ },
      why: 'A Date is written like this: Sun, 06 Nov 1994 08:49:37 GMT.',
    })
    const seconds = Math.abs(Date.now() - Date.parse(answer.header('Date') ?? '')) / 1000
    if (seconds > 5) answer.fail(`The Date should be that of now; it is ${Math.round(seconds)} s off.`)

    const own = await server.ask(get('/own'))
    const dates = values(own, 'Date')
    gives('All Date headers of an application that gives one', dates, ['Sun, 06 Nov 1994 08:49:37 GMT'])
    gives('All Server headers of an application that gives one', values(own, 'Server'), ['abacus/1'])

    const then = completeHeaders([], new Date('1994-11-06T08:49:37Z'))
    const date = then.find(([name]) => name.toLowerCase() === 'date')?.[1]
    gives('The Date of completeHeaders([], 8:49:37 on that day)', date, 'Sun, 06 Nov 1994 08:49:37 GMT')
  },
)

core(
  'answers 500 when the application throws, and tells only the terminal why',
  rule('Error Handling'),
  async (context) => {
    const server = await context.launch({ application: 'fails' })
    const answer = await answers(server, '/fails', { status: 500, headers: { 'X-Page': null } })
    if (/pump|\.ts/.test(answer.body)) answer.fail('What went wrong is nothing for the client to know.')
    const what = 'one line with the request, GET /fails, and the reason, "the pump is dry"'
    await server.prints(/GET \/fails\b.*the pump is dry/, what)
    await answers(server, '/next', {
      status: 200,
      body: 'fine',
      why: 'One request failed; the next one must not.',
    })
    if (context.output.includes('start_response was called')) throw new Failure(NOT_ITS_FAULT)
  },
)
const NOT_ITS_FAULT =
  'The application called start_response once and then threw. The terminal blames it for another call, which is the\n' +
  "server's own: the one that begins the page of the 500."

core('closes the body, whatever happens', rule('Specification Details'), async (context) => {
  const server = await context.launch({ application: 'closes' })
  await answers(server, '/whole', { status: 200, body: 'whole' })
  await server.prints('closed /whole')
  await answers(server, '/breaks', { status: 500 })
  await server.prints('closed /breaks')
  await server.notices()
  for (const path of ['/whole', '/breaks']) {
    const order = ['gave a chunk', 'closed']
    gives(`What befell the body of ${path}, in order`, closings(context.output, path), order)
  }
  const client = await server.connect()
  client.socket.pause()
  await client.send(get('/long'))
  await server.prints('gave a chunk of /long')
  client.cut()
  await server.prints('closed /long', 'closed /long, a body whose client goes before it is at its end')
})

core(
  'awaits a body that is promised, and chunks that are',
  { see: 'steps/wsgi.ts: Application, Body', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'promises' })
    await answers(server, '/hello', { status: 200, body: 'promised at /hello' })
    const chunks = await launch({ application: 'promisesChunks' })
    await answers(chunks, '/', { status: 200, body: 'one, two, three' })
  },
)

core("serves Node's own fetch", { see: 'RFC 9112, section 2.1' }, async ({ launch }) => {
  const server = await launch()
  const page = await fetchPage(`http://127.0.0.1:${server.port}/hello`)
  gives("fetch('/hello'): status, reason and type", page.slice(0, 3), [
    200,
    'OK',
    'text/plain; charset=utf-8',
  ])
  gives("fetch('/hello'): the page", page[3], 'Hello world from a WSGI application!\nYou asked for /hello\n')
  await server.prints(/^> HTTP\/1\.1 200 OK$/m, '> HTTP/1.1 200 OK')
})

const length = 'Handling the Content-Length Header'
strict('tells how long a list is, in bytes', rule(length), async ({ launch }) => {
  const server = await launch({ application: 'measures' })
  const euro = Buffer.from('1 €').toString('latin1')
  await server.everyWay(get('/euro'), (answer) =>
    answer.is({ status: 200, headers: { 'Content-Length': '5', 'X-Shared': 'yes' }, body: euro }),
  )
  const why = 'The application gives the same list of headers to each startResponse: yours must be a copy.'
  const generator = 'The body of /generator is a generator: nobody knows its length before it has ended.'
  await answers(server, '/generator', {
    headers: { 'Content-Length': null },
    body: 'until',
    why: `${generator}\n${why}`,
  })
  await answers(server, '/empty', { status: 200, headers: { 'Content-Length': '0' }, body: '', why })
  const own = await server.ask(get('/own'))
  gives('All Content-Lengths of an application that gives one', values(own, 'Content-Length'), ['5'])
  await answers(server, '/own-of-12', { status: 200, headers: { 'Content-Length': '12' } })
  await answers(server, '/large', {
    status: 200,
    headers: { 'Content-Length': '65536', 'X-Shared': 'yes' },
    body: /^x{65536}$/,
    why: 'The application returned a list with one chunk of 65,536 bytes.',
  })
})

strict(
  'tells no length for HEAD, 204 and 304, where it is not known',
  { see: 'RFC 9110, section 8.6', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'measures' })
    const empty = 'The application returned an empty list; its length says nothing about the page.'
    for (const [request, why] of [
      [get('/').replace('GET', 'HEAD'), empty],
      [get('/204'), 'A 204 has no body, and so no length either.'],
      [get('/304'), empty],
    ] as const) {
      const client = await server.connect()
      await client.send(request)
      const answer = await headOf(client)
      answer.is({ headers: { 'X-Shared': 'yes', 'Content-Length': null }, why })
    }
  },
)

strict(
  'lets nothing be injected into the head',
  rule('The start_response() Callable'),
  async ({ launch }) => {
    const server = await launch({ application: 'begins' })
    for (const [index, { status, headers, how }] of heads.entries()) {
      const why = `The application gave start_response ${show([status, headers])}${how ? ` ${how}` : ''}.`
      const answer = await telling(why, () => server.ask(get(`/${index}`)))
      if (how !== CHANGED) answer.is({ status: 500, why })
      if (/injected|excuse/i.test(answer.scene.received.toString('latin1')))
        answer.fail(`Nothing of what was refused should reach the client.\n${why}`)
    }
  },
)

strict('keeps hop-by-hop headers to itself', rule('Other HTTP Features'), async ({ launch }) => {
  const server = await launch({ application: 'hops' })
  for (const name of hopByHop) {
    const answer = await answers(server, `/${name}`, {
      status: 500,
      why: `The application gave the header ${name}, which speaks of the connection.`,
    })
    if (answer.scene.received.includes('from the application'))
      answer.fail(`The application's own ${name} should not reach the client.`)
  }
})

strict(
  'takes a second start_response only with an error',
  rule('The start_response() Callable'),
  async ({ launch }) => {
    const server = await launch({ application: 'startsTwice' })
    await answers(server, '/twice', {
      status: 500,
      headers: { 'X-First': null, 'X-Second': null },
      why: 'The application called start_response twice, and gave no error with the second call.',
    })
    const why = 'The first call was refused, which counts as a call; the second gave no error.'
    await answers(server, '/refused-first', {
      status: 500,
      headers: { 'X-Second': null },
      why,
    })
    await answers(server, '/with-null', {
      status: 500,
      headers: { 'X-First': null, 'X-Second': null },
      why: 'The second call gave null in the place of an error, as Python gives None: that is none.',
    })
    const why2 =
      'The second call gave an error, and no byte had been sent: its head takes the place of the first.'
    await answers(server, '/with-an-error', {
      status: 503,
      headers: { 'X-First': null, 'X-Second': 'yes' },
      body: 'a page',
      why: why2,
    })
  },
)

strict(
  'sends each chunk before it asks for the next',
  rule('Buffering and Streaming'),
  async ({ launch }) => {
    const server = await launch({ application: 'waitsInBetween' })
    const client = await server.connect()
    await client.send(get('/yields'))
    const came = await client.until(() => client.received.includes('one '))
    await answers(server, '/go', { status: 200, body: 'went' })
    const answer = await client.response()
    if (!came)
      throw new Failure('The application yielded "one " and then waited: it had not been sent after 1 s.')
    gives('The whole body of "one " and "two"', String(answer.body), 'one two')
  },
)

strict('says which rule an application broke', { see: 'PEP 3333' }, async ({ launch }) => {
  const server = await launch({ application: 'breaksRules' })
  for (const [name, { does, says }] of Object.entries(faults)) {
    const why = `The application ${does}.`
    const answer = await telling(why, () => answers(server, `/${name}`, { status: 500 }))
    if (answer.body.includes('PEP')) answer.fail('Which rule was broken is nothing for the client to know.')
    const sentence = new RegExp(`GET /${name} HTTP[^]*${says}[^]*PEP 3333`)
    const what = `a sentence that has "${says}" in it and names the rule of PEP 3333`
    await server.prints(sentence, `${what}, since the application ${does}`)
  }
})

strict(
  'sends what write() is given at once, and in order',
  rule('The write() Callable'),
  async ({ launch }) => {
    const server = await launch({ application: 'waitsInBetween' })
    const client = await server.connect()
    await client.send(get('/writes'))
    const came = await client.until(() => ['one ', 'two '].every((part) => client.received.includes(part)))
    const why =
      'The application gave write() "one " and "two ", awaited neither, and now waits for another request.'
    await answers(server, '/go', { status: 200, body: 'went', why })
    const answer = await client.response()
    gives(
      'The body of "one " and "two ", written, and "three", returned',
      String(answer.body),
      'one two three',
    )
    if (!came) throw new Failure(`${why}\nThe client had not got them within 1 s.`)
  },
)

strict(
  'sends a chunk before it asks for the next one',
  rule('Buffering and Streaming'),
  async ({ launch }) => {
    const server = await launch({ application: 'computes' })
    const folder = mkdtempSync(join(tmpdir(), 'workshop-4-'))
    const sign = join(folder, 'came')
    try {
      const client = await server.connect()
      await client.send(get(`/?${encodeURIComponent(sign)}`))
      const came = await client.until(() => client.received.includes('first, '))
      writeFileSync(sign, '')
      const answer = await client.response()
      gives('The body of "first, " and "second"', String(answer.body), 'first, second')
      if (!came)
        throw new Failure(
          'The application gave the chunk "first, ", and was then busy with the next one. Within 1 s the first had not been sent.',
        )
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

strict('outlives a write() after the end', rule('The write() Callable'), async ({ launch }) => {
  const server = await launch({ application: 'writesLate' })
  const first = await server.connect()
  await first.send(get('/keep'))
  await first.response()
  for (const path of ['/late', '/late']) await answers(server, path, { status: 200, body: 'fine' })
  if (first.received.includes('too late'))
    throw new Failure('A write() came after the end of its response, and reached the client all the same.')
  await server.prints(/\bwrite\b/, 'a sentence on the write() that came after the end of its response')
})

strict('sends nothing for an empty chunk', rule('The start_response() Callable'), async ({ launch }) => {
  const server = await launch({ application: 'yieldsEmptyChunks' })
  const why = 'Before its first byte the application gave empty chunks, and a second head with an error.'
  await answers(server, '/', { status: 203, body: 'ab', why })
})

strict('cuts the connection when a body breaks off', rule('Error Handling'), async ({ launch }) => {
  const server = await launch({ application: 'breaksOff' })
  const why = 'The application threw after its first bytes: what came must not pass for a whole page.'
  await isCutInTheMiddle(server, '/', why)
  await server.prints('the file is damaged')
  await server.prints('closed after the fault')
})

strict(
  'throws back the error of a start_response that comes too late',
  rule('Error Handling'),
  async ({ launch }) => {
    const server = await launch({ application: 'startsTwice' })
    const why = 'The application called start_response, with an error, once its first bytes had gone.'
    await isCutInTheMiddle(server, '/too-late', why)
    const what = `start_response threw the error it was given\n(${why})`
    await server.prints('start_response threw the error it was given', what)
  },
)

strict('outlives a close() that throws', rule('Specification Details'), async ({ launch }) => {
  const server = await launch({ application: 'failsToClose' })
  for (const path of ['/throws', '/rejects', '/throws']) {
    const why = 'The page is whole when close() fails: nothing may follow it.'
    await answers(server, path, { status: 200, body: 'whole', why })
    await server.prints('the lid is stuck')
  }
})

strict('outlives whatever is thrown', rule('Error Handling'), async ({ launch }) => {
  const server = await launch({ application: 'throwsOddThings' })
  for (const path of ['/nothing', '/text', '/looked-at', '/proxy']) {
    const why = `What the application threw for ${path} is no usual Error.`
    await answers(server, path, { status: 500, why })
    // Of what traps `instanceof`, the terminal may say that nothing could be found out.
    if (path === '/proxy') continue
    const what = `that the application failed on GET ${path}. ${why}`
    await server.prints(new RegExp(`GET ${path}(?! HTTP)\\b`), what)
  }
  await answers(server, '/percent%c', { status: 500 })
  await server.prints('the reason is told')
  await answers(server, '/next', { status: 200, body: 'fine' })
})

const reuse = { see: 'PEP 3333, "Buffering and Streaming"' }
strict('lets an application use its buffer again', reuse, async ({ launch }) => {
  const server = await launch({ application: 'reusesItsBuffer' })
  const slow = await server.connect()
  slow.socket.pause()
  await slow.send(get())
  await howMuchIsAsked(server)
  slow.socket.resume()
  const body = await bodyUpToTheEnd(slow)
  const came = Array.from({ length: Math.floor(body.length / BLOCK) }, (_, at) =>
    body.readUInt32BE(at * BLOCK),
  )
  const wrong = came.findIndex((number, at) => number !== at)
  if (body.length === BLOCKS * BLOCK && wrong === -1) return
  throw new Failure(
    `An application writes each block of ${BLOCK} bytes into the same buffer. A slow client got ` +
      (wrong === -1
        ? `${body.length} of ${BLOCKS * BLOCK} bytes.`
        : `block ${came[wrong]} in the place of block ${wrong}.`),
  )
})

strict('asks for no more than its client reads', rule('Buffering and Streaming'), async (context) => {
  const server = await context.launch({ application: 'pours' })
  const deaf = await server.connect()
  deaf.socket.pause()
  await deaf.send(get())
  const asked = await howMuchIsAsked(server)
  const megabytes = Math.round(asked / 16)
  if (asked === 0 || megabytes > 64)
    throw new Failure(
      `A client that reads nothing should hold the application up once some megabytes wait on their way.\n` +
        `The server asked the generator for ${asked} chunks of 64 KB: ${megabytes} MB.`,
    )
  deaf.cut()
  await server.prints('the generator was let go')
  const more = Number((await server.ask(get('/asked'))).body) - asked
  if (more > 64)
    throw new Failure(`The client had gone, and the server asked the generator for ${more} chunks more.`)
  blamesNobody(context.output)
})

strict('lets go of a body whose client has gone', rule('Specification Details'), async (context) => {
  const server = await context.launch({ application: 'waitsForEver' })
  await answers(server, '/ends', { status: 200, body: 'fine' })
  for (const path of ['/first', '/silent']) {
    const client = await server.connect()
    await client.send(get(path))
    await server.prints(`${path} waits`)
    client.cut()
    const told = `told ${path} to return, by the return() of its iterator, since the client has gone`
    await server.prints(`told ${path}`, told)
    await server.prints(`closed ${path}`, `closed ${path}, since the client has gone and the body is waiting`)
    await server.prints(`aborted ${path}`, `aborted ${path}, from the signal in the environ`)
  }
  gives('How often close() was called for two clients', context.output.split('closed /').length - 1, 2)
  blamesNobody(context.output)
  if (context.output.includes('aborted /ends'))
    throw new Failure(
      'The response to /ends was whole: its signal must not be aborted when the client then goes.',
    )
})

const unreturned = 'outlives a body that fails when it is told to return'
strict(unreturned, rule('Specification Details'), async (context) => {
  const server = await context.launch({ application: 'failsToReturn' })
  for (const path of ['/cannot', '/throws', '/rejects']) {
    const client = await server.connect()
    await client.send(get(path))
    await server.prints(`${path} waits`)
    client.cut()
    await server.prints(`closed ${path}`, `closed ${path}, since the client has gone and the body is waiting`)
    await answers(server, '/', { status: 200, body: 'fine' })
    if (path === '/cannot') blamesNobody(context.output)
    else await server.prints(`the drawer of ${path} is stuck`)
  }
})

strict('answers 500 when a promise is rejected', rule('Error Handling'), async (context) => {
  const server = await context.launch({ application: 'rejects' })
  const why = 'To the 500 belongs a page that says so, with its type (RFC 9110, section 8.3).'
  for (const path of ['/body', '/nothing', '/chunk'])
    await answers(server, path, { status: 500, headers: { 'Content-Type': /^text\// }, body: /\w/, why })
  await server.prints('the well is dry')
  await answers(server, '/', { status: 200, body: 'fine' })
  await server.notices()
  if (context.output.includes('The server made a mistake'))
    throw new Failure(
      'The application failed, and so did the server when it answered for that: `attend` of step 2 had to help.\n' +
        context.output,
    )
})

strict('shows its page in a browser', { see: 'RFC 9112, section 2.1' }, async ({ launch, notRun }) => {
  const server = await launch()
  await answers(server, '/hello', { status: 200 })
  const browser = await findBrowser()
  if (browser === undefined) return notRun('no browser')
  const page = await dumpPage(browser, `http://127.0.0.1:${server.port}/hello`)
  if (!page.includes('Hello world from a WSGI application!\nYou asked for /hello\n'))
    throw new Failure(`The browser should show the page of hello.ts. It has\n${page}`)
})
