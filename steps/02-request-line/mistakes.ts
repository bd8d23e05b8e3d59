// Plausible wrong servers of step 2. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/kit/mistake.ts'

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
      find: "    if (!line.endsWith('\\r\\n')) throw new HttpError(400, 'A line ends in LF without a CR before it.')\n    return line.slice(0, -2)",
      replace: "    return line.replace(/\\r?\\n$/, '')",
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
]
