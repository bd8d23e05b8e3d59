// Mistakes made where a run is an object that races each wait against the client's going.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '04-start-response/run-application.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'excuse-with-a-reason',
    misconception: 'An excuse says what happened.',
    repeats: 'reason-told',
    edit: {
      file,
      find: "Buffer.from(isClients ? `${error.message}\\n` : 'Something went wrong here.\\n')",
      replace: 'Buffer.from(`${error instanceof Error ? error.message : error}\\n`)',
    },
    test: 'answers 500 when the application throws, and tells only the terminal why',
  },
  {
    name: 'given-is-the-body',
    misconception: 'What a call gives is there when it has returned.',
    repeats: 'promise-for-a-body',
    edit: {
      file,
      find: 'await this.application(this.environ, this.response.startResponse)',
      replace: 'this.application(this.environ, this.response.startResponse)',
    },
    test: 'awaits a body that is promised, and chunks that are',
  },
  {
    name: 'closed-once-served',
    misconception: 'A body is closed when it has been served.',
    repeats: 'closed-when-all-went-well',
    edit: [
      {
        file,
        find: '      await this.serve()\n',
        replace: '      await this.serve()\n      await this.close()\n',
      },
      { file, find: '    this.forget()\n    await this.close()\n', replace: '    this.forget()\n' },
    ],
    test: 'closes the body, whatever happens',
  },
  {
    name: 'close-cannot-fail',
    misconception: 'To close is to let go, and letting go always works.',
    repeats: 'close-unguarded',
    edit: {
      file,
      find: `    try {
      await this.body?.close?.()
    } catch (error) {
      report('A body could not be closed', error)
    }
`,
      replace: '    await this.body?.close?.()\n',
    },
    test: 'outlives a close() that throws',
  },
  {
    name: 'looked-at-between-chunks',
    misconception: 'It is enough to see before each chunk whether the client is still there.',
    repeats: 'waits-with-the-body',
    edit: {
      file,
      find: '        const next = await Promise.race([this.gone, chunks.next()])\n        if (next === GONE) return false\n',
      replace: '        const next = await chunks.next()\n',
    },
    test: 'lets go of a body whose client has gone',
  },
  {
    name: 'sent-and-forgotten',
    misconception: 'What is sent is on its way, and the next chunk can be asked for.',
    repeats: 'send-not-awaited',
    edit: {
      file,
      find: '        await this.response.send(next.value)\n',
      replace: '        void this.response.send(next.value)\n',
    },
    test: 'lets an application use its buffer again',
  },
  {
    name: 'broken-off-but-closed',
    misconception: 'Without a second head there is nothing to be done; the connection closes in any case.',
    repeats: 'broken-body-ends-well',
    edit: {
      file,
      find: '      this.client.destroy()\n      return\n',
      replace: '      return\n',
    },
    test: 'cuts the connection when a body breaks off',
  },
  {
    name: 'length-of-the-joined-text',
    misconception: 'A page is the text of its chunks, and as long as that.',
    repeats: 'length-in-characters',
    edit: {
      file,
      find: `      let length = 0
      for (const chunk of given) length += chunk instanceof Uint8Array ? chunk.length : 0
      this.response.declareLength(length)
`,
      replace: "      this.response.declareLength(given.join('').length)\n",
    },
    test: 'runs an application and sends its page',
  },
  {
    name: 'counted-through',
    misconception: 'What can be iterated can be counted through first, and then sent.',
    edit: {
      file,
      find: '    if (Array.isArray(given) && !this.isHead) {\n',
      replace: '    if (Symbol.iterator in given && !this.isHead) {\n',
    },
    test: 'sends the head with the first bytes, and not before',
  },
  {
    name: 'excuse-as-a-new-start',
    misconception: 'As long as no head has gone out, start_response can be called.',
    repeats: 'fault-after-a-start',
    edit: { file, find: 'if (!this.response.reset()) {', replace: 'if (this.response.headSent) {' },
    test: 'answers 500 when the application throws, and tells only the terminal why',
  },
]
