// Mutants of step 1 that its suite lets live, and why that is all right.

import type { Survivor } from '#given/proof/survivor.ts'

const file = '01-echo-socket/listener.ts'
const never = 'Nothing differs: a server that listens on a port has an address, and not that of a pipe.'
const leak = 'To destroy a closed socket again does nothing; what is kept is memory, which a soak looks at.'
const low = 'Whether a port below 1024 can be had depends on who runs the suite.'

export const survivors: Survivor[] = [
  { file, line: 'typeof address', original: /address|'string'/, why: never },
  { file, original: "'The server does not listen yet.'", why: never },
  { file, line: "socket.on('close'", original: /./, why: leak },
  { file, original: "error.code === 'EACCES'", mutated: 'false', why: low },
  { file, original: "'EACCES'", why: low },
  { file, original: '{ return new Error(`Port ${port} is not for ordinary users…', why: low },
  { file, original: '`Port ${port} is not for ordinary users: choose one above 1023.`', why: low },
]
