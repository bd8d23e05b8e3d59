// Mistakes made in an echo of four events and a class that listens.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const echo = '01-echo-socket/echo.ts'
const listener = '01-echo-socket/listener.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'nobody-resumes',
    misconception: 'A socket that was paused flows again when it has room.',
    repeats: 'paused-for-ever',
    edit: { file: echo, find: "    .on('drain', () => socket.resume())\n", replace: '' },
    test: 'ends when the client has ended',
  },
  {
    name: 'close-for-end',
    misconception: 'When the client has finished, the event `close` says so.',
    repeats: 'never-ends',
    edit: { file: echo, find: ".on('end', ", replace: ".on('close', " },
    test: 'ends when the client has ended',
  },
  {
    name: 'data-once',
    misconception: 'A client sends its message, and `data` brings it.',
    orRightly: {
      name: 'one-answer-and-goodbye',
      because: 'It speaks of a server that answers once, and asks what becomes of the second `data`.',
    },
    edit: { file: echo, find: ".on('data', ", replace: ".once('data', " },
    test: 'sends back what it is sent',
  },
  {
    name: 'one-letter-one-byte',
    misconception: 'In latin1 each letter is a byte, so a string of them is as good as a buffer.',
    repeats: 'echo-through-latin1',
    edit: {
      file: echo,
      find: "  socket\n    .on('data', (chunk) => {\n      if (!socket.write(chunk)) socket.pause()",
      replace:
        "  socket\n    .setEncoding('latin1')\n    .on('data', (letters) => {\n      if (!socket.write(letters)) socket.pause()",
    },
    test: 'sends back every byte value, however it is cut',
  },
  {
    name: 'server-by-its-defaults',
    misconception: 'The defaults of a Server are those that one wants.',
    repeats: 'half-close-left-to-node',
    edit: { file: listener, find: 'new Server({ allowHalfOpen: true })', replace: 'new Server()' },
    test: 'ends when the client has ended',
  },
  {
    name: 'errors-of-the-server-alone',
    misconception: 'The errors of its connections reach the server, which is where one listens for them.',
    repeats: 'no-error-listener',
    edit: {
      file: listener,
      find: "      guest.on('error', () => guest.destroy())\n      onConnection(guest)\n    })\n",
      replace:
        "      onConnection(guest)\n    })\n    this.server.on('error', (error) => console.error(error.message))\n",
    },
    test: 'outlives a client that resets',
  },
  {
    name: 'guests-shown-out-last',
    misconception: 'First the server closes, then what is left is thrown away.',
    repeats: 'close-waits-for-clients',
    edit: {
      file: listener,
      find: '    for (const guest of this.#guests) guest.destroy()\n    await closed\n',
      replace: '    await closed\n    for (const guest of this.#guests) guest.destroy()\n',
    },
    test: 'closes within a second though clients stay',
  },
  {
    name: 'guests-told-goodbye',
    misconception: '`end` ends a connection.',
    edit: {
      file: listener,
      find: 'for (const guest of this.#guests) guest.destroy()',
      replace: 'for (const guest of this.#guests) guest.end()',
    },
    test: 'closes within a second though clients stay',
  },
  {
    name: 'port-of-the-address',
    misconception: 'The port is in the address, which is known.',
    repeats: 'port-as-asked',
    edit: {
      file: listener,
      find: '(this.server.address() as AddressInfo).port',
      replace: 'port',
    },
    test: 'listens where it is told',
  },
]
