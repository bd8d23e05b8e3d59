// Step 5: applications for the server. Frameworks that other people wrote, one of your own, and many at once.
// The applications are those of applications.ts and of apps/; the tables are in cases.ts.

import { fetchApplication, headersOf, requestOf } from '#server/05-framework-apps/fetch-style.ts'
import { Framework } from '#server/05-framework-apps/framework.ts'
import { mount } from '#server/05-framework-apps/mount.ts'
import { environFor, type HandRequest } from '#given/kit/application/call.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { show } from '#given/kit/failure/values.ts'
import { suite } from '#given/kit/suite.ts'
import type { Header } from '#wsgi'
import { COOKIES, notes } from './applications.ts'
import { mounted, namedPaths, plainPaths, requestMethods, urls } from './cases.ts'
import {
  answers,
  asksHead,
  call,
  fetchPage,
  givesMatch,
  handsSignalOn,
  request,
  tells,
  values,
} from './expectations.ts'
import { readyPython } from './python/setup/environment.ts'

const { core, strict } = suite(5)
const rule = (section: string) => ({ see: `PEP 3333, "${section}"`, lasting: true })
const inFetch = (section: string) => ({ see: `Fetch standard, section ${section}`, lasting: true })

core('runs an application of your own', rule('The Application/Framework Side'), async ({ launch }) => {
  const server = await launch({ application: 'hello' })
  const why = 'This "hello" is the "app" of your hello-app.ts.'
  await answers(server, '/hello', {
    status: 200,
    headers: { 'Content-Type': /^text\/plain/ },
    body: 'GET /hello\n',
    why,
  })
  await answers(server, 'POST /a/b', { status: 200, body: 'POST /a/b\n', why })
  const bytes =
    'PATH_INFO has two code units for the é, one for each byte: they go out as the bytes that they are.'
  await answers(server, '/caf%C3%A9', { status: 200, body: 'GET /caf\xc3\xa9\n', why: `${why}\n${bytes}` })
})

core('makes a Request of an environ', { see: 'Fetch standard, section 5.3 (Request)' }, () => {
  for (const { from, url, why } of urls) {
    const { url: found } = requestOf(environFor(from))
    gives(`${why}\nrequestOf(the environ of ${from.method ?? 'GET'} ${from.target}).url`, found, url)
  }
  const { HTTP_HOST: _, ...nameless } = environFor({ target: '/' })
  const { url } = requestOf(nameless)
  gives('requestOf(the environ of GET / over HTTP/1.0, without a Host).url', url, 'http://127.0.0.1:8888/')
  const environ = environFor({
    method: 'POST',
    target: '/notes',
    headers: [
      ['Content-Type', 'text/plain'],
      ['X-Forwarded-For', '10.0.0.1, 10.0.0.2'],
    ],
    body: Buffer.from('milk'),
  })
  gives('requestOf(the environ of POST /notes).method', requestOf(environ).method, 'POST')
  const names = ['host', 'content-type', 'content-length', 'x-forwarded-for', 'request-method', 'wsgi.input']
  const found = names.map((name) => [name, headersOf(environ).get(name)])
  gives('headersOf(the environ of POST /notes), asked for some names', Object.fromEntries(found), {
    host: '127.0.0.1:8888',
    'content-type': 'text/plain',
    'content-length': '4',
    'x-forwarded-for': '10.0.0.1, 10.0.0.2',
    'request-method': null,
    'wsgi.input': null,
  })
  const type = requestOf(environ).headers.get('content-type')
  gives('requestOf(the environ of POST /notes).headers.get("content-type")', type, 'text/plain')
})

core('runs an application written with Hono', inFetch('5.5 (Response)'), async ({ launch }) => {
  const headers = { 'Content-Type': 'text/x-page', 'X-A': '1' }
  const created = await respond(new Response('a page', { status: 201, headers }))
  gives('The status of a Response that has 201 and no statusText', created.status, '201 Created')
  gives('Its Content-Types', values(created.headers, 'Content-Type'), ['text/x-page'])
  gives('Its X-A', values(created.headers, 'X-A'), ['1'])
  gives('Its body', String(created.body), 'a page')
  const bare = new Response(null, { status: 404, statusText: 'Gone Fishing' })
  const own = await respond(bare).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error
    throw new Failure(
      `The Response has no body, and the application that was made of it fails: ${String(error)}`,
    )
  })
  gives('The status of a Response with a statusText', own.status, '404 Gone Fishing')
  gives('The body of a Response that has none', String(own.body), '')
  const fine = fetchApplication(async () => new Response('fine'))
  for (const [method, wanted] of requestMethods) {
    const { status } = await call(fine, { method, target: '/' })
    gives(`The status of ${method} /: ${REFUSED}`, status.slice(0, 3), wanted)
  }

  const server = await launch({ application: 'honoapp:app' })
  const text = 'Hello world from Hono!\n'
  await answers(server, '/hello', { status: 200, headers: { 'Content-Type': /^text\/plain/ }, body: text })
  const page = await fetchPage(server, '/hello')
  gives('The page /hello of honoapp:app, as fetch has it', page, { status: '200 OK', text })
  const answer = await answers(server, '/nowhere', { status: 404 })
  if (answer.response.reason !== 'Not Found') answer.fail('The reason should be "Not Found".')
})

const REFUSED = 'no Request can be made with CONNECT, TRACE or TRACK, which is 501; with all others one can'

function respond(response: Response): ReturnType<typeof call> {
  return call(
    fetchApplication(async () => response),
    { target: '/' },
  )
}

core(
  'finds the handler of a path, and answers 404 where there is none',
  { see: 'RFC 9110, sections 8.3 (Content-Type) and 15.5.5 (404)', lasting: true },
  async ({ launch }) => {
    for (const [pattern, path, expected] of plainPaths) givesMatch(pattern, path, expected)
    const server = await launch({ application: 'notes' })
    await answers(server, '/', { status: 200, body: 'The front page\n', headers: TEXT })
    await answers(server, '/notes?sorted=yes', {
      status: 200,
      headers: { ...TEXT, 'X-Notes': 'two' },
      body: 'milk, bread\n',
    })
    const why = 'There are two handlers for /notes, one for GET and one for POST.'
    await answers(server, 'POST /notes', { status: 201, headers: TEXT, body: 'noted\n', why })
    const untyped = 'The reply has no Content-Type, and its body is a list of two chunks.'
    await answers(server, '/song', { status: 200, body: 'la la\n', headers: TEXT, why: untyped })
    const page = await answers(server, '/page', { status: 200, body: '<p>1 \xe2\x82\xac' })
    gives('All Content-Types of a page that gives its own', values(page.response.headers, 'Content-Type'), [
      'text/html',
    ])
    for (const path of ['/nowhere', '/constructor']) await answers(server, path, { status: 404 })
  },
)
const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' }

core(
  'hands on what stands in the path for a :name',
  { see: 'RFC 3986, section 3.3', lasting: true },
  async ({ launch }) => {
    for (const [pattern, path, expected] of [...namedPaths, ...plainPaths])
      givesMatch(pattern, path, expected)
    const server = await launch({ application: 'notes' })
    await answers(server, '/notes/42', { status: 200, body: 'Note 42\n' })
    const why =
      'The path fits /notes/latest, which was given twice, and /notes/:id; the one that was given first is to have it.'
    await answers(server, '/notes/latest', { status: 200, body: 'The latest note\n', why })
    await answers(server, '/hello/J%C3%BCrgen/well', {
      status: 200,
      body: 'Hello J\xc3\xbcrgen, you look well\n',
    })
    for (const path of ['/notes/', '/hello/you']) await answers(server, path, { status: 404 })
    const own = await launch({ application: 'ownapp:app' })
    await answers(own, '/path/a', { status: 200, body: 'a\n' })
  },
)

core('runs several applications side by side', rule('environ Variables'), async ({ launch }) => {
  for (const [path, name, , rest] of mounted) {
    const { status, body } = await call(shop, { target: path })
    const [, who, what] = /^(\w+) .* asked for "(.*)"$/.exec(String(body)) ?? []
    gives(
      `${SHOP}\nasked for ${path}, as the application there sees it`,
      [status, who, what],
      ['200 OK', name, rest],
    )
  }
  const { status } = await call(mount({ '/shop': tells('shop') }), { target: '/elsewhere' })
  gives('mount({ "/shop": … }), asked for /elsewhere', status.slice(0, 4), '404 ')
  const below = await launch({ application: 'fetchesBelow' })
  await answers(below, '/elsewhere', { status: 404, why: 'Nothing is mounted there.' })
  await handsSignalOn()

  const server = await launch({ application: 'sidebyside:app' })
  for (const [path, name] of [
    ['/express/hello', 'Express'],
    ['/hono/hello', 'Hono'],
    ['/own/hello', 'our own framework'],
  ] as const) {
    await fetchPage(server, path)
    await answers(server, path, { status: 200, body: `Hello world from ${name}!\n` })
  }
  await answers(server, '/', { status: 200, body: /express/ })
  await answers(server, '/expressions', { status: 404 })
})
const SHOP = 'mount({ "/shop": shop, "/shop/eu": eu, "": root })'
const shop = mount({ '/shop': tells('shop'), '/shop/eu': tells('eu'), '': tells('root') })

core('tells an application where it is mounted', rule('environ Variables'), async ({ launch, notRun }) => {
  for (const [path, name, script, rest] of mounted) {
    const { body } = await call(shop, { target: path })
    gives(`${SHOP}\nasked for ${path}`, String(body), `${name} is at "${script}", asked for "${rest}"`)
  }
  const nested = mount({ '/town': mount({ '/market': shop }) })
  const { body } = await call(nested, { target: '/town/market/shop/eu/cart' })
  const where = 'eu is at "/town/market/shop/eu", asked for "/cart"'
  const nesting = 'mount({ "/town": mount({ "/market": shops }) }), where shops is the one above,'
  gives(`${nesting}\nasked for /town/market/shop/eu/cart`, String(body), where)

  const server = await launch({ application: 'sidebyside:app' })
  const why = 'ownapp puts SCRIPT_NAME before its links: the page /hello is /own/hello here.'
  await answers(server, '/own/redirect', { status: 302, headers: { Location: '/own/hello' }, why })
  const python = readyPython()
  if ('missing' in python) return notRun(`no Python. ${python.missing.replace(/\.$/, '')}`)
  await fetchPage(server, '/flask/hello')
  await answers(server, '/flask/hello', { status: 200, body: 'Hello world from Flask!\n' })
  const flasks = 'Flask puts SCRIPT_NAME before its links, too: url_for("hello") is /flask/hello here.'
  await answers(server, '/flask/redirect', {
    status: 302,
    headers: { Location: '/flask/hello' },
    why: flasks,
  })
})

strict(
  'answers 405 with the methods that a path allows',
  { see: 'RFC 9110, sections 10.2.1 and 15.5.6', lasting: true },
  async ({ launch }) => {
    const server = await launch({ application: 'notes' })
    for (const [line, allowed] of [
      ['DELETE /notes', 'GET, HEAD, POST'],
      ['POST /', 'GET, HEAD'],
      ['PUT /notes/42', 'GET, HEAD'],
      ['PUT /notes/search', 'GET, HEAD, POST'],
    ] as const) {
      const answer = await answers(server, line, { status: 405, headers: { Allow: /./ } })
      const methods = (answer.header('Allow') ?? '').split(',').map((method) => method.trim())
      if (methods.toSorted().join(', ') !== allowed) answer.fail(`Allow should list ${allowed}, each once.`)
    }
    await answers(server, 'DELETE /nowhere', { status: 404 })
    const why = 'GET /notes/:id fits this path, too, but POST /notes/search is the one with that method.'
    await answers(server, 'POST /notes/search', { status: 200, body: 'nothing found\n', why })
  },
)

strict(
  'answers HEAD as it answers GET, without the body',
  { see: 'RFC 9110, section 9.3.2', lasting: true },
  async ({ launch }) => {
    for (const target of ['/', '/notes', '/notes/42', '/nowhere']) {
      const [get, head] = [await call(notes, { target }), await call(notes, { method: 'HEAD', target })]
      gives(`HEAD ${target}: status and headers`, [head.status, head.headers], [get.status, get.headers])
      gives(`HEAD ${target}: body`, String(head.body), '')
    }
    await closesUnsent()
    const server = await launch({ application: 'notes' })
    const answer = await asksHead(server, '/notes')
    answer.is({ status: 200, headers: { ...TEXT, 'X-Notes': 'two' } })
  },
)

async function closesUnsent(): Promise<void> {
  let closes = 0
  const file = { [Symbol.iterator]: () => [Buffer.from('a file')].values(), close: () => void closes++ }
  const site = new Framework()
  site.get('/file', () => ({ body: file }))
  const { body } = await call(site.application, { method: 'HEAD', target: '/file' })
  const what = 'HEAD of a page whose body has a close():'
  gives(`${what} the bytes that are sent`, String(body), '')
  gives(`${what} how often it is called`, closes, 1)
}

strict('leaves a reply as its handler gave it', rule('The start_response() Callable'), async () => {
  for (const name of ['X-Kept', 'Content-Type']) {
    const headers: Header[] = [[name, 'text/kept']]
    const site = new Framework()
    site.get('/', () => ({ headers, body: 'kept\n' }))
    // "The server may change its contents in any way it desires", says the PEP of the list that it is given.
    await site.application(environFor({ target: '/' }), (_status, given) => {
      given.length = 0
      return async () => {}
    })
    const what = `The headers in a reply, here ${name}, after startResponse has emptied the list that it was given`
    gives(what, headers, [[name, 'text/kept']])
  }
})

strict('keeps two cookies apart', { see: 'RFC 6265, section 3', lasting: true }, async ({ launch }) => {
  for (const [application, body, why] of [
    ['notes', '', 'The reply has headers and no body, which is an empty one.'],
    ['fetches', 'Two cookies.\n', 'The Response has this text.'],
  ] as const) {
    const server = await launch({ application })
    const answer = await answers(server, '/cookies', {
      status: 200,
      headers: { 'Set-Cookie': /./ },
      body,
      why,
    })
    if (values(answer.response.headers, 'Set-Cookie').join() !== COOKIES.join())
      answer.fail('There are two cookies; each should come in a Set-Cookie of its own, as it was given.')
  }
})

strict(
  'leaves the headers of the connection to the server',
  rule('Other HTTP Features'),
  async ({ launch }) => {
    const server = await launch({ application: 'fetches' })
    const why = 'The Response has Connection: x-hop, Keep-Alive: x-hop, and X-Page: yes.'
    const answer = await answers(server, '/hops', { status: 200, headers: { 'X-Page': 'yes' }, why })
    if (answer.scene.received.includes('x-hop'))
      answer.fail(`The first two should not have gone out.\n${why}`)
    const hono = await launch({ application: 'honoapp:app' })
    const streamed = 'Hono gives what it streams the header Transfer-Encoding: chunked.'
    await answers(hono, '/stream', { status: 200, body: 'one\ntwo\nthree\n', why: streamed })
  },
)

strict('gives every status a reason', rule('The start_response() Callable'), async () => {
  const { status } = await respond(new Response('fine', { status: 299 }))
  if (/^299 (?!undefined$|null$)\S/.test(status)) return
  const wanted = 'three digits, a space and some words, as in "299 Unknown"'
  throw new Failure(
    `The status of a Response that has 299, of which STATUS_CODES knows nothing\n  gave      ${show(status)}\n  expected  ${wanted}`,
  )
})

strict('hands the body of a request on', { see: 'PEP 3333, "Input and Error Streams"' }, async () => {
  const reads = fetchApplication(async (asked) => new Response(`${asked.method}: ${await asked.text()}`))
  const page = async (what: string, asked: HandRequest, expected: string) =>
    gives(`The text() of ${what}`, String((await call(reads, asked)).body), expected)
  const body = Buffer.from('name=Zürich')
  await page('a POST', { method: 'POST', target: '/', body }, 'POST: name=Zürich')
  await page('a PUT without a length', { method: 'PUT', target: '/', body: pieces() }, 'PUT: one, two, three')
  await page('a POST without a body', { method: 'POST', target: '/' }, 'POST: ')
  await page('a GET', { target: '/' }, 'GET: ')
  await page('a GET that has a body', { target: '/', body }, 'GET: ')
  await page('a HEAD that has a body', { method: 'HEAD', target: '/', body }, 'HEAD: ')
  const own = await call(notes, { method: 'POST', target: '/echo', body })
  gives('The text() of a POST, in your framework', String(own.body), 'name=Zürich')

  const given = requestOf(environFor({ method: 'POST', target: '/' }))
  gives('The body of a POST that has neither CONTENT_LENGTH nor HTTP_TRANSFER_ENCODING', given.body, null)

  let isRead = false
  const watched = (async function* () {
    isRead = true
    yield body
  })()
  const deaf = fetchApplication(async () => new Response('not today'))
  await call(deaf, { method: 'POST', target: '/', body: watched })
  gives('Whether a body is read that the handler does not ask for', isRead, false)
})

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const piece of ['one, ', 'two, ', 'three']) yield Buffer.from(piece)
}

strict('outlives a handler that fails', rule('Error Handling'), async (context) => {
  for (const [application, reason, paths] of [
    ['notes', 'the ink is dry', ['/throws', '/rejects']],
    ['fetches', 'the well is dry', ['/throws', '/rejects', '/breaks']],
  ] as const) {
    const server = await context.launch({ application })
    const before = context.output.split(reason).length
    for (const path of paths)
      await answers(server, path, { status: 500, why: `The handler of ${path} fails.` })
    await server.prints(reason)
    await answers(server, '/', { status: 200, why: 'One request failed; the next one must not.' })
    await server.notices()
    const told = context.output.split(reason).length - before
    gives(
      `How often the terminal is told "${reason}", which ${paths.join(', ')} fail with`,
      told,
      paths.length,
    )
  }
})

strict('tells a handler that its client has gone', inFetch('5.3 (signal)'), async (context) => {
  // What is mounted gets its environ through `mount`, which must hand on this very object.
  for (const [application, prefix, query] of [
    ['fetches', '', ''],
    ['fetchesBelow', '/below', '?below'],
  ] as const) {
    const server = await context.launch({ application })
    const which = query === '' ? '' : ` (${query} marks the application that is behind mount)`
    await answers(server, `${prefix}/ends${query}`, { status: 200, body: 'the whole page' })
    for (const path of [`/waits${query}`, `/silent${query}`]) {
      const client = await server.connect()
      await client.send(request(`GET ${prefix}${path}`))
      await server.prints(`${path} waits`)
      if (path.startsWith('/waits') && !(await client.until(() => client.received.includes('first'))))
        throw new Failure(
          `The stream of a Response had a first chunk; after 1 s it had not been sent${which}.`,
        )
      client.cut()
      await server.prints(
        `cancelled ${path}`,
        `cancelled ${path}: the stream of the Response is told${which}`,
      )
      await server.prints(`aborted ${path}`, `aborted ${path}: the signal of the Request is told${which}`)
    }
  }
  if (context.output.includes('aborted /ends') || context.output.includes('cancelled /ends'))
    throw new Failure('The response to /ends was whole: nothing of it is to be aborted.')
})
