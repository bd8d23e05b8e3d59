// Mistakes made where a map tells what each worker is doing.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '09-many-cores/supervisor.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'one-after-another-begun',
    misconception: 'To begin is to add a worker, and to await it.',
    orRightly: {
      name: 'start-leaves-the-others',
      because: 'What fails is thrown past the stop: the others are left, and the hint asks who ends them.',
    },
    edit: {
      file,
      find: 'while (begun.length < this.count) begun.push(this.add())',
      replace: 'while (begun.length < this.count) begun.push(Promise.resolve(await this.add()))',
    },
    test: 'starts all workers or none',
  },
  {
    name: 'failure-dealt-with',
    misconception: 'After a failure all is stopped, and with that it is dealt with.',
    repeats: 'start-failure-swallowed',
    edit: { file, find: '    throw failed.error\n', replace: '' },
    test: 'starts all workers or none',
  },
  {
    name: 'thrown-before-stopped',
    misconception: 'The one who catches the error ends the program.',
    repeats: 'start-leaves-the-others',
    edit: {
      file,
      find: '    await this.stop(0)\n    throw failed.error\n',
      replace: '    throw failed.error\n',
    },
    test: 'starts all workers or none',
  },
  {
    name: 'same-wait-however-often',
    misconception: 'Whoever ends early waits.',
    repeats: 'always-the-same-delay',
    edit: {
      file,
      find: 'Math.min(backOff * 2 ** this.earlyEnds, longest)',
      replace: 'Math.min(backOff, longest)',
    },
    test: 'waits longer each time before it replaces a worker that ended early',
  },
  {
    name: 'count-that-only-rises',
    misconception: 'How many ended early is a count.',
    repeats: 'delay-never-set-back',
    edit: {
      file,
      find: 'this.earlyEnds = isEarly ? this.earlyEnds + 1 : 0',
      replace: 'if (isEarly) this.earlyEnds++',
    },
    test: 'replaces a worker at once that has served for a while',
  },
  {
    name: 'lost-in-any-state',
    misconception: 'A worker that has ended is lost.',
    repeats: 'told-to-stop-counts-as-early',
    edit: {
      file,
      find: "if (state === 'serving') this.lost(",
      replace: 'if (state !== undefined) this.lost(',
    },
    test: 'waits longer each time before it replaces a worker that ended early',
  },
  {
    name: 'dismissed-in-a-row',
    misconception: 'Dismiss one, wait for its end, and dismiss the next.',
    repeats: 'stops-one-after-the-other',
    edit: {
      file,
      find: 'for (const worker of this.states.keys()) void this.dismiss(worker, grace)\n',
      replace: 'for (const worker of this.states.keys()) await this.dismiss(worker, grace)\n',
    },
    test: 'stops all workers, and starts no others',
  },
  {
    name: 'stopped-by-force',
    misconception: 'A worker that is dismissed is killed.',
    repeats: 'kills-instead-of-stopping',
    edit: { file, find: '    worker.stop()\n', replace: '    worker.kill()\n' },
    test: 'stops all workers, and starts no others',
  },
  {
    name: 'watched-once-ready',
    misconception: 'A worker has begun when it is ready.',
    repeats: 'only-ready-workers-replaced',
    edit: {
      file,
      find: 'void worker.exited.then(() => {',
      replace: 'void worker.ready.then(() => worker.exited).then(() => {',
    },
    test: 'replaces a worker that ends',
  },
  {
    name: 'twice-as-many-ends',
    misconception: 'A wait that doubles is the wait times two times the ends.',
    edit: { file, find: 'backOff * 2 ** this.earlyEnds', replace: 'backOff * 2 * this.earlyEnds' },
    test: 'waits longer each time before it replaces a worker that ended early',
  },
  {
    name: 'grace-in-seconds',
    misconception: 'A grace of 10 is ten seconds.',
    orRightly: {
      name: 'deaf-worker-not-killed',
      because: 'For all that anybody sees it waits for ever, and the hint asks how long it waits.',
    },
    edit: { file, find: 'worker.kill(), grace)', replace: 'worker.kill(), grace * 1000)' },
    test: 'kills a worker that does not stop in time',
  },
]
