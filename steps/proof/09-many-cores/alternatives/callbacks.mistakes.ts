// Mistakes made where callbacks hear of workers, and a timer sets itself again.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const graceful = '09-many-cores/graceful.ts'
const supervisor = '09-many-cores/supervisor.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'accepts-as-before',
    misconception: 'A server that is closed accepts nobody.',
    repeats: 'kept-connections-take-more',
    edit: { file: graceful, find: '    this.accepts = false\n', replace: '' },
    test: 'tells each client with its last answer that the connection closes',
  },
  {
    name: 'one-look',
    misconception: 'When the lull is over one looks who is idle.',
    repeats: 'silent-connections-looked-at-once',
    edit: [
      {
        file: graceful,
        find: '      timer = setTimeout(look, Math.min(lull / 8, 20))\n    }\n',
        replace: '    }\n    timer = setTimeout(look, lull)\n',
      },
      { file: graceful, find: '    server.close()\n    look()\n', replace: '    server.close()\n' },
    ],
    test: 'ends silent connections after a lull, and no others',
  },
  {
    name: 'idle-for-all-the-grace',
    misconception: 'Until the grace is over, a connection may be silent.',
    edit: { file: graceful, find: 'session.endIfIdle(lull)', replace: 'session.endIfIdle(grace)' },
    test: 'ends silent connections after a lull, and no others',
  },
  {
    name: 'first-to-listen',
    misconception: 'The callback that is called says that the server listens.',
    repeats: 'start-waits-for-the-first',
    edit: {
      file: supervisor,
      find: 'const listens = () => --missing === 0 && resolve()',
      replace: 'const listens = () => missing > 0 && resolve()',
    },
    test: 'starts as many workers as it is told to, and waits until all are ready',
  },
  {
    name: 'told-and-rejected',
    misconception: 'When all have been told to stop, the failure can be told.',
    repeats: 'start-fails-before-the-others-ended',
    edit: {
      file: supervisor,
      find: 'void this.stop(0).then(() => reject(error))',
      replace: '{\n        void this.stop(0)\n        reject(error)\n      }',
    },
    test: 'starts all workers or none',
  },
  {
    name: 'present-though-ended',
    misconception: 'Who is present is known: those that were launched.',
    repeats: 'dead-worker-counted',
    edit: {
      file: supervisor,
      find: `    if (!this.present.includes(worker)) return
    this.present = this.present.filter((other) => other !== worker)
`,
      replace: '    if (!this.present.includes(worker)) return\n',
    },
    test: 'replaces a worker that ends',
  },
  {
    name: 'wait-doubled-first',
    misconception: 'An early end doubles the wait.',
    repeats: 'doubles-before-it-waits',
    edit: {
      file: supervisor,
      find: `    setTimeout(() => this.fill(), this.nextWait)
    this.nextWait = Math.min(2 * this.nextWait, this.pace.longest)
`,
      replace: `    this.nextWait = Math.min(2 * this.nextWait, this.pace.longest)
    setTimeout(() => this.fill(), this.nextWait)
`,
    },
    test: 'waits longer each time before it replaces a worker that ended early',
  },
  {
    name: 'killer-at-large',
    misconception: 'To kill what has ended does nothing.',
    repeats: 'ended-worker-killed',
    edit: { file: supervisor, find: '      clearTimeout(killer)\n', replace: '' },
    test: 'kills a worker that does not stop in time',
  },
  {
    name: 'retired-is-gone',
    misconception: 'A worker that is retired has left.',
    repeats: 'stop-settles-at-once',
    edit: {
      file: supervisor,
      find: '      for (const worker of all) this.retire(worker, grace, () => --left === 0 && resolve())\n',
      replace:
        '      for (const worker of all) {\n        this.retire(worker, grace, () => {})\n        if (--left === 0) resolve()\n      }\n',
    },
    test: 'stops all workers, and starts no others',
  },
  {
    name: 'filled-while-closing',
    misconception: 'After a stop nobody is missing, so nothing is filled.',
    edit: {
      file: supervisor,
      find: 'if (this.closing || this.present.length >= this.size) return',
      replace: 'if (this.present.length >= this.size) return',
    },
    test: 'waits longer each time before it replaces a worker that ended early',
  },
]
