// Step 3: the environ. The request-line and the header lines become one flat dictionary, as PEP 3333 has it.

import { buildEnviron, headerVariables, type Ends } from '#server/03-environ/environ.ts'
import { parseFieldLine, readFields, type Field } from '#server/03-environ/fields.ts'
import { percentDecode, splitTarget } from '#server/03-environ/target.ts'
import { outcomeOf, resultOf } from '#given/02-request-line/cases.ts'
import { Answer } from '#given/kit/wire/ask.ts'
import { Failure, gives, refuses } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import * as cases from './cases.ts'
import {
  about,
  answers,
  fetched,
  givesBytes,
  holds,
  mismatch,
  readerOf,
  request,
  shows,
} from './expectations.ts'

const { core, strict } = suite(3)

/** Floor 3 shows the environ by itself; from floor 4 on this application does. */
const table = { application: 'table' }

const ends: Ends = {
  serverName: 'here.example',
  serverPort: 8888,
  remoteAddress: '127.0.0.2',
  remotePort: 50_123,
}

const fields: Field[] = [['Host', '127.0.0.1:8888']]

const fieldLine = { see: 'RFC 9112, section 5' }
core('splits a field line at its first colon', fieldLine, () => {
  for (const [line, field] of Object.entries(cases.fieldLines))
    gives(
      `parseFieldLine(${JSON.stringify(line)})`,
      resultOf(() => parseFieldLine(line)),
      field,
    )
})

const headEnd = { see: 'RFC 9112, section 2.1' }
core('reads header lines up to the empty one', headEnd, async () => {
  const lines = ['Host: 127.0.0.1\r\n', 'Accept: */*\r\n', '\r\n', 'what follows\r\n']
  const expected = ['Host: 127.0.0.1', 'Accept: */*'].map((line) => line.split(': '))
  for (const [how, pieces] of [
    ['', [lines.join('')]],
    [', a byte at a time', [...lines.join('')]],
  ] as const) {
    const reader = readerOf([...pieces])
    const came = resultOf(await outcomeOf(readFields(reader)))
    gives(`readFields of ${JSON.stringify(lines.join(''))}${how}`, came, expected)
    gives('The line left for whoever reads on', await reader.readLine(100, 400), 'what follows')
  }
  gives('readFields of "\\r\\n"', await readFields(readerOf(['\r\n'])), [])
})

const required = { see: 'PEP 3333, "environ Variables"', lasting: true }
core('builds every key that PEP 3333 requires', required, async ({ launch }) => {
  const call = 'buildEnviron({ method: "GET", target: "/hello", … })'
  const environ = buildEnviron({ method: 'GET', target: '/hello', version: 'HTTP/1.1' }, fields, ends)
  holds(call, environ, {
    REQUEST_METHOD: 'GET',
    SCRIPT_NAME: '',
    PATH_INFO: '/hello',
    QUERY_STRING: '',
    SERVER_NAME: 'here.example',
    SERVER_PORT: '8888',
    SERVER_PROTOCOL: 'HTTP/1.1',
    'wsgi.version': [1, 0],
    'wsgi.url_scheme': 'http',
    'wsgi.multithread': false,
    'wsgi.multiprocess': false,
    'wsgi.run_once': false,
  })
  for (const key of ['wsgi.input', 'wsgi.errors'])
    gives(`${call} has "${key}"`, environ[key] !== undefined, true)
  const server = await launch(table)
  const answer = await server.ask(request('PUT /hello HTTP/1.0', 'Host: 127.0.0.1'))
  shows(answer, { REQUEST_METHOD: 'PUT', PATH_INFO: '/hello', SERVER_PROTOCOL: 'HTTP/1.0' })
})

const mark = { see: 'RFC 3986, section 3.4', lasting: true }
core('splits path and query at the first question mark', mark, async ({ launch }) => {
  for (const [target, expected] of Object.entries(cases.targets)) {
    const { path, query } = splitTarget(target)
    gives(`splitTarget("${target}")`, { path, query }, expected)
  }
  const server = await launch(table)
  const raw = request('GET /a/./b?c=1?d HTTP/1.1', 'Host: 127.0.0.1')
  await about('splitTarget is right. Does buildEnviron use it, by way of parseTarget?', () =>
    server.everyWay(raw, (answer) => shows(answer, { PATH_INFO: '/a/./b', QUERY_STRING: 'c=1?d' })),
  )
})

const variables = { see: 'RFC 3875, sections 4.1.2, 4.1.3 and 4.1.18', lasting: true }
core('turns header fields into HTTP_ variables, with two exceptions', variables, async ({ launch }) => {
  const made: Record<string, [name: string, value: string]> = {
    'User-Agent': ['HTTP_USER_AGENT', 'curl/8.5.0'],
    'X-B3-TraceId': ['HTTP_X_B3_TRACEID', '7'],
    'Content-Type': ['CONTENT_TYPE', 'text/plain'],
    'Content-Length': ['CONTENT_LENGTH', '3'],
    'Content-Language': ['HTTP_CONTENT_LANGUAGE', 'de'],
    'X-Empty': ['HTTP_X_EMPTY', ''],
  }
  for (const [name, [variable, value]] of Object.entries(made))
    gives(
      `headerVariables([["${name}", "${value}"]])`,
      { ...headerVariables([[name, value]]) },
      { [variable]: value },
    )
  const server = await launch(table)
  const raw = request('GET / HTTP/1.1', 'Accept: text/*', 'Content-Type: a/b', 'Host: 127.0.0.1')
  const shown = {
    HTTP_ACCEPT: 'text/*',
    CONTENT_TYPE: 'a/b',
    HTTP_CONTENT_TYPE: null,
    HTTP_HOST: '127.0.0.1',
  }
  await about('headerVariables is right. Does buildEnviron spread what it gives?', async () =>
    shows(await server.ask(raw), shown),
  )
})

const decoding = { see: 'RFC 3875, section 4.1.5; PEP 3333, "Unicode Issues"', lasting: true }
core('decodes the path, and only the path, into bytes', decoding, async ({ launch }) => {
  for (const [path, bytes] of Object.entries(cases.escapedPaths))
    givesBytes(`percentDecode("${path}")`, percentDecode(path), bytes)
  const server = await launch(table)
  const answer = await server.ask(request('GET /%E9+1%3F%2541?x=%E9+1%3F2 HTTP/1.1', 'Host: 127.0.0.1'))
  await about('percentDecode is right. Does buildEnviron use it, once, and for PATH_INFO alone?', async () =>
    shows(answer, { PATH_INFO: '/\xe9+1?%41', QUERY_STRING: 'x=%E9+1%3F2' }),
  )
})

const foreign = { see: 'Node.js manual: fetch', lasting: true }
core("shows node's own client the environ of its request", foreign, async ({ launch }) => {
  const { port } = await launch(table)
  const shown = await fetched(`http://127.0.0.1:${port}/caf%C3%A9?drink=tea`)
  const problem = mismatch(shown, {
    REQUEST_METHOD: 'POST',
    PATH_INFO: '/caf\xc3\xa9',
    QUERY_STRING: 'drink=tea',
    CONTENT_TYPE: 'text/plain;charset=UTF-8',
    CONTENT_LENGTH: '3',
    HTTP_HOST: `127.0.0.1:${port}`,
    HTTP_X_GREETING: 'hello: world',
  })
  if (problem === undefined) return
  throw new Failure(
    `Node's own client, fetch, sent a POST to /caf%C3%A9?drink=tea.\n${problem}\nIt was shown\n${shown}`,
  )
})

const repeats = { see: 'RFC 9110, section 5.3; for Cookie RFC 9113, section 8.2.3', lasting: true }
strict('joins repeated fields in their order, Cookie with a semicolon', repeats, async ({ launch }) => {
  const server = await launch(table)
  const lines = ['X-A: 2', 'Cookie: a=1', 'X-A: 1', 'Cookie: b=2', 'Constructor: 1', 'Host: 127.0.0.1']
  const shown = { HTTP_X_A: ['2, 1', '2,1'], HTTP_COOKIE: 'a=1; b=2', HTTP_CONSTRUCTOR: '1' }
  shows(await server.ask(request('GET / HTTP/1.1', ...lines)), shown)
})

const anyCase = { see: 'RFC 9110, section 5.1', lasting: true }
strict('knows a header by its name in any case', anyCase, async ({ launch }) => {
  const server = await launch(table)
  const lines = [
    'hOsT: a:1',
    'content-TYPE: a/b',
    'CONTENT-length: 0',
    'cookie: a',
    'COOKIE: b',
    'x-a: 1',
    'X-a: 2',
  ]
  shows(await server.ask(request('GET / HTTP/1.1', ...lines)), {
    HTTP_HOST: 'a:1',
    CONTENT_TYPE: 'a/b',
    CONTENT_LENGTH: '0',
    HTTP_COOKIE: 'a; b',
    HTTP_X_A: ['1, 2', '1,2'],
  })
})

const posing = { see: 'RFC 3875, section 4.1.18', lasting: true }
strict('never lets a name with an underscore pose as another header', posing, async ({ launch }) => {
  const server = await launch(table)
  const [real, fake] = ['X-Forwarded-For: 10.0.0.1', 'X_Forwarded_For: 6.6.6.6']
  const among = (...lines: string[]) => server.ask(request('GET / HTTP/1.1', ...lines, 'Host: 127.0.0.1'))
  shows(await among(fake), { HTTP_X_FORWARDED_FOR: null })
  shows(await among(fake, real), { HTTP_X_FORWARDED_FOR: '10.0.0.1' })
  shows(await among(real, fake), { HTTP_X_FORWARDED_FOR: '10.0.0.1' })
  shows(await among('Content_Length: 5', 'Content_Type: a/b'), { CONTENT_LENGTH: null, CONTENT_TYPE: null })
})

const usual = { see: 'RFC 3875, sections 4.1.8, 4.1.15 and 4.1.17', lasting: true }
strict('adds the keys that users expect', usual, async ({ launch }) => {
  const environ = buildEnviron({ method: 'GET', target: '/a%20b?c', version: 'HTTP/1.1' }, fields, ends)
  const shown = { REMOTE_ADDR: '127.0.0.2', REMOTE_PORT: '50123', REQUEST_URI: '/a%20b?c' }
  holds('buildEnviron({ method: "GET", target: "/a%20b?c", … })', environ, shown)
  gives('typeof environ["SERVER_SOFTWARE"]', typeof environ['SERVER_SOFTWARE'], 'string')
  const server = await launch(table)
  const client = await server.connect()
  const remotePort = String(client.socket.localPort)
  await client.send(request('GET /a%20b? HTTP/1.1', 'Host: 127.0.0.1'))
  shows(new Answer(await client.response(), client.scene), {
    REMOTE_ADDR: '127.0.0.1',
    REMOTE_PORT: remotePort,
    REQUEST_URI: '/a%20b?',
    SERVER_PORT: String(server.port),
  })
  // A method is a token whose case counts (RFC 9110, section 9.1).
  shows(await server.ask(request('Brew / HTTP/1.1', 'Host: 127.0.0.1')), { REQUEST_METHOD: 'Brew' })
})

const input = { see: 'PEP 3333, "Input and Error Streams"' }
strict('gives an input that is there and empty', input, async () => {
  const environ = buildEnviron({ method: 'GET', target: '/hello', version: 'HTTP/1.1' }, fields, ends)
  const stream = environ['wsgi.input']
  gives('The size of await environ["wsgi.input"].read()', (await stream.read()).length, 0)
  gives('The size of await environ["wsgi.input"].readline()', (await stream.readline()).length, 0)
  gives('await environ["wsgi.input"].readlines()', await stream.readlines(), [])
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  gives('What for await (… of environ["wsgi.input"]) goes through', chunks, [])
})

const noEscape = { see: 'RFC 3986, section 2.1', lasting: true }
strict('leaves a % that is no escape as it is', noEscape, async ({ launch }) => {
  for (const [path, bytes] of Object.entries(cases.strayPercents))
    givesBytes(`percentDecode("${path}")`, percentDecode(path), bytes)
  const server = await launch(table)
  shows(await server.ask(request('GET /100%/%zz HTTP/1.1', 'Host: 127.0.0.1')), { PATH_INFO: '/100%/%zz' })
})

const bytes = { see: 'PEP 3333, "A Note on String Types"; RFC 9110, section 5.5', lasting: true }
strict('passes bytes outside ASCII through, one code unit each', bytes, async ({ launch }) => {
  const server = await launch(table)
  // An é in UTF-8, one in ISO 8859-1, and no-break spaces, which trim() takes for white space.
  const raw = request('GET /\xc3\xa9\xe9?\xff HTTP/1.1', 'X-A: \xa0\xc3\xa9\xe9\xa0', 'Host: 127.0.0.1')
  await server.everyWay(raw, (answer) =>
    shows(answer, { PATH_INFO: '/\xc3\xa9\xe9', QUERY_STRING: '\xff', HTTP_X_A: '\xa0\xc3\xa9\xe9\xa0' }),
  )
})

const names = { see: 'RFC 9112, section 5.1', lasting: true }
strict('refuses a header line without a proper name', names, async ({ launch }) => {
  refuses('parseFieldLine("Host : a")', () => parseFieldLine('Host : a'), 400)
  await answers(await launch(table), 400, cases.badNames)
})

const folds = { see: 'RFC 9112, section 5.2', lasting: true }
strict('refuses folded header lines', folds, async ({ launch }) => {
  const server = await launch(table)
  const fold = request('GET / HTTP/1.1', 'X-A: 1', ' X-B: 2', 'Host: 127.0.0.1')
  await server.everyWay(fold, (answer) => answer.is({ status: 400 }))
  await answers(server, 400, cases.folds)
})

const controls = { see: 'RFC 9110, section 5.5', lasting: true }
strict('refuses control characters in a header value', controls, async ({ launch }) => {
  const server = await launch(table)
  await answers(server, 400, cases.badValues)
  shows(await server.ask(request('GET / HTTP/1.1', 'X-A: a\tb', 'Host: 127.0.0.1')), { HTTP_X_A: 'a\tb' })
})

const limits = { see: 'RFC 6585, section 5', lasting: true }
strict('answers 431 to more header lines or bytes than its limits allow', limits, async ({ launch }) => {
  const server = await launch({ ...table, limits: { fieldCount: 3, fieldLine: 100, fieldSection: 200 } })
  await answers(server, 200, cases.enough)
  await answers(server, 431, cases.tooMuch)
  await answers(await launch(table), 431, cases.farTooMuch)
})

const hosts = { see: 'RFC 9112, section 3.2', lasting: true }
strict('wants a single valid Host from every HTTP/1.1 client', hosts, async ({ launch }) => {
  const server = await launch(table)
  await about('hostOf decides this. Does buildEnviron call it?', () => answers(server, 400, cases.badHosts))
  for (const host of cases.soundHosts)
    shows(await server.ask(request('GET / HTTP/1.1', `Host: ${host}`)), { HTTP_HOST: host })
  shows(await server.ask(request('GET / HTTP/1.0')), { PATH_INFO: '/', HTTP_HOST: null })
})

const absolute = { see: 'RFC 9112, section 3.2.2', lasting: true }
strict('takes the host from an absolute-form target', absolute, async ({ launch }) => {
  const server = await launch(table)
  await server.everyWay(request('GET http://h:1/x?y HTTP/1.1', 'Host: a'), (answer) =>
    shows(answer, {
      PATH_INFO: '/x',
      QUERY_STRING: 'y',
      HTTP_HOST: 'h:1',
      REQUEST_URI: 'http://h:1/x?y',
    }),
  )
  for (const [target, { path, query }] of Object.entries(cases.absoluteTargets)) {
    const answer = await server.ask(request(`GET ${target} HTTP/1.1`, 'Host: a'))
    shows(answer, { PATH_INFO: path, QUERY_STRING: query, HTTP_HOST: 'h' })
  }
})

const forms = { see: 'RFC 9112, sections 3.2.1 to 3.2.4', lasting: true }
strict('serves no other form of target, but * to OPTIONS', forms, async ({ launch }) => {
  const server = await launch(table)
  const answer = await server.ask(request('OPTIONS * HTTP/1.1', 'Host: 127.0.0.1'))
  shows(answer, { PATH_INFO: '*', QUERY_STRING: '' })
  await answers(server, 400, cases.badTargets)
  await answers(server, 501, cases.tunnels)
  await answers(server, 421, cases.encrypted)
})

const leaving = { see: 'RFC 9112, section 8', lasting: true }
strict('outlives clients that leave in the middle of the head', leaving, async ({ launch }) => {
  const server = await launch(table)
  const silent = await server.connect()
  silent.finish()
  if (!(await silent.until(() => silent.ended || silent.closed)) || silent.received.length > 0)
    throw new Failure(
      'A client asked for nothing and finished. It should see the connection end, and no answer.',
    )
  for (const half of cases.halfHeads) {
    const quiet = await server.connect()
    await quiet.send(half)
    quiet.finish()
    await about('A client sends half a head and no more: the answer to that is 400.', async () =>
      new Answer(await quiet.response(), quiet.scene).is({ status: 400 }),
    )
    for (const goes of ['cut', 'leave'] as const) {
      const client = await server.connect()
      await client.send(half)
      client[goes]()
    }
    shows(await server.ask(request('GET /next HTTP/1.1', 'Host: 127.0.0.1')), { PATH_INFO: '/next' })
  }
})
