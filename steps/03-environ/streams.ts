// The two streams of an environ, as far as steps 3 to 5 need them. Given whole.

import type { ErrorStream, InputStream } from '#wsgi'

const nothing = Buffer.alloc(0)

/** A request body without a byte in it. Step 6 reads real ones. */
export const emptyInput: InputStream = {
  read: async () => nothing,
  readline: async () => nothing,
  readlines: async () => [],
  async *[Symbol.asyncIterator]() {},
}

/** Where an application reports what went wrong: the server's terminal. */
export const requestErrors: ErrorStream = {
  write: (text) => void process.stderr.write(text),
  flush: () => {},
}
