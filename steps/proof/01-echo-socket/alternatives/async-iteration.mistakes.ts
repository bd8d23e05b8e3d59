// Mistakes made in an echo that reads in a loop.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '01-echo-socket/echo.ts'
const LOOP = `  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
    if (!socket.write(chunk)) await once(socket, 'drain')
`

export const mistakes: ForeignMistake[] = [
  {
    name: 'no-wait-for-drain',
    misconception: 'The loop waits for the next chunk, and so reads no faster than it has to.',
    repeats: 'memory-without-bound',
    edit: {
      file,
      find: "    if (!socket.write(chunk)) await once(socket, 'drain')\n",
      replace: '    socket.write(chunk)\n',
    },
    test: 'keeps its memory flat for a slow reader of 200 MB',
  },
  {
    name: 'loop-over-all-over',
    misconception: 'When the loop is over, so is the connection.',
    repeats: 'never-ends',
    edit: { file, find: '  socket.end()\n', replace: '' },
    test: 'ends when the client has ended',
  },
  {
    name: 'one-event-awaited',
    misconception: 'A conversation is a question that is awaited and an answer that is given.',
    repeats: 'one-answer-and-goodbye',
    edit: {
      file,
      find: `${LOOP}  socket.end()\n`,
      replace: "  const [question] = await once(socket, 'data')\n  socket.end(question)\n",
    },
    test: 'sends back what it is sent',
  },
  {
    name: 'loop-over-text',
    misconception: 'What one loops over are lines and words, so the socket is told its encoding first.',
    repeats: 'echo-as-utf8',
    edit: { file, find: LOOP, replace: `  socket.setEncoding('utf8')\n${LOOP}` },
    test: 'sends back every byte value, however it is cut',
  },
  {
    name: 'words-without-blanks',
    misconception: 'What a client says are words; the blanks around them are its own.',
    repeats: 'trimmed-text',
    edit: { file, find: 'socket.write(chunk)', replace: 'socket.write(String(chunk).trim())' },
    test: "mirrors an HTTP client's request",
  },
  {
    name: 'promise-left-alone',
    misconception: 'A promise that nobody awaits troubles nobody.',
    edit: {
      file,
      find: '  mirror(socket).catch(() => socket.destroy())\n',
      replace: '  void mirror(socket)\n',
    },
    test: 'outlives a client that resets',
  },
  {
    name: 'all-before-any',
    misconception: 'A message is whole when its sender has ended; then it is sent back.',
    edit: {
      file,
      find: `${LOOP}  socket.end()\n`,
      replace: `  const all: Buffer[] = []
  for await (const chunk of socket) all.push(chunk)
  socket.end(Buffer.concat(all))
`,
    },
    test: 'sends back what it is sent',
  },
]
