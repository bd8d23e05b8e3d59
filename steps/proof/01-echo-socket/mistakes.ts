// Plausible wrong servers of step 1. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/proof/mistake.ts'

export const mistakes: Mistake[] = [
  {
    name: 'every-address',
    misconception: 'A server is told a port; the address is for clients.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: 'server.listen(address.port, address.host, () => {',
      replace: 'server.listen(address.port, () => {',
    },
    test: 'listens where it is told',
    seen: 'it listens at every address it has',
    looksLike: 'a server that does not tell Node at which address to listen',
    hint: 'What does `server.listen` take after the port, and what does Node do when it is left out?',
  },
  {
    name: 'port-as-asked',
    misconception: 'The port that the server was asked to take is the one that it has.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: 'port: portOf(server)',
      replace: 'port: address.port',
    },
    test: 'listens where it is told',
    seen: 'must resolve with an object that has the port',
    looksLike: 'a server that says 0 when it was asked for any free port',
    hint: 'Port 0 asks the system to choose. Who knows what it chose, and from when on?',
  },
  {
    name: 'not-yet-listening',
    misconception: 'When `listen` has returned, the server listens.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: `    server.listen(address.port, address.host, () => {
      resolve({ server, port: portOf(server), close: () => closeAll(server, sockets) })
    })`,
      replace: `    server.listen(address.port, address.host)
    resolve({ server, port: portOf(server), close: () => closeAll(server, sockets) })`,
    },
    test: 'listens where it is told',
    seen: 'The server does not listen yet.',
    looksLike: 'a server that asks for its port before it has one',
    hint: 'Listening is not done when `server.listen` returns. How does Node say that it is?',
  },
  {
    name: 'close-that-closes-nothing',
    misconception:
      'To close a server is to close its connections; it may go on listening until the process ends.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: '    server.close(() => resolve())\n    for (const socket of sockets) socket.destroy()',
      replace: '    for (const socket of sockets) socket.destroy()\n    resolve()',
    },
    test: 'listens where it is told',
    seen: 'close() has settled, and the port is still taken.',
    looksLike: 'a `close` that does not stop the server from listening',
    hint: 'What is there to call on the server itself, and how does it tell that it is done?',
  },
  {
    name: 'one-answer-and-goodbye',
    misconception: 'A client sends one thing and gets one answer, and then the connection is of no more use.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: "  socket.on('data', (chunk) => socket.end(chunk))",
    },
    test: 'sends back what it is sent',
    seen: 'It stops after 5 bytes; 13 were expected.',
    looksLike: 'a server that answers a client once, and no more',
    hint: 'The connection stays open for as long as the client wants to talk. What does your server do with the second `data`?',
  },
  {
    name: 'one-socket-for-all',
    misconception: 'The socket is kept in a variable beside the function, and there is one client.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: `export function echo(socket: Socket): void {
  // \`pipe\` reads only as fast as it can write, and passes the end on.
  socket.pipe(socket)`,
      replace: `let client: Socket

export function echo(socket: Socket): void {
  client = socket
  socket.on('data', (chunk) => client.write(chunk))
  socket.on('end', () => client.end())`,
    },
    test: 'sends back what it is sent',
    seen: 'Two clients were there at the same time.',
    looksLike: 'a server whose connections share a variable',
    hint: 'Your function runs once for each connection. Which of its variables lie outside it, and whose are they when two clients are there?',
  },
  {
    name: 'half-close-left-to-node',
    misconception: 'Node ends a connection when the client does, so there is nothing to decide.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: 'createServer({ allowHalfOpen: true }, (socket) => {',
      replace: 'createServer((socket) => {',
    },
    test: 'ends when the client has ended',
    seen: 'Our half of the connection was ended too early',
    looksLike: 'a server whose half of the connection Node ends as soon as the client has finished its own',
    hint: 'The client has finished sending, not listening. Which option of `createServer` leaves the end to the handler?',
  },
  {
    name: 'never-ends',
    misconception: 'The client closes the connection; the server only answers.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: "  socket.on('data', (chunk) => socket.write(chunk))",
    },
    test: 'ends when the client has ended',
    seen: 'did not end the connection',
    looksLike: 'a server that does not end its half when the client has ended its own',
    hint: 'With `allowHalfOpen` nobody ends our half but we. Which event says that the client has finished?',
  },
  {
    name: 'destroy-for-end',
    misconception: 'When the client has finished, so have we, and the socket can go.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace:
        "  socket.on('data', (chunk) => socket.write(chunk))\n  socket.on('end', () => socket.destroy())",
    },
    test: 'ends when the client has ended',
    seen: 'what still waits has to go out before our end',
    looksLike: 'a server that drops what still waits to be sent when the client has finished',
    hint: 'There are two ways to finish with a socket. Which of them sends first what `write` has been given?',
  },
  {
    name: 'paused-for-ever',
    misconception: 'When `write` says that it is enough, the socket is paused, and goes on by itself.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: `  socket.on('data', (chunk) => {
    if (!socket.write(chunk)) socket.pause()
  })
  socket.on('end', () => socket.end())`,
    },
    test: 'ends when the client has ended',
    seen: 'had not come after 3 s, nor had the end',
    looksLike: 'a server that pauses a socket and never resumes it',
    hint: 'A paused socket brings no `data` and no `end`. Which event says that what waited has gone out?',
  },
  {
    name: 'trimmed-text',
    misconception: 'White space around what comes is no part of the message.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace:
        "  socket.on('data', (chunk) => socket.write(String(chunk).trim()))\n  socket.on('end', () => socket.end())",
    },
    test: "mirrors an HTTP client's request",
    seen: 'It should have got its request back',
    looksLike: 'a server that sends back less than came: the line ends at the end are missing',
    hint: 'An echo changes nothing. What do you do to the chunk between `data` and `write`?',
  },
  {
    name: 'no-error-listener',
    misconception: 'A connection that breaks is closed, and that is all.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: `    // An \`error\` that nobody listens for ends the process. Node destroys the socket by itself.
    socket.on('error', () => {})
`,
      replace: '',
    },
    test: 'outlives a client that resets',
    seen: /an error was thrown and nobody caught it: .*ECONNRESET/,
    looksLike: 'a server that is taken down by one client that resets its connection',
    hint: 'What does an `EventEmitter` do with an `error` that nobody listens for? Whose `error` is it here: the server has one as well.',
  },
  {
    name: 'error-listener-in-echo',
    misconception: 'Whoever uses the socket listens for its errors, and that is `echo`.',
    edit: [
      {
        file: '01-echo-socket/listener.ts',
        find: `    // An \`error\` that nobody listens for ends the process. Node destroys the socket by itself.
    socket.on('error', () => {})
`,
        replace: '',
      },
      {
        file: '01-echo-socket/echo.ts',
        find: '  socket.pipe(socket)',
        replace: "  socket.on('error', () => {})\n  socket.pipe(socket)",
      },
    ],
    test: 'outlives a client that resets',
    seen: 'listen() with another handler than echo() does not',
    looksLike: 'a server that listens for `error` in its handler, where the next handler will forget it',
    hint: 'Each later step brings another handler. Where does every socket pass, whatever its handler is?',
  },
  {
    name: 'port-taken-as-nodes-error',
    misconception: "Node's error says what is wrong.",
    edit: {
      file: '01-echo-socket/listener.ts',
      find: 'reject(explain(error, address))',
      replace: 'reject(error)',
    },
    test: 'says in one sentence that its port is taken',
    seen: /The message was\s+listen EADDRINUSE/,
    looksLike: "a server that passes on Node's own error when its port is taken",
    hint: 'Whoever starts a server is no programmer. Which property of the error tells what happened, and what would you say to a person?',
  },
  {
    name: 'every-error-a-taken-port',
    misconception: 'A server that cannot listen has found its port taken.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: '(error) => reject(explain(error, address))',
      replace: '() => reject(new Error(`Port ${address.port} is already in use.`))',
    },
    test: 'says in one sentence that its port is taken',
    seen: /an address that this machine has not[^]*Port 0 is already in use/,
    looksLike: 'a server that blames every failure to listen on a taken port',
    hint: 'A port may be free and the address wrong. Which property of the error tells the two apart?',
  },
  {
    name: 'no-listener-for-the-servers-error',
    misconception: 'Listening works, or `listen` throws.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: "    server.once('error', (error) => reject(explain(error, address)))\n",
      replace: '',
    },
    test: 'says in one sentence that its port is taken',
    seen: 'nobody caught it: listen EADDRINUSE',
    looksLike: 'a server that does not listen for its own `error` event',
    hint: 'A socket has an `error` event, and so has the server. Which promise should hear of it?',
  },
  {
    name: 'close-waits-for-clients',
    misconception: '`server.close` ends the connections, too.',
    edit: {
      file: '01-echo-socket/listener.ts',
      find: '    for (const socket of sockets) socket.destroy()\n',
      replace: '',
    },
    test: 'closes within a second though clients stay',
    seen: 'close() was still waiting after 1 s',
    looksLike: 'a `close` that waits until the last client has gone',
    hint: '`server.close` takes no new connections. What becomes of those that are open, and how would you know them?',
  },
  {
    name: 'echo-as-utf8',
    misconception: 'What comes over the wire is text.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: "  socket.setEncoding('utf8').pipe(socket)",
    },
    test: 'sends back every byte value, however it is cut',
    seen: '"\\xef" came, "\\x80" was expected',
    looksLike: 'a server that reads bytes as UTF-8 text, and writes the text',
    hint: 'Not every sequence of bytes is text in UTF-8. What becomes of one that is not, and why make text of it at all?',
  },
  {
    name: 'echo-through-latin1',
    misconception: 'Text in latin1 loses no byte, so it can be written as it is.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: "  socket.setEncoding('latin1').pipe(socket)",
    },
    test: 'sends back every byte value, however it is cut',
    seen: '"\\xc2" came, "\\x80" was expected',
    looksLike: 'a server that decodes bytes in one way and encodes them in another',
    hint: 'In which encoding does `write` send a string when it is not told one?',
  },
  {
    name: 'memory-without-bound',
    misconception: '`write` sends; what it returns does not matter.',
    edit: {
      file: '01-echo-socket/echo.ts',
      find: '  socket.pipe(socket)',
      replace: "  socket.on('data', (chunk) => socket.write(chunk))\n  socket.on('end', () => socket.end())",
    },
    test: 'keeps its memory flat for a slow reader of 200 MB',
    seen: '64 are enough',
    looksLike: 'a server that keeps in memory whatever a slow client does not read',
    hint: 'What does `write` return when its bytes have to wait, and who should stop then?',
  },
]
