// Mistakes made with timers that are set and cleared for each wait.

import type { ForeignMistake } from '#given/proof/mistake.ts'

const file = '08-hostile-clients/deadlines.ts'
const turn = '08-hostile-clients/turn.ts'

export const mistakes: ForeignMistake[] = [
  {
    name: 'timer-set-anew',
    misconception: 'Each read sets the timer, so the one before is gone.',
    repeats: 'alarm-left-set-while-thinking',
    edit: { file, find: '      .finally(() => clearTimeout(this.readTimer))\n', replace: '' },
    test: 'answers 408 when a body comes too slowly',
  },
  {
    name: 'timer-of-a-lump-left',
    misconception: 'When a lump has gone, its timer has nothing to do any more.',
    repeats: 'write-alarm-left-set',
    edit: {
      file,
      find: '    await this.connection.write(lump)\n    clearTimeout(this.writeTimer)\n',
      replace: '    await this.connection.write(lump)\n',
    },
    test: 'cuts off a client that takes nothing',
  },
  {
    name: 'too-slow-whatever-is-awaited',
    misconception: 'A client that loses hears why.',
    repeats: 'idle-answered-with-408',
    edit: {
      file,
      find: "    if (this.awaited === 'nothing') return this.connection.giveUp()\n",
      replace: '',
    },
    test: 'ends an idle connection without a word',
  },
  {
    name: 'nothing-until-told',
    misconception: 'What is awaited changes when `expectHead` or `headIsOver` says so.',
    repeats: 'idle-until-the-head-is-whole',
    edit: {
      file,
      find: "    if (this.awaited === 'nothing') this.expectHead(true)\n    else if (this.awaited === 'head')",
      replace: "    if (this.awaited !== 'body')",
    },
    test: 'answers 408 when a head takes too long',
  },
  {
    name: 'full-credit-for-bytes',
    misconception: 'Whoever brings bytes has full credit again.',
    repeats: 'body-time-anew-with-every-byte',
    edit: {
      file,
      find: 'else this.credit = left + this.worth(bytes.length)',
      replace: 'else this.credit = this.limits.transferTime',
    },
    test: 'answers 408 when a body comes too slowly',
  },
  {
    name: 'credit-of-the-head',
    misconception: 'The credit is that of a request, head and body.',
    edit: { file, find: '    this.credit = this.limits.transferTime\n', replace: '' },
    test: 'waits only so long for a body it has asked for',
  },
  {
    name: 'infinite-credit',
    misconception: 'A timer of Infinity never rings.',
    edit: {
      file,
      find: '    this.credit = this.limits.transferTime\n',
      replace: '    this.credit = Infinity\n',
    },
    test: 'answers 408 when a body comes too slowly',
  },
  {
    name: 'credit-without-a-bound',
    misconception: 'Credit that was earned is kept.',
    repeats: 'earned-time-is-saved-up',
    edit: {
      file,
      find: 'const left = Math.min(this.credit - waited, this.limits.transferTime)',
      replace: 'const left = this.credit - waited',
    },
    test: 'sells no silence for a fast beginning',
  },
  {
    name: 'one-lump',
    misconception: 'A timer is set for a write, as long as its bytes are worth.',
    repeats: 'one-deadline-for-a-large-page',
    edit: { file, find: 'const LUMP = 262_144', replace: 'const LUMP = Number.MAX_SAFE_INTEGER' },
    test: 'cuts off a client that takes a little now and then',
  },
  {
    name: 'turn-of-microtasks',
    misconception: 'What is queued comes after everybody else.',
    repeats: 'promise-for-a-turn',
    edit: { file: turn, find: 'setImmediate(resolve)', replace: 'queueMicrotask(resolve)' },
    test: 'gives each client its turn',
  },
]
