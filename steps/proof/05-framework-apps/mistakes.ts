// Plausible wrong servers of step 5. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/proof/mistake.ts'

const HELLO = '05-framework-apps/hello-app.ts'
const FETCH = '05-framework-apps/fetch-style.ts'
const FRAMEWORK = '05-framework-apps/framework.ts'
const MOUNT = '05-framework-apps/mount.ts'

const OWN = 'runs an application of your own'
const REQUEST = 'makes a Request of an environ'
const HONO = 'runs an application written with Hono'
const ROUTES = 'finds the handler of a path, and answers 404 where there is none'
const PARAMS = 'hands on what stands in the path for a :name'
const SIDE = 'runs several applications side by side'
const WHERE = 'tells an application where it is mounted'
const ALLOW = 'answers 405 with the methods that a path allows'
const AS_GET = 'answers HEAD as it answers GET, without the body'
const KEPT = 'leaves a reply as its handler gave it'
const COOKIES = 'keeps two cookies apart'
const INPUT = 'hands the body of a request on'
const FAILS = 'outlives a handler that fails'
const GONE = 'tells a handler that its client has gone'

export const mistakes: Mistake[] = [
  {
    name: 'path-as-text',
    misconception: 'PATH_INFO is text, and text becomes bytes as UTF-8.',
    edit: { file: HELLO, find: "PATH_INFO}\\n`, 'latin1')", replace: 'PATH_INFO}\\n`)' },
    test: OWN,
    seen: 'PATH_INFO has two code units for the é',
    looksLike: 'an application that encodes as UTF-8 what is bytes already',
    hint: 'In `PATH_INFO` each code unit is one byte. Which encoding of `Buffer.from` makes one byte of each?',
  },
  {
    name: 'body-not-in-a-list',
    misconception: 'A page is a Buffer.',
    edit: {
      file: HELLO,
      find: "[Buffer.from(`${environ.REQUEST_METHOD} ${environ.PATH_INFO}\\n`, 'latin1')]",
      replace: "Buffer.from(`${environ.REQUEST_METHOD} ${environ.PATH_INFO}\\n`, 'latin1')",
    },
    test: OWN,
    seen: 'The status should be 200; it is 500.',
    looksLike: 'an application that returns its bytes without a list around them',
    hint: 'A body is iterated for chunks of bytes. What does one get who iterates a Buffer?',
  },
  {
    name: 'url-of-the-target',
    misconception: 'A URL is made by new URL, of the target and what it is relative to.',
    edit: {
      file: FETCH,
      find: "return new Request(`${environ['wsgi.url_scheme']}://${host}${target}`, {",
      replace: "return new Request(new URL(target, `${environ['wsgi.url_scheme']}://${host}`), {",
    },
    test: REQUEST,
    seen: 'The path begins with two slashes.',
    looksLike: 'a bridge that lets the path name another host',
    hint: 'To `new URL`, what does `//example.org/x` say? Text behind text has no such meaning.',
  },
  {
    name: 'target-of-path-info',
    misconception: 'PATH_INFO is the path that was asked for.',
    edit: {
      file: FETCH,
      find: "targetBelow(environ).replace(/^\\*$/, '/')",
      replace: 'environ.PATH_INFO + (environ.QUERY_STRING && `?${environ.QUERY_STRING}`)',
    },
    test: REQUEST,
    seen: 'PATH_INFO is decoded, and no longer tells these',
    looksLike: 'a bridge that makes the URL of PATH_INFO',
    hint: '`/a%2Fb` and `/a/b` have the same `PATH_INFO`. Which variable, made above the TODO, still tells them apart?',
  },
  {
    name: 'host-of-the-server',
    misconception: 'The host of the URL is the one that the server listens on.',
    edit: {
      file: FETCH,
      find: '://${host}${target}',
      replace: '://${environ.SERVER_NAME}:${environ.SERVER_PORT}${target}',
    },
    test: REQUEST,
    seen: 'The host is the one that the client named.',
    looksLike: 'a bridge that puts the name of the server in place of the one that the client used',
    hint: 'One server may have many names. Which of them did the client ask for?',
  },
  {
    name: 'http-headers-only',
    misconception: 'The headers of a request are the keys that begin with HTTP_.',
    edit: {
      file: FETCH,
      find: " || key === 'CONTENT_TYPE' || key === 'CONTENT_LENGTH'",
      replace: '',
    },
    test: REQUEST,
    seen: /'content-type': null,/,
    looksLike: 'a bridge that forgets the two headers that have no HTTP_ in an environ',
    hint: 'Step 3 made `HTTP_` keys of all header fields but two. Which were they?',
  },
  {
    name: 'length-forgotten',
    misconception: 'The one header without HTTP_ is the Content-Type.',
    edit: { file: FETCH, find: " || key === 'CONTENT_LENGTH'", replace: '' },
    test: REQUEST,
    seen: /'content-type': 'text\/plain',\s+'content-length': null,/,
    looksLike: 'a bridge that forgets the length of the body, which has no HTTP_ in an environ either',
    hint: 'Step 3 made `HTTP_` keys of all header fields but two. Content-Type is one; which is the other?',
  },
  {
    name: 'one-underscore',
    misconception: 'replace replaces.',
    edit: { file: FETCH, find: "replaceAll('_', '-')", replace: "replace('_', '-')" },
    test: REQUEST,
    seen: /'x-forwarded-for': null,/,
    looksLike: 'a bridge that turns the first underscore of a name into a hyphen, and no other',
    hint: 'How many underscores has `X_FORWARDED_FOR`, and how many does `replace` replace?',
  },
  {
    name: 'every-key-a-header',
    misconception: 'Whatever is text in an environ came with the request.',
    edit: {
      file: FETCH,
      find: "const isField = key.startsWith('HTTP_') || key === 'CONTENT_TYPE' || key === 'CONTENT_LENGTH'",
      replace: "const isField = !key.startsWith('wsgi')",
    },
    test: REQUEST,
    seen: /'request-method': 'POST',/,
    looksLike: 'a bridge that makes headers of what was none',
    hint: '`REQUEST_METHOD` is a variable that the server made. How does a key look that was a header field?',
  },
  {
    name: 'usual-reason-always',
    misconception: 'A reason follows from its status.',
    edit: { file: FETCH, find: 'response.statusText || STATUS_CODES', replace: 'STATUS_CODES' },
    test: HONO,
    seen: 'The status of a Response with a statusText',
    looksLike: 'a bridge that does not ask a Response for its own reason',
    hint: 'A Response may bring a `statusText`. When is the usual reason wanted?',
  },
  {
    name: 'reason-as-it-comes',
    misconception: 'A Response has a statusText.',
    edit: {
      file: FETCH,
      find: "response.statusText || STATUS_CODES[response.status] || 'Unknown'",
      replace: 'response.statusText',
    },
    test: HONO,
    seen: 'The status of a Response that has 201 and no statusText',
    looksLike: 'a bridge that gives no reason where the Response has none',
    hint: '`statusText` is mostly empty. Who knows the usual reasons?',
  },
  {
    name: 'no-body-is-null',
    misconception: 'A response without a body has the body null.',
    edit: {
      file: FETCH,
      find: 'response.body === null ? [] : cancelling(response.body)',
      replace: '(response.body && cancelling(response.body)) as Body',
    },
    test: HONO,
    seen: 'The Response has no body, and the application',
    looksLike: 'a bridge that returns null for a body',
    hint: 'To WSGI no body is a body without chunks. What does `response.body` give, and what can be iterated?',
  },
  {
    name: 'prefix-fits',
    misconception: 'A path fits a pattern that it begins with.',
    edit: {
      file: FRAMEWORK,
      find: '  if (segments.length !== wanted.length) return null\n',
      replace:
        '  if (path.startsWith(pattern)) return {}\n  if (segments.length !== wanted.length) return null\n',
    },
    test: ROUTES,
    seen: 'matchPath("/hello", "/hello/you")',
    looksLike: 'a framework whose pattern fits any path that begins with it',
    hint: '`/hello/you` is another page than `/hello`, or none. What has to be true of their lengths?',
  },
  {
    name: 'empty-segments-dropped',
    misconception: 'A slash at the end says nothing.',
    edit: { file: FRAMEWORK, find: "path.split('/')", replace: "path.replace(/(?<=.)\\/$/, '').split('/')" },
    test: ROUTES,
    seen: 'matchPath("/hello", "/hello/")',
    looksLike: 'a framework that drops a slash at the end of a path',
    hint: '`/hello/` and `/hello` are two paths: links that are relative lead elsewhere from each. What does your comparison leave out?',
  },
  {
    name: 'pattern-as-expression',
    misconception: 'A pattern is a regular expression with names in it.',
    edit: {
      file: FRAMEWORK,
      find: "  const segments = path.split('/')\n",
      replace: `  const found = new RegExp(\`^\${pattern.replace(/:(\\w+)/g, '(?<$1>[^/]+)')}$\`).exec(path)
  if (found !== null) return { ...found.groups }
  const segments = path.split('/')
`,
    },
    test: ROUTES,
    seen: 'matchPath("/a.c", "/abc")',
    looksLike: 'a framework that makes a regular expression of a pattern as it is',
    hint: 'Some characters of a path mean something else in a regular expression. Which one has the pattern in the message?',
  },
  {
    name: 'method-not-looked-at',
    misconception: 'A path leads to its handler.',
    edit: {
      file: FRAMEWORK,
      find: 'fitting.find((candidate) => candidate.method === method)',
      replace: 'fitting[0]',
    },
    test: ROUTES,
    seen: /should be 201; it is 200[^]*two handlers for \/notes[^]*milk, bread/,
    looksLike: 'a framework that looks for the path of a route, and not for its method',
    hint: 'GET and POST of one path have handlers of their own. What does your search compare?',
  },
  {
    name: 'typed-by-the-body',
    misconception: 'A text is text/plain; of other bodies nobody knows the type.',
    edit: {
      file: FRAMEWORK,
      find: "hasHeader(headers, 'Content-Type') ? [...headers]",
      replace: "hasHeader(headers, 'Content-Type') || typeof body !== 'string' ? [...headers]",
    },
    test: ROUTES,
    seen: 'The reply has no Content-Type, and its body is a list of two chunks.',
    looksLike: 'a framework that gives a Content-Type only to a text',
    hint: 'The lesson says which replies get the usual Content-Type. Does it ask for their body?',
  },
  {
    name: 'second-type',
    misconception: 'Header names are written as everybody writes them.',
    edit: {
      file: FRAMEWORK,
      find: "hasHeader(headers, 'Content-Type') ?",
      replace: "headers.some(([name]) => name === 'Content-Type') ?",
    },
    test: ROUTES,
    seen: 'All Content-Types of a page that gives its own',
    looksLike: 'a framework that adds a second Content-Type',
    hint: 'A handler may write `content-type` as it likes. Which function compares names in any case?',
  },
  {
    name: 'empty-parameter',
    misconception: 'A :name takes whatever stands there.',
    edit: {
      file: FRAMEWORK,
      find: "want.startsWith(':') && segment !== ''",
      replace: "want.startsWith(':')",
    },
    test: PARAMS,
    seen: 'matchPath("/notes/:id", "/notes/")',
    looksLike: 'a framework whose `:name` takes an empty part',
    hint: 'In `/notes/` a part follows the last slash. Is it one that a note could be called by?',
  },
  {
    name: 'last-route-wins',
    misconception: 'Of two routes that fit, the later one counts.',
    edit: { file: FRAMEWORK, find: 'fitting.find(', replace: 'fitting.findLast(' },
    test: PARAMS,
    seen: 'the one that was given first is to have it',
    looksLike: 'a framework in which the last route that fits has the request',
    hint: 'Two patterns may fit one path. Which of them did the lesson want, and where does your search stop?',
  },
  {
    name: 'params-forgotten',
    misconception: 'The handler finds its parameters in the request.',
    edit: {
      file: FRAMEWORK,
      find: 'route.handler({ ...request, params: route.params })',
      replace: 'route.handler(request)',
    },
    test: PARAMS,
    seen: 'The body should be "Note 42',
    looksLike: 'a framework that does not tell the handler what stood in the path',
    hint: '`matchPath` gives the parameters. Who hands them to the handler?',
  },
  {
    name: 'shopping-in-the-shop',
    misconception: 'A path is below a prefix that it begins with.',
    edit: {
      file: MOUNT,
      find: 'path === prefix || path.startsWith(`${prefix}/`)',
      replace: 'path.startsWith(prefix)',
    },
    test: SIDE,
    seen: 'asked for /shopping, as the application there sees it',
    looksLike: 'a `mount` that takes `/shopping` for a page of `/shop`',
    hint: 'After the prefix a path may end. What else may come there, and what may not?',
  },
  {
    name: 'first-prefix',
    misconception: 'The first prefix that fits is the right one.',
    edit: { file: MOUNT, find: 'b.length - a.length', replace: '0' },
    test: SIDE,
    seen: 'asked for /shop/eu/cart, as the application there sees it',
    looksLike: 'a `mount` that takes the first prefix that fits, and not the longest',
    hint: 'Several prefixes may fit. Does the order in which they were written matter?',
  },
  {
    name: 'prefix-left-on',
    misconception: 'What is mounted gets the path that was asked for.',
    edit: { file: MOUNT, find: '    environ.PATH_INFO = path.slice(prefix.length)\n', replace: '' },
    test: SIDE,
    seen: /asked for \/shop\/cart, as the[^]*'\/shop\/cart' \]\n/,
    looksLike: 'a `mount` that leaves the prefix on the path',
    hint: 'A shop knows its page `/cart`, and not where it is mounted. What is left of the path for it?',
  },
  {
    name: 'no-empty-path',
    misconception: 'A path begins with a slash.',
    edit: { file: MOUNT, find: 'path.slice(prefix.length)', replace: "path.slice(prefix.length) || '/'" },
    test: SIDE,
    seen: 'asked for /shop, as the application there sees it',
    looksLike: 'a `mount` that makes a slash of an empty path',
    hint: 'For PEP 3333 `PATH_INFO` may be empty: then the URL was that of the application, without a slash. Who else could tell `/shop` from `/shop/`?',
  },
  {
    name: 'prefix-cut-everywhere',
    misconception: 'To cut a prefix off is to replace it by nothing.',
    edit: { file: MOUNT, find: 'path.slice(prefix.length)', replace: "path.replaceAll(prefix, '')" },
    test: SIDE,
    seen: 'asked for /shop/shop/, as the application there sees it',
    looksLike: 'a `mount` that takes its prefix out of the middle of a path as well',
    hint: 'A prefix stands at the beginning, and the same letters may stand further on. How many of them go?',
  },
  {
    name: 'environ-copied',
    misconception: 'An environ should be copied before it is changed.',
    edit: [
      {
        file: MOUNT,
        find: '    environ.SCRIPT_NAME += prefix\n    environ.PATH_INFO = path.slice(prefix.length)\n    return application(environ, startResponse)',
        replace:
          '    const below = { ...environ, SCRIPT_NAME: environ.SCRIPT_NAME + prefix, PATH_INFO: path.slice(prefix.length) }\n    return application(below, startResponse)',
      },
    ],
    test: SIDE,
    seen: 'A copy such as { ...environ } leaves it out',
    looksLike: 'a `mount` that calls the application with a copy of the environ',
    hint: 'Not everything in an environ is copied by `...`. Which object does the application get?',
  },
  {
    name: 'script-name-forgotten',
    misconception: 'The prefix is cut off, and that is that.',
    edit: { file: MOUNT, find: '    environ.SCRIPT_NAME += prefix\n', replace: '' },
    test: WHERE,
    seen: 'shop is at "", asked for "/cart"',
    looksLike: 'a `mount` that does not tell an application where it is',
    hint: 'An application that writes a link to itself puts something before it. What is that, and who sets it?',
  },
  {
    name: 'script-name-set',
    misconception: 'SCRIPT_NAME is the prefix.',
    edit: { file: MOUNT, find: 'environ.SCRIPT_NAME += prefix', replace: 'environ.SCRIPT_NAME = prefix' },
    test: WHERE,
    seen: 'where shops is the one above',
    looksLike: 'a `mount` that forgets what was cut off before it',
    hint: 'One `mount` may be mounted in another. What does `SCRIPT_NAME` hold by the time the inner one is called?',
  },
  {
    name: 'wrong-method-not-found',
    misconception: 'What has no handler is not found.',
    edit: {
      file: FRAMEWORK,
      find: 'if (fitting.length === 0) return',
      replace: 'if (route === undefined) return',
    },
    test: ALLOW,
    seen: 'The status should be 405; it is 404.',
    looksLike: 'a framework that answers 404 where only the method is wrong',
    hint: 'The page exists, and the client asked in the wrong way. Which status says so?',
  },
  {
    name: 'head-not-allowed',
    misconception: 'Allow lists the methods of the routes.',
    edit: {
      file: FRAMEWORK,
      find: "(other.method === 'GET' ? ['GET', 'HEAD'] : other.method)",
      replace: 'other.method',
    },
    test: ALLOW,
    seen: 'Allow should list GET, HEAD, POST, each once.',
    looksLike: 'a framework whose Allow leaves out HEAD',
    hint: 'Which method may a client use wherever it may use GET?',
  },
  {
    name: 'first-fit-decides',
    misconception: 'The first pattern that fits is the page; then its method is looked at.',
    edit: {
      file: FRAMEWORK,
      find: 'fitting.find((candidate) => candidate.method === method)',
      replace: 'fitting.slice(0, 1).find((candidate) => candidate.method === method)',
    },
    test: ROUTES,
    seen: /should be 201; it is 405[^]*two handlers for \/notes/,
    looksLike: 'a framework that gives up at the first route whose path fits',
    hint: 'A second route may fit the same path and have the method. When is it certain that none has?',
  },
  {
    name: 'no-allow',
    misconception: 'The status 405 says it all.',
    edit: { file: FRAMEWORK, find: "headers: [['Allow', allow]], ", replace: '' },
    test: ALLOW,
    seen: 'The header Allow should be',
    looksLike: 'a framework that answers 405 without Allow',
    hint: 'RFC 9110, section 15.5.6, wants something with a 405. How does a client learn what it may do?',
  },
  {
    name: 'head-without-a-handler',
    misconception: 'HEAD is a method like any other.',
    edit: {
      file: FRAMEWORK,
      find: "const method = request.method === 'HEAD' ? 'GET' : request.method",
      replace: 'const { method } = request',
    },
    test: AS_GET,
    seen: 'HEAD /: status and headers',
    looksLike: 'a framework that has no handler for HEAD',
    hint: 'Nobody writes a handler for HEAD. Whose answer is it that it asks for?',
  },
  {
    name: 'head-with-a-body',
    misconception: 'To leave the body out is the server’s affair.',
    edit: {
      file: FRAMEWORK,
      find: "return request.method === 'HEAD' ? unsent(chunks) : chunks",
      replace: 'return chunks',
    },
    test: AS_GET,
    seen: 'HEAD /: body',
    looksLike: 'a framework that answers HEAD with a body',
    hint: 'The handler cannot know that it answers a HEAD. Who in your framework does?',
  },
  {
    name: 'head-unclosed',
    misconception: 'A body that is not sent is none.',
    edit: { file: FRAMEWORK, find: '? unsent(chunks) : chunks', replace: '? [] : chunks' },
    test: AS_GET,
    seen: 'HEAD of a page whose body has a close(): how often',
    looksLike: 'a framework that throws a body away unclosed',
    hint: 'The handler may have opened a file for its body, whether it is sent or not. Who closes it now?',
  },
  {
    name: 'type-into-the-reply',
    misconception: 'The list of headers is there to be added to.',
    edit: {
      file: FRAMEWORK,
      find: "startResponse(status, hasHeader(headers, 'Content-Type') ? [...headers] : [type, ...headers])",
      replace:
        "if (!hasHeader(headers, 'Content-Type')) headers.unshift(type)\n  startResponse(status, [...headers])",
    },
    test: KEPT,
    seen: "'text/plain; charset=utf-8'",
    looksLike: 'a framework that adds a header to the list in the reply',
    hint: 'A handler may give the same list with each reply. Whose is it, and which methods of a list change it?',
  },
  {
    name: 'list-handed-on',
    misconception: 'Whoever is given a list only reads it.',
    edit: { file: FRAMEWORK, find: '? [...headers] : [type', replace: '? headers : [type' },
    test: KEPT,
    seen: /here Content-Type,[^]*gave +\[\]/,
    looksLike: 'a framework that gives startResponse the list that is in the reply',
    hint: 'The server may change the list that it gets. Is it yours to give away?',
  },
  {
    name: 'cookies-in-a-map',
    misconception: 'Headers are names with values, as in a Map.',
    edit: {
      file: FRAMEWORK,
      find: "startResponse(status, hasHeader(headers, 'Content-Type') ? [...headers] : [type, ...headers])",
      replace:
        "startResponse(status, [...new Map(hasHeader(headers, 'Content-Type') ? headers : [type, ...headers])])",
    },
    test: COOKIES,
    seen: /There are two cookies[^]*application notes/,
    looksLike: 'a framework that keeps one header of each name',
    hint: 'Set-Cookie comes once for each cookie. What becomes of two entries with one name in a `Map` or an object?',
  },
  {
    name: 'cookies-in-an-object',
    misconception: 'Object.fromEntries keeps what is in a Headers.',
    edit: {
      file: FETCH,
      find: '[...response.headers].filter',
      replace: 'Object.entries(Object.fromEntries(response.headers)).filter',
    },
    test: COOKIES,
    seen: /There are two cookies[^]*application fetches/,
    looksLike: 'a bridge that keeps one header of each name',
    hint: '`response.headers` gives a pair for each cookie. Through what do the pairs go on their way to `startResponse`?',
  },
  {
    name: 'body-never-left-out',
    misconception: 'Every reply has a body.',
    edit: {
      file: FRAMEWORK,
      find: "const { status = '200 OK', headers = [], body = '' } = typeof reply === 'string' ? { body: reply } : reply",
      replace:
        "const { status = '200 OK', headers = [], body: any } = typeof reply === 'string' ? { body: reply } : reply\n  const body = typeof any === 'object' ? any : String(any)",
    },
    test: COOKIES,
    seen: 'The reply has headers and no body',
    looksLike: 'a framework that sends the word undefined where a reply has no body',
    hint: 'A reply may leave its body out. What does `String(undefined)` give, and what should the client get?',
  },
  {
    name: 'connection-headers-passed-on',
    misconception: 'A framework knows best which headers it sends.',
    edit: { file: FETCH, find: '.filter(([name]) => !HOP_BY_HOP.has(name))', replace: '' },
    test: 'leaves the headers of the connection to the server',
    seen: 'The Response has Connection: x-hop',
    looksLike: 'a bridge that passes on headers which speak of the connection',
    hint: 'The server refuses some headers, and says so on the terminal. Who should leave them out?',
  },
  {
    name: 'undefined-reason',
    misconception: 'STATUS_CODES knows every status.',
    edit: { file: FETCH, find: " || 'Unknown'", replace: '' },
    test: 'gives every status a reason',
    seen: "'299 undefined'",
    looksLike: 'a bridge that has no reason for a rare status',
    hint: 'What is `STATUS_CODES[299]`, and what does a template make of it?',
  },
  {
    name: 'body-by-length-only',
    misconception: 'A request with a body has a Content-Length.',
    edit: {
      file: FETCH,
      find: "environ.CONTENT_LENGTH ?? environ['HTTP_TRANSFER_ENCODING']",
      replace: 'environ.CONTENT_LENGTH',
    },
    test: INPUT,
    seen: 'The text() of a PUT without a length',
    looksLike: 'a bridge that sees no body where there is no length',
    hint: 'A body may come in chunks. Which variable says that it does?',
  },
  {
    name: 'body-for-get',
    misconception: 'Where there are bytes there is a body.',
    edit: { file: FETCH, find: 'hasBody && !isPlain', replace: 'hasBody' },
    test: INPUT,
    seen: 'Request with GET/HEAD method cannot have body',
    looksLike: 'a bridge that gives a GET a body',
    hint: '`new Request` refuses a body with two methods. What if a client sends one all the same?',
  },
  {
    name: 'body-always',
    misconception: 'A POST has a body.',
    edit: { file: FETCH, find: '...(hasBody && !isPlain', replace: '...(!isPlain' },
    test: INPUT,
    seen: 'The body of a POST that has neither',
    looksLike: 'a bridge that gives every POST a body',
    hint: 'With neither a length nor a coding there is no body to read. What should `request.body` be then?',
  },
  {
    name: 'reply-watched',
    misconception: 'One may look at a promise beside the one who awaits it.',
    edit: {
      file: FRAMEWORK,
      find: 'if (route !== undefined) return route.handler({ ...request, params: route.params })',
      replace: `if (route !== undefined) {
      const began = Date.now()
      const reply = Promise.resolve(route.handler({ ...request, params: route.params }))
      void reply.finally(() => void (Date.now() - began))
      return reply
    }`,
    },
    test: FAILS,
    seen: /crashed[^]*the ink is dry/,
    looksLike: 'a framework that makes a second promise of a handler’s, and awaits only one',
    hint: '`then`, `catch` and `finally` each give a promise of their own. Is every one of yours returned or awaited?',
  },
  {
    name: 'error-kept-quiet',
    misconception: 'A framework answers for its handlers.',
    edit: {
      file: FRAMEWORK,
      find: 'return route.handler({ ...request, params: route.params })',
      replace: `
      try {
        return await route.handler({ ...request, params: route.params })
      } catch {
        return { status: '500 Internal Server Error', body: 'Something went wrong.\\n' }
      }`,
    },
    test: FAILS,
    seen: /have printed\n +the ink is dry/,
    looksLike: 'a framework that catches what its handler throws, and tells nobody',
    hint: 'Whoever has to mend the handler looks at the terminal. Who would write it there, if you let the error pass?',
  },
  {
    name: 'cancel-of-a-broken-stream',
    misconception: 'To cancel a stream that is over does nothing.',
    edit: {
      file: FETCH,
      find: 'close: () => (isBroken ? undefined : reader.cancel()),',
      replace: 'close: () => reader.cancel(),',
    },
    test: FAILS,
    seen: 'How often the terminal is told "the well is dry"',
    looksLike: 'a bridge that cancels a stream which has failed already',
    hint: 'What does `cancel` of a stream give that has failed? Its error has been told by then.',
  },
  {
    name: 'cancel-not-awaited',
    misconception: 'Whether the stream could be cancelled does not matter any more.',
    edit: {
      file: FETCH,
      find: 'close: () => (isBroken ? undefined : reader.cancel()),',
      replace: 'close: () => void reader.cancel(),',
    },
    test: FAILS,
    seen: /crashed[^]*the well is dry/,
    looksLike: 'a bridge that does not return the promise of `cancel`',
    hint: '`cancel` gives a promise, and that may be rejected. The server awaits what `close` returns: what does yours?',
  },
  {
    name: 'no-signal',
    misconception: 'A handler is told enough by its request.',
    edit: { file: FETCH, find: "    signal: environ['wsgi_workshop.signal'] ?? null,\n", replace: '' },
    test: GONE,
    seen: 'aborted /waits: the signal of the Request is told',
    looksLike: 'a bridge whose Request has no signal',
    hint: 'The environ has a signal. How does a Request get one?',
  },
  {
    name: 'stream-left-open',
    misconception: 'A stream that nobody reads any more is over.',
    edit: { file: FETCH, find: 'cancelling(response.body)', replace: 'response.body' },
    test: GONE,
    seen: 'cancelled /waits: the stream of the Response is told',
    looksLike: 'a bridge that never cancels the stream of a Response',
    hint: 'When the client has gone the server calls `close` of the body. What has a stream got in its place?',
  },
  {
    name: 'response-collected',
    misconception: 'The text of a Response is its body.',
    edit: {
      file: FETCH,
      find: 'cancelling(response.body)',
      replace: '(async function* () {\n    yield Buffer.from(await response.arrayBuffer())\n  })()',
    },
    test: GONE,
    seen: 'it had not been sent',
    looksLike: 'a bridge that waits for the whole body of a Response',
    hint: 'A Response may stream for an hour. When does its first chunk reach the client?',
  },
]
