// Mistakes made in a conversation that leads from one request to the next.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '07-keep-alive/exchange.ts'
const ON = '        .then((mayFollow) => (mayFollow ? goOn() : resolve()))\n'

export const mistakes: ForeignMistake[] = [
  {
    name: 'of-use-as-it-is',
    misconception: 'A connection that is still there can be used.',
    repeats: 'unread-body-is-a-request',
    edit: { file, find: 'return this.input.drain(this.parts.limits.unread)', replace: 'return true' },
    test: 'never takes a body that nobody has read for a request',
  },
  {
    name: 'drained-then-of-use',
    misconception: 'What has been drained is empty.',
    repeats: 'drained-or-not',
    edit: {
      file,
      find: 'return this.input.drain(this.parts.limits.unread)',
      replace: 'return this.input.drain(this.parts.limits.unread).then(() => true)',
    },
    test: 'never takes a body that nobody has read for a request',
  },
  {
    name: 'as-long-as-somebody-is-there',
    misconception: 'One goes on until the client has gone.',
    repeats: 'goes-on-whatever-was-asked',
    edit: {
      file,
      find: 'if (!this.framing.persists || this.parts.client.isGone) return false',
      replace: 'if (this.parts.client.isGone) return false',
    },
    test: 'answers request after request on one connection',
  },
  {
    name: 'gone-or-not',
    misconception: 'A request that has been read is answered.',
    repeats: 'runs-on-for-nobody',
    edit: {
      file,
      find: 'if (!this.framing.persists || this.parts.client.isGone) return false',
      replace: 'if (!this.framing.persists) return false',
    },
    test: 'runs nothing for a client that has gone',
  },
  {
    name: 'drained-before-one-looks',
    misconception: 'A request is over when its body has been drained; what comes then is another question.',
    repeats: 'drains-before-closing',
    edit: {
      file,
      find: `    if (!this.framing.persists || this.parts.client.isGone) return false
    return this.input.drain(this.parts.limits.unread)
`,
      replace: `    const isDrained = this.input.drain(this.parts.limits.unread)
    return isDrained.then((yes) => yes && this.framing.persists && !this.parts.client.isGone)
`,
    },
    test: 'never takes a body that nobody has read for a request',
  },
  {
    name: 'on-while-it-is-answered',
    misconception: 'The next request can be read while this one is answered.',
    repeats: 'answers-side-by-side',
    edit: {
      file,
      find: `        .then((environ) => environ !== null && answer(environ, exchange))
        .then((mayFollow) => (mayFollow ? goOn() : resolve()))
`,
      replace: `        .then((environ) => {
          if (environ === null) return resolve()
          answer(environ, exchange).catch(reject)
          goOn()
        })
`,
    },
    test: 'answers request after request on one connection',
  },
  {
    name: 'one-and-no-more',
    misconception: 'A promise is kept once.',
    repeats: 'keep-alive-in-words-alone',
    edit: { file, find: ON, replace: '        .then(() => resolve())\n' },
    test: 'answers request after request on one connection',
  },
  {
    name: 'error-ends-it',
    misconception: 'An error ends the conversation, whatever it was.',
    edit: { file, find: '        .catch(reject)\n', replace: '        .catch(() => resolve())\n' },
    test: 'closes after a request that it cannot read',
  },
  {
    name: 'error-leads-on',
    misconception: 'After an error comes the next request.',
    repeats: 'tries-the-next-one',
    edit: { file, find: '        .catch(reject)\n', replace: '        .catch(goOn)\n' },
    test: 'closes after a request that it cannot read',
  },
  {
    name: 'useful-when-read',
    misconception: 'Only a body that has been read leaves a connection that is of use.',
    repeats: 'closes-wherever-a-body-is-left',
    edit: {
      file,
      find: 'return this.input.drain(this.parts.limits.unread)',
      replace: 'return this.input.isOver',
    },
    test: 'never takes a body that nobody has read for a request',
  },
  {
    name: 'end-is-a-request',
    misconception: 'Whoever keeps a connection asks again.',
    repeats: 'answers-who-has-finished',
    edit: {
      file,
      find: '.then((environ) => environ !== null && answer(environ, exchange))',
      replace: '.then((environ) => answer(environ as Environ, exchange))',
    },
    test: 'answers request after request on one connection',
  },
]
