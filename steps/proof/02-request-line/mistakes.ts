// Plausible wrong servers of step 2. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/proof/mistake.ts'

export const mistakes: Mistake[] = [
  {
    name: 'one-read-one-request',
    misconception: 'Whatever one read gives is a whole request, so its first line is the request-line.',
    edit: [
      {
        file: '02-request-line/conversation.ts',
        find: 'new ByteReader(() => connection.read())',
        replace: 'new ByteReader(onceOf(connection))',
      },
      {
        file: '02-request-line/conversation.ts',
        find: '/** Reads a request, prints',
        replace: `function onceOf(connection: Connection) {
  let first: Promise<Uint8Array | null> | undefined
  return () => (first ? Promise.resolve(null) : (first = connection.read()))
}

/** Reads a request, prints`,
      },
    ],
    test: 'answers a request however it is cut',
    seen: 'The request was sent a byte at a time.',
    looksLike: 'a server that takes what one read gives for a whole request',
    hint: 'TCP carries bytes, not messages. What does your server do when the rest of a line comes with the next read?',
  },
  {
    name: 'bare-lf-taken',
    misconception: 'A line ends at its LF, and the CR before it, where there is one, is cut off.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: "      if (line.charCodeAt(line.length - 2) !== CR)\n        throw new HttpError(400, 'A line ends in LF without a CR before it.')\n      return line.slice(0, -2)",
      replace: "      return line.replace(/\\r?\\n$/, '')",
    },
    test: 'refuses a line that ends in LF alone',
    seen: 'The status should be 400; it is 200.',
    looksLike: 'a server that lets a line end in LF alone',
    hint: 'RFC 9112 lets a server take a bare LF, but two servers that disagree about where a line ends can be played against each other. What does the lesson decide?',
  },
  {
    name: 'any-version',
    misconception: 'The version says what the client can do; a server need not look at it.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: "  if (!version.startsWith('HTTP/1.')) throw new HttpError(505, 'This server speaks HTTP/1.1.')\n",
      replace: '',
    },
    test: 'refuses another major version, and serves every HTTP/1',
    seen: 'The status should be 505; it is 200.',
    looksLike: 'a server that answers every version of HTTP as if it were HTTP/1',
    hint: 'A client that speaks HTTP/2.0 does not understand HTTP/1.1. Which status tells it so?',
  },
  {
    name: 'empty-lines-refused',
    misconception: 'The first line of a request is the request-line, so an empty one is malformed.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: 'if (empty > limits.emptyLines)',
      replace: 'if (empty > 0)',
    },
    test: 'passes over a few empty lines before the request-line',
    seen: 'The status should be 200; it is 400.',
    looksLike: 'a server that allows no empty line before the request-line',
    hint: 'Some old clients send a CRLF too many after a body. RFC 9112, section 2.2, asks a server to pass over at least one.',
  },
  {
    name: 'lf-in-the-page',
    misconception: 'A line ends in a line feed, as in every text file.',
    edit: { file: '02-request-line/page.ts', find: "join('\\r\\n')", replace: "join('\\n')" },
    test: 'answers every request with a page',
    seen: /it needs a blank line[^]*200 OK␊/,
    looksLike: 'a server whose lines end in LF alone',
    hint: 'How many bytes end a line in HTTP? Look at the marks in the picture of a response.',
  },
  {
    name: 'no-empty-line',
    misconception: 'The text follows the header lines.',
    edit: {
      file: '02-request-line/page.ts',
      find: `    'Connection: close',
    '',
`,
      replace: `    'Connection: close',
`,
    },
    test: 'answers every request with a page',
    seen: /it needs a blank line[^]*200 OK␍␊/,
    looksLike: 'a page whose text follows the header lines at once',
    hint: 'How does a client know that the header lines are over?',
  },
  {
    name: 'no-length',
    misconception: 'The end of the connection is the end of the page, so its length need not be said.',
    edit: {
      file: '02-request-line/page.ts',
      find: `    \`Content-Length: \${text.length}\`,
`,
      replace: '',
    },
    test: 'answers every request with a page',
    seen: 'The header Content-Length should be',
    looksLike: 'a page that does not say how long its text is',
    hint: 'A connection that breaks looks like an end, too. Which header line lets a client tell the two apart?',
  },
  {
    name: 'connection-not-closed',
    misconception: 'HTTP/1.1 keeps connections open, so there is nothing to say about it.',
    edit: {
      file: '02-request-line/page.ts',
      find: `    'Connection: close',
`,
      replace: '',
    },
    test: 'answers every request with a page',
    seen: 'The header Connection should be',
    looksLike: 'a page that does not say that its connection will close',
    hint: 'Unless it is told otherwise, a client of HTTP/1.1 may send its next request on the same connection. What does your server do with one?',
  },
  {
    name: 'well-known-methods',
    misconception: 'There are GET, POST and a few more; whatever else comes is no method.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: '  if (method.length > limits.method)',
      replace: `  if (!['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].includes(method))
    throw new HttpError(501, 'I do not know this method.')
  if (method.length > limits.method)`,
    },
    test: 'takes a request-line apart',
    seen: 'BREW',
    looksLike: 'a server that takes only the methods on its own list',
    hint: 'Methods can be registered, and new ones come. What is a method by the grammar, and who decides what it may do?',
  },
  {
    name: 'method-in-capitals',
    misconception: 'Methods are written in capitals, so a client that sends `get` means GET.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: 'return { method, target, version }',
      replace: 'return { method: method.toUpperCase(), target, version }',
    },
    test: 'takes a request-line apart',
    seen: "method: 'GET'",
    looksLike: 'a server that writes methods in capitals, however they came',
    hint: 'RFC 9110, section 9.1: is `get` the same method as `GET`?',
  },
  {
    name: 'target-decoded',
    misconception: 'The target is decoded as soon as it is read.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: 'return { method, target, version }',
      replace: 'return { method, target: decodeURIComponent(target), version }',
    },
    test: 'takes a request-line apart',
    seen: "target: '/a b?c=d+e'",
    looksLike: 'a server that decodes the target as it takes the line apart',
    hint: 'Once `%3F` has become `?`, nobody can tell it from one that was sent. What does the interface say of `target`?',
  },
  {
    name: 'crlf-cut-off-each-chunk',
    misconception: 'CR and LF always come together, so each chunk can have its own cut off.',
    edit: [
      {
        file: '02-request-line/byte-reader.ts',
        find: 'this.#begun + this.#text.slice(start, next)',
        replace: "this.#begun + this.#text.slice(start, next).replace('\\r\\n', '')",
      },
      {
        file: '02-request-line/byte-reader.ts',
        find: "      if (line.charCodeAt(line.length - 2) !== CR)\n        throw new HttpError(400, 'A line ends in LF without a CR before it.')\n      return line.slice(0, -2)",
        replace: '      return line',
      },
    ],
    test: 'reads a line that arrives a byte at a time',
    seen: /gave\s+\[\s*'GET \/hello HTTP\/1\.1\\r\\n'/,
    looksLike: 'a reader that cuts CRLF off where both are in one chunk',
    hint: 'The CR may be the last byte of one chunk, the LF the first of the next. When have you seen both?',
  },
  {
    name: 'line-trimmed',
    misconception: 'White space around a line is no part of it.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: 'return line.slice(0, -2)',
      replace: 'return line.trim()',
    },
    test: 'reads a line that arrives a byte at a time',
    seen: "'X-Ends-In-A-Space: 1',",
    looksLike: 'a reader that strips more from a line than its end',
    hint: '`trim` takes spaces, too. What is a line by the grammar, and what is only its end?',
  },
  {
    name: 'end-within-a-chunk',
    misconception: 'CR and LF always come together.',
    edit: [
      {
        file: '02-request-line/byte-reader.ts',
        find: "const end = this.#text.indexOf('\\n', start)",
        replace: "const end = this.#text.indexOf('\\r\\n', start)",
      },
      {
        file: '02-request-line/byte-reader.ts',
        find: 'const next = end === -1 ? this.#text.length : end + 1',
        replace: 'const next = end === -1 ? this.#text.length : end + 2',
      },
    ],
    test: 'reads a line that arrives a byte at a time',
    seen: /a byte at a time[^]*gave\s+\[\s*'HttpError/,
    looksLike: 'a reader that looks for CRLF within one chunk',
    hint: 'The network may cut between CR and LF. In which chunk is the line end then?',
  },
  {
    name: 'rest-of-chunk-dropped',
    misconception: 'The chunk that ends a line was waited for because of that line, and is used up with it.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: `      this.#taken = this.#textAt + next
`,
      replace: `      this.#taken = this.#begun === '' ? this.#textAt + next : this.#chunk.length
`,
    },
    test: 'answers a request however it is cut',
    seen: /cut in two after byte[^]*Nothing came back/,
    looksLike: 'a reader that drops what follows the end of a line in a later chunk',
    hint: 'A chunk may end one line and hold the next ones. How far has it been taken when the first has been given out?',
  },
  {
    name: 'fill-not-asked',
    misconception: '`#fill` brings more bytes, and then the loop goes on.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: `      if (await this.#fill()) continue
      if (this.#begun === '') return null
      throw new HttpError(400, 'The request breaks off in the middle of a line.')
`,
      replace: `      await this.#fill()
`,
    },
    test: 'reads a line that arrives a byte at a time',
    seen: 'more() gave null, for "no more will come"',
    looksLike: 'a reader that waits for more after the end',
    hint: 'What does `#fill` say when the client has finished, and who listens to it?',
  },
  {
    name: 'answered-too-soon',
    misconception: 'The request-line says all that the answer needs.',
    edit: [
      {
        file: '02-request-line/conversation.ts',
        find: `  let line: string | null
`,
        replace: `  await connection.write(page(200, \`You asked for \${method} \${target} over \${version}\\n\`))
  let line: string | null
`,
      },
      {
        file: '02-request-line/conversation.ts',
        find: `  } while (line !== '')
  await connection.write(page(200, \`You asked for \${method} \${target} over \${version}\\n\`))`,
        replace: "  } while (line !== '')",
      },
    ],
    test: 'answers a request however it is cut',
    seen: 'An answer came before the request had come to its end',
    looksLike: 'a server that answers before the request has come to its end',
    hint: 'A client may still be sending. How does a server know that the whole head has come?',
  },
  {
    name: 'parts-not-counted',
    misconception: 'A request-line has three parts, always.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: `  const [, method, target, version] = REQUEST_LINE.exec(line) ?? []
  if (method === undefined || target === undefined || version === undefined)
    throw new HttpError(
      400,
      'A request-line is a method, a target and a version like HTTP/1.1, one space between.',
    )
`,
      replace: `  const [method = '', target = '', version = 'HTTP/1.1'] = line.split(' ')
`,
    },
    test: 'answers garbage with 400 and goes on serving',
    seen: /it is 200[^]*We sent\s+garbage/,
    looksLike: 'a server that does not count the parts of a request-line',
    hint: 'What does `split` give for a line with one word in it, or with four?',
  },
  {
    name: 'crash-on-garbage',
    misconception: 'The third part is there, or the line would not have come.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: `  const [, method, target, version] = REQUEST_LINE.exec(line) ?? []
  if (method === undefined || target === undefined || version === undefined)
    throw new HttpError(
      400,
      'A request-line is a method, a target and a version like HTTP/1.1, one space between.',
    )
`,
      replace: `  const [method, target, version] = line.split(' ') as [string, string, string]
`,
    },
    test: 'answers garbage with 400 and goes on serving',
    seen: 'The status should be 400; it is 500.',
    looksLike: 'a server that takes the blame for what its client did',
    hint: '500 says that the server made a mistake. Which line of yours threw, and what had the client sent?',
  },
  {
    name: 'space-in-target',
    misconception:
      'The first word is the method, the last the version, and what is between them is the target.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: '([\\x21-\\x7e\\x80-\\xff]+)',
      replace: '([\\x20-\\x7e\\x80-\\xff]+)',
    },
    test: 'answers garbage with 400 and goes on serving',
    seen: 'GET /a b HTTP/1.1',
    looksLike: 'a server that lets a target have spaces',
    hint: 'Another server may end the target at its first space. How many spaces are in a request-line?',
  },
  {
    name: 'white-space-forgiven',
    misconception: 'A space more or less does no harm.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: 'REQUEST_LINE.exec(line)',
      replace: "REQUEST_LINE.exec(line.trim().replace(/\\s+/g, ' '))",
    },
    test: 'refuses a malformed request-line',
    seen: /^ {3}GET/m,
    looksLike: 'a server that forgives white space too many in the request-line',
    hint: 'The grammar has one space between the parts, and none around them. What do `trim` and `\\s+` make of the rest?',
  },
  {
    name: 'any-method-bytes',
    misconception: 'Whatever stands before the first space is the method.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: "^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ",
      replace: '^([^ ]+) ',
    },
    test: 'refuses a malformed request-line',
    seen: /G\(T|\\xa0GET/,
    looksLike: 'a server that takes any characters for a method',
    hint: 'Which characters may a token have? The grammar stands above `parseRequestLine`.',
  },
  {
    name: 'any-target-bytes',
    misconception: 'Whatever stands between two spaces is the target.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: '([\\x21-\\x7e\\x80-\\xff]+)',
      replace: '([^ ]+)',
    },
    test: 'refuses a malformed request-line',
    seen: 'GET /a␉b',
    looksLike: 'a server that lets control characters into the target',
    hint: 'A target is sent on, printed and written into logs. Which bytes can be in one at all?',
  },
  {
    name: 'version-in-any-case',
    misconception: 'HTTP does not tell capitals from small letters.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: '(HTTP\\/\\d\\.\\d)$/',
      replace: '(HTTP\\/\\d\\.\\d)$/i',
    },
    test: 'refuses a malformed request-line',
    seen: 'http/1.1',
    looksLike: 'a server that reads the version in any case of its letters',
    hint: 'Names of header lines mean the same in any case. Is that said of the version, too (RFC 9112, section 2.3)?',
  },
  {
    name: 'only-the-known-minors',
    misconception: 'There are HTTP/1.0 and HTTP/1.1; there is no HTTP/1.7.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: "!version.startsWith('HTTP/1.')",
      replace: "!['HTTP/1.0', 'HTTP/1.1'].includes(version)",
    },
    test: 'refuses another major version, and serves every HTTP/1',
    seen: 'The status should be 200; it is 505.',
    looksLike: 'a server that refuses a minor version it does not know',
    hint: 'What does a higher minor number promise to those who know only the lower one (RFC 9110, section 2.5)?',
  },
  {
    name: 'method-without-limit',
    misconception: 'The request-line has a limit, so the method needs none.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: `  if (method.length > limits.method) throw new HttpError(501, 'No method that we know is that long.')
`,
      replace: '',
    },
    test: 'refuses a method that is too long',
    seen: 'The status should be 501; it is 200.',
    looksLike: 'a server with no limit for the method',
    hint: 'A method is a short word. What stands in `limits`, and which status fits a method that nobody knows?',
  },
  {
    name: 'empty-lines-without-end',
    misconception: 'Empty lines before a request are passed over.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: 'if (empty > limits.emptyLines)',
      replace: 'if (empty > 1e9)',
    },
    test: 'passes over a few empty lines before the request-line',
    seen: 'The status should be 400; it is 200.',
    looksLike: 'a server that passes over empty lines without end',
    hint: 'What does a client cost that sends nothing but empty lines? `limits` has a number for it.',
  },
  {
    name: 'empty-line-drops-the-rest',
    misconception: 'The empty line ends the request, so what has come with it can be thrown away.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: `      this.#taken = this.#textAt + next
`,
      replace: `      this.#taken = line === '\\r\\n' ? this.#chunk.length : this.#textAt + next
`,
    },
    test: 'reads a line that arrives a byte at a time',
    seen: /comes at once[^]*gave\s+[^]*?,\s+'',\s+null,\s+null\s/,
    looksLike: 'a reader that throws away what has come with the empty line',
    hint: 'After the empty line comes the body, or the next request. Who will want those bytes?',
  },
  {
    name: 'line-without-limit',
    misconception: 'No line is that long.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: `      if (line.length > limit && line.replace(/\\r\\n?$/, '').length > limit)
        throw new HttpError(overLimit, \`A line has more than \${limit} bytes.\`)
`,
      replace: '',
    },
    test: 'answers an endless line with 414 or 431',
    seen: /readLine\(4, 414\) of "12345[^]*gave +.12345./,
    looksLike: 'a reader that does not look at `limit`',
    hint: 'A client decides how long its lines are. What do the two arguments of `readLine` say?',
  },
  {
    name: 'limit-at-the-end-alone',
    misconception: 'Once the line has come, its length can be looked at.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: "if (line.length > limit && line.replace(/\\r\\n?$/, '').length > limit)",
      replace: 'if (end !== -1 && line.length > limit + 2)',
    },
    test: 'answers an endless line with 414 or 431',
    seen: 'A megabyte without a line end',
    looksLike: 'a reader that looks at the length of a line only when its end has come',
    hint: 'What if the end never comes? When do you know enough to refuse?',
  },
  {
    name: 'limit-and-two-more',
    misconception: 'With its end, a line has two bytes more.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: "if (line.length > limit && line.replace(/\\r\\n?$/, '').length > limit)",
      replace: 'if (line.length > limit + 2)',
    },
    test: 'answers an endless line with 414 or 431',
    seen: 'of "12345" without an end',
    looksLike: 'a reader that allows for a line end which has not come',
    hint: 'The line so far has no end, and has more bytes than it may. What could still make it right?',
  },
  {
    name: 'limit-for-each-piece',
    misconception: 'What has come is too long when it is over the limit.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: "if (line.length > limit && line.replace(/\\r\\n?$/, '').length > limit)",
      replace: 'if (next - start > limit + 2)',
    },
    test: 'answers an endless line with 414 or 431',
    seen: 'that comes a byte at a time',
    looksLike: 'a reader that measures each piece of a line, and never the line',
    hint: 'A line may come in any number of pieces. What is `limit` a limit of?',
  },
  {
    name: 'refused-when-all-is-said',
    misconception: 'A client should be heard out before it is refused.',
    edit: {
      file: '02-request-line/request-line.ts',
      find: '  return line === null ? null : parseRequestLine(line, limits)',
      replace: `  try {
    return line === null ? null : parseRequestLine(line, limits)
  } catch (error) {
    await reader.read(1)
    throw error
  }`,
    },
    test: 'refuses as soon as it is certain',
    seen: 'is 400 whatever follows, and the client waits.',
    looksLike: 'a server that refuses a line only when something has come behind it',
    hint: 'This line is wrong whatever comes after it. What do you still wait for before you say so?',
  },
  {
    name: 'one-status-for-all-lines',
    misconception: 'A line that is too long is 414.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: 'new HttpError(overLimit,',
      replace: 'new HttpError(414,',
    },
    test: 'answers an endless line with 414 or 431',
    seen: 'The status should be 431; it is 414.',
    looksLike: 'a reader that has a status of its own for a line that is too long',
    hint: '414 is about the request-target. Who knows which line it is that is being read?',
  },
  {
    name: 'bytes-as-utf8',
    misconception: 'The wire carries UTF-8.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: 'this.#begun + this.#text.slice(start, next)',
      replace: "this.#begun + Buffer.from(this.#text.slice(start, next), 'latin1').toString('utf8')",
    },
    test: 'repeats bytes outside ASCII as they came',
    seen: 'The page should say "You asked for GET /caf',
    looksLike: 'a reader that makes text of bytes by UTF-8',
    hint: 'A chunk may end in the middle of a character, and not all bytes are UTF-8. In which encoding is every byte a character?',
  },
  {
    name: 'length-in-utf8',
    misconception: 'The length of a text is what Buffer.byteLength says.',
    edit: { file: '02-request-line/page.ts', find: '${text.length}', replace: '${Buffer.byteLength(text)}' },
    test: 'repeats bytes outside ASCII as they came',
    seen: 'The head promises a body of',
    looksLike: 'a page that counts in UTF-8 what is sent in latin1',
    hint: '`page` builds text whose every code unit is one byte. In which encoding does the connection send it?',
  },
  {
    name: 'half-line-as-line',
    misconception: 'When no more comes, what has come is the last line.',
    edit: {
      file: '02-request-line/byte-reader.ts',
      find: "      throw new HttpError(400, 'The request breaks off in the middle of a line.')",
      replace: '      return line',
    },
    test: 'outlives clients that leave before or during their request',
    seen: 'readLine when "GET /hel" comes',
    looksLike: 'a reader that takes a line without an end for a whole one',
    hint: 'A file may lack the last line end. A message that lacks it has been cut off; what might be missing?',
  },
  {
    name: 'leaving-not-expected',
    misconception: 'A client that connects asks something.',
    edit: {
      file: '02-request-line/conversation.ts',
      find: `  if (request === null) return
  const { method, target, version } = request`,
      replace: '  const { method, target, version } = request!',
    },
    test: 'outlives clients that leave before or during their request',
    seen: /asked nothing[^]*500/,
    looksLike: 'a server that does not expect a client to leave without a word',
    hint: 'Browsers open connections in advance and may never use them. What does `readRequestLine` give then?',
  },
  {
    name: 'half-head-answered',
    misconception: 'When no more lines come, the head is over.',
    edit: {
      file: '02-request-line/conversation.ts',
      find: "    if (line === null) throw new HttpError(400, 'The request breaks off before its header section ends.')",
      replace: '    if (line === null) break',
    },
    test: 'outlives clients that leave before or during their request',
    seen: '200 OK',
    looksLike: 'a server that takes the end of the stream for the end of the head',
    hint: 'How does a head end that is whole? What has a client done that leaves before it?',
  },
  {
    name: 'no-date',
    misconception: 'A page needs no date.',
    edit: {
      file: '02-request-line/page.ts',
      find: `    \`Date: \${new Date().toUTCString()}\`,
`,
      replace: '',
    },
    test: 'dates its pages, those for errors too',
    seen: 'The page has no Date.',
    looksLike: 'a server that does not say when it answered',
    hint: 'Caches reckon from it. Which header line has the time of an answer (RFC 9110, section 6.6.1)?',
  },
  {
    name: 'date-in-iso',
    misconception: 'A date is written as year, month, day.',
    edit: { file: '02-request-line/page.ts', find: 'toUTCString()', replace: 'toISOString()' },
    test: 'dates its pages, those for errors too',
    seen: 'The Date should look like',
    looksLike: 'a server that writes the date in a form of its own',
    hint: 'HTTP has one form for dates. Which function of `Date` gives it?',
  },
  {
    name: 'last-end-a-line',
    misconception: 'A text has as many lines as split gives.',
    edit: {
      file: '02-request-line/transcript.ts',
      find: "text.replace(/\\r?\\n$/, '').split",
      replace: 'text.split',
    },
    test: 'marks each line that it prints, whatever ends it',
    seen: /> \\n> \\n'/,
    looksLike: 'a server that prints one line too many',
    hint: 'What does `split` give behind the last line end of a text?',
  },
  {
    name: 'lines-by-crlf',
    misconception: 'Lines end in CRLF.',
    edit: {
      file: '02-request-line/transcript.ts',
      find: '.split(/\\r?\\n/)',
      replace: ".split('\\r\\n')",
    },
    test: 'marks each line that it prints, whatever ends it',
    seen: /one line\\nand another/,
    looksLike: 'a server that marks only the first line of a page',
    hint: 'The lines of a page may end in LF alone. Where does your `split` cut those?',
  },
  {
    name: 'terminal-raw',
    misconception: 'What a client sends is text and can be printed.',
    edit: { file: '02-request-line/transcript.ts', find: 'prefix + visible(line)', replace: 'prefix + line' },
    test: 'keeps control characters off the terminal',
    seen: 'printed a control character',
    looksLike: 'a server that lets its clients write on its terminal',
    hint: 'What does a terminal do with the byte 1b? `report.ts` has a function for it.',
  },
]
