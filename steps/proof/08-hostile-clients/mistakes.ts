// Plausible wrong servers of step 8. Each is an edit of the reference, and the suite has to catch it.

import type { Mistake } from '#given/proof/mistake.ts'

const file = '08-hostile-clients/deadlines.ts'
const HEAD = 'answers 408 when a head takes too long'
const BODY = 'answers 408 when a body comes too slowly'

export const mistakes: Mistake[] = [
  {
    name: 'time-anew-with-every-byte',
    misconception: 'A client that sends something is alive, so its time begins anew.',
    edit: { file, find: 'this.#readTime -= this.#reading.clear()', replace: 'this.#reading.clear()' },
    test: HEAD,
    seen: 'after 200 ms the head was not there: 408 is to be expected.\nNothing came back',
    looksLike: 'a server whose time limit begins anew with every byte',
    hint: 'A client sends one byte whenever your alarm is about to ring. What has to be less after each wait, so that this comes to an end?',
  },
  {
    name: 'slow-head-cut-off',
    misconception: 'Who is too slow is an attacker, and attackers are cut off.',
    edit: {
      file,
      find: "this.#connection.giveUp(this.#phase === 'idle' ? undefined : tooSlow(this.#phase))",
      replace: "if (this.#phase === 'idle') this.#connection.giveUp()\n    else this.#connection.destroy()",
    },
    test: HEAD,
    seen: 'Your server closed the connection without an answer.',
    looksLike: 'a server that cuts a slow client off instead of telling it that it was too slow',
    hint: 'The client may be honest, on a bad line. Which status tells it what went wrong? Look at what `giveUp` of the connection does with an error.',
  },
  {
    name: 'slow-head-taken-for-an-end',
    misconception: 'A client that is too slow has nothing more to say, so its connection is just ended.',
    edit: {
      file,
      find: "this.#connection.giveUp(this.#phase === 'idle' ? undefined : tooSlow(this.#phase))",
      replace: "this.#connection.giveUp(this.#phase === 'body' ? tooSlow(this.#phase) : undefined)",
    },
    test: HEAD,
    seen: 'The status should be 408; it is 400.',
    looksLike: 'a server that treats a client which is too slow as one that has finished sending',
    hint: '`giveUp` without an error says that nothing more will come, so the head breaks off. In which phases is there a request that deserves a better answer?',
  },
  {
    name: 'idle-until-the-head-is-whole',
    misconception: 'A connection is idle until a whole request has come.',
    edit: { file, find: "    if (this.#phase === 'idle') this.expectHead(true)\n", replace: '' },
    test: HEAD,
    seen: 'The head was begun, and not there after 200 ms: 408 is to be expected.\nNothing came back',
    looksLike: 'a server that does not notice that a request has begun',
    hint: 'A new connection is in the phase `idle`. What ends that phase, and where in `more` do you see it happen?',
  },
  {
    name: 'idle-wait-taken-off-the-head',
    misconception: 'What the waiting took can be subtracted at any place of `more`.',
    edit: {
      file,
      find: `    this.#readTime -= this.#reading.clear()
    if (bytes === null) return null
    if (this.#phase === 'idle') this.expectHead(true)
`,
      replace: `    if (bytes === null) return null
    if (this.#phase === 'idle') this.expectHead(true)
    this.#readTime -= this.#reading.clear()
`,
    },
    test: HEAD,
    seen: 'It has 200 ms from its first byte.',
    looksLike: 'a server that takes the time before the first byte off the time for the head',
    hint: '`expectHead(true)` sets `#readTime` anew. From which `#readTime` is the waiting that has just ended to be subtracted: the old one or the new one?',
  },
  {
    name: 'one-clock-for-all',
    misconception: 'How long is left can stand in a variable, since only one client is served at a time.',
    edit: [
      { file, find: 'export class Deadlines', replace: 'let left = 0\n\nexport class Deadlines' },
      {
        file,
        find: '  #readTime = 0\n',
        replace:
          '  get #readTime(): number {\n    return left\n  }\n  set #readTime(ms: number) {\n    left = ms\n  }\n',
      },
    ],
    test: HEAD,
    seen: 'although another client asked for pages meanwhile.',
    looksLike: 'a server whose connections share one clock',
    hint: 'Several clients are served at the same time. Does each of them have its own `#readTime`, in a field of its `Deadlines`?',
  },
  {
    name: 'idle-answered-with-408',
    misconception: 'A client that keeps its connection open and is too slow gets a 408, as any other.',
    edit: {
      file,
      find: "this.#phase === 'idle' ? undefined : tooSlow(this.#phase)",
      replace: 'tooSlow(this.#phase)',
    },
    test: 'ends an idle connection without a word',
    seen: 'Nobody was owed an answer, and bytes came.',
    looksLike: 'a server that answers a request that was never sent',
    hint: 'Which request would that 408 be the answer to? What will a client take it for that is just sending one?',
  },
  {
    name: 'rate-for-each-ms',
    misconception: 'Bytes divided by a rate are a time.',
    edit: { file, find: '(bytes / transferRate) * 1000', replace: 'bytes / transferRate' },
    test: BODY,
    seen: /over 200 ms, but it comes at 3,500 bytes a second[^]*a × (?:[2-9]\d\d|1,000)/,
    looksLike: 'a server in which the bytes of a body earn no time, or hardly any',
    hint: 'A large body needs longer than a small one. In which unit is `transferRate`, and in which is `#readTime`?',
  },
  {
    name: 'body-time-anew-with-every-byte',
    misconception: 'A body that comes on has all its time again.',
    edit: {
      file,
      find: "if (this.#phase === 'body') this.#readTime = this.#withEarned(this.#readTime, bytes.length)",
      replace: "if (this.#phase === 'body') this.#readTime = this.#limits.transferTime",
    },
    test: BODY,
    seen: 'A body came at 25 bytes a second',
    looksLike: 'a server that gives a body all its time again whenever some of it comes',
    hint: 'Is a single byte worth as much as a thousand of them? Each earns the time that it takes at `transferRate`.',
  },
  {
    name: 'head-earns-time',
    misconception: 'Bytes are bytes: those of a head earn time, too.',
    edit: { file, find: "if (this.#phase === 'body') this", replace: 'this' },
    test: BODY,
    seen: 'Bytes earn time in a body alone.',
    looksLike: 'a server in which the bytes of a head earn time as well',
    hint: 'A head is small, and has a time of its own, which no byte makes longer. In which phase does the rate count?',
  },
  {
    name: 'body-without-deadline',
    misconception: 'When the head is there the client has shown that it means well.',
    edit: {
      file,
      find: 'this.#reading.set(this.#readTime)',
      replace: "if (this.#phase !== 'body') this.#reading.set(this.#readTime)",
    },
    test: BODY,
    seen: 'The rest of a body did not come',
    looksLike: 'a server that waits for a body for ever',
    hint: 'Which wait of `more` has no alarm set? The next bytes of a body may never come, either.',
  },
  {
    name: 'write-without-deadline',
    misconception: 'A client that has asked for a page will read it.',
    edit: {
      file,
      find: '    this.#writing.set(this.#withEarned(this.#limits.transferTime, bytes))\n',
      replace: '',
    },
    test: 'cuts off a client that takes nothing',
    seen: 'Your server had not cut the connection off after 1 s.',
    looksLike: 'a server that waits for ever until a client takes its page',
    hint: 'What does a client cost that asks for a page and never reads? Set the alarm `#writing` for as long as `write` of the connection keeps you waiting.',
  },
  {
    name: 'write-alarm-left-set',
    misconception: 'An alarm is of no more interest when the wait is over.',
    edit: { file, find: '    await rest\n    this.#writing.clear()\n', replace: '    await rest\n' },
    test: 'cuts off a client that takes nothing',
    seen: 'although in between nobody had to wait for it.',
    looksLike: 'a server whose alarm for writing rings although nothing is waited for any more',
    hint: 'An alarm that has been set rings, unless somebody clears it. When is the waiting for the client over?',
  },
  {
    name: 'promise-for-a-turn',
    misconception: 'Whoever awaits lets the others go on.',
    edit: {
      file: '08-hostile-clients/turn.ts',
      find: 'await setImmediate()',
      replace: 'await Promise.resolve()',
    },
    test: 'gives each client its turn',
    seen: 'It should not have had to wait for so many of the others.',
    looksLike: 'a server that waits for a promise only, and never lets the event loop go round',
    hint: 'A promise that is settled goes on before any socket is looked at, and so does `process.nextTick`. What of Node comes after the sockets?',
  },
  {
    name: 'deadline-runs-while-the-application-thinks',
    misconception: 'A request has so much time, from its head to the end of its body.',
    edit: [
      {
        file,
        find: 'this.#reading.set(this.#readTime)',
        replace: 'this.#reading.set(this.#readTime - (performance.now() - this.#began))',
      },
      {
        file,
        find: "    this.#phase = isBegun ? 'head' : 'idle'\n",
        replace: "    this.#phase = isBegun ? 'head' : 'idle'\n    this.#began = performance.now()\n",
      },
      { file, find: '  #readTime = 0\n', replace: '  #readTime = 0\n  #began = 0\n' },
      {
        file,
        find: '    this.#readTime -= this.#reading.clear()\n',
        replace: '    this.#reading.clear()\n',
      },
    ],
    test: "counts no time but the client's",
    seen: 'It was the application that took 200 ms',
    looksLike: 'a server that counts the time of the application as if it were the client that is slow',
    hint: 'Who is waited for while the application thinks? Only what passes between `set` and `clear` is the time of the client.',
  },
  {
    name: 'alarm-left-set-while-thinking',
    misconception: 'The alarm need not be cleared: the next wait sets it anew.',
    edit: [
      {
        file,
        find: '    this.#reading.set(this.#readTime)\n',
        replace: '    const began = performance.now()\n    this.#reading.set(this.#readTime)\n',
      },
      { file, find: 'this.#reading.clear()', replace: 'performance.now() - began' },
    ],
    test: "counts no time but the client's",
    seen: 'so no alarm may ring.',
    looksLike: 'a server whose alarm for reading rings although nothing is being read',
    hint: 'An alarm that has been set rings, unless somebody clears it. When is the waiting over?',
  },
  {
    name: 'earned-time-is-saved-up',
    misconception: 'What bytes have earned belongs to the client.',
    edit: { file, find: 'Math.min(ms, transferTime)', replace: 'ms' },
    test: 'sells no silence for a fast beginning',
    seen: 'that must not allow for 8 seconds of silence',
    looksLike: 'a server in which a fast beginning buys a long silence',
    hint: 'What may be left of the time before new bytes earn theirs? Somebody sends a gigabyte at full speed, and then nothing.',
  },
  {
    name: 'cut-down-after-earning',
    misconception: 'Nobody may ever have more time than transferTime.',
    edit: {
      file,
      find: 'Math.min(ms, transferTime) + (bytes / transferRate) * 1000',
      replace: 'Math.min(ms + (bytes / transferRate) * 1000, transferTime)',
    },
    test: 'sells no silence for a fast beginning',
    seen: 'This body comes in lumps of 300 bytes',
    looksLike: 'a server that cuts down what the new bytes have just earned',
    hint: 'What is cut down: the time that was left before these bytes came, or what they have earned? Look at the order.',
  },
  {
    name: 'one-deadline-for-a-large-page',
    misconception: 'One write is one wait, however large it is.',
    edit: { file, find: 'this.#waiting > 0 || bytes.length > PIECE', replace: 'this.#waiting > 0' },
    test: 'cuts off a client that takes a little now and then',
    seen: 'A client asked for /at-once, 24 MB',
    looksLike: 'a server that sends a large page in one go, and hears of it only when all of it is taken',
    hint: 'A page of 24 MB earns 24 times as long as one of a megabyte. After how much of it can you know whether the client takes it?',
  },
  {
    name: 'pieces-earn-nothing',
    misconception: 'The time for an answer is transferTime.',
    edit: {
      file,
      find: 'this.#withEarned(this.#limits.transferTime, bytes)',
      replace: 'this.#limits.transferTime',
    },
    test: 'lets a steady client take as long as its page needs',
    seen: 'it would have had far\nmore time for them.',
    looksLike: 'a server that gives a large answer no more time than a small one',
    hint: 'A client that reads steadily, at the rate that is wanted: how long does a piece of `PIECE` bytes take it?',
  },
  {
    name: 'pieces-overtake',
    misconception: 'Whoever writes twice waits for the first write before the second.',
    edit: {
      file,
      find: 'this.#written = this.#written.then(write).finally(() => this.#waiting--)',
      replace: 'this.#written = write().finally(() => this.#waiting--)',
    },
    test: 'keeps what an application writes in order',
    seen: 'The application called write() four times',
    looksLike: 'a server in which one write overtakes another that is sent in pieces',
    hint: 'While the second piece of the first write waits for the client, the application writes again. What keeps those bytes back?',
  },
  {
    name: 'large-writes-not-awaited',
    misconception: 'The pieces are on their way; whoever wrote them need not wait.',
    edit: {
      file,
      find: 'if (this.#waiting > 0 || bytes.length > PIECE) return this.#queue(() => this.#writeInPieces(bytes))',
      replace:
        'if (this.#waiting > 0 || bytes.length > PIECE) {\n      void this.#queue(() => this.#writeInPieces(bytes))\n      return undefined\n    }',
    },
    test: 'ends no connection before all pieces of the last page have gone',
    seen: 'All of them have to go before the connection ends.',
    looksLike: 'a server whose `write` does not say when its pieces have been taken',
    hint: 'What does `write` give back, and to whom? The answer is finished, and the connection perhaps ended, when that has settled.',
  },
  {
    name: 'race-with-a-timer',
    misconception: 'The promise that loses a race is gone, and its timer with it.',
    edit: [
      {
        file,
        find: 'import { Alarm } from',
        replace: "import { setTimeout as after } from 'node:timers/promises'\nimport { Alarm } from",
      },
      {
        file,
        find: `    this.#reading.set(this.#readTime)
    const bytes = await this.#connection.read()
    this.#readTime -= this.#reading.clear()
`,
        replace: `    const began = performance.now()
    let bytes = await Promise.race([this.#connection.read(), after(this.#readTime, 'late' as const)])
    if (bytes === 'late') {
      this.#giveUp()
      bytes = await this.#connection.read()
    }
    this.#readTime -= performance.now() - began
`,
      },
    ],
    test: 'leaves no timer running',
    seen: 'Timers beyond those of the beginning',
    looksLike: 'a server that leaves a timer behind for each wait that went well',
    hint: 'A timer runs on until it is cleared, whoever has won the race. Does anything in your code clear it?',
  },
]
