// Step 9: many cores. A server that stops without losing a request, and that is several processes.
// The workers that the supervisor looks after are made up (made-up-workers.ts); only the last core test has real ones.

import { Supervisor, type Pace } from '#server/09-many-cores/supervisor.ts'
import { answerOn, asks, endsHere, get, goesOn, saysAndCloses } from '#given/07-keep-alive/expectations.ts'
import { Failure, gives } from '#given/kit/failure/failure.ts'
import { suite } from '#given/kit/suite.ts'
import { Call, MadeUpWorkers, turns } from './made-up-workers.ts'
import {
  haveEnded,
  isKept,
  isNotOver,
  isOver,
  leavesNoTimer,
  processesThatAnswer,
  takesNobodyNew,
} from './expectations.ts'

const { core, strict } = suite(9)
const close = { see: 'RFC 9112, section 9.6' }
const processes = { see: 'Node: Cluster, "How it works"' }

/** ms that a stop may take when the deadline is not what a test is about. */
const AMPLE = 8000
/** ms after which a connection that keeps silent is ended. */
const LULL = 400
/** Whoever ends is replaced almost at once. */
const QUICK = { early: 5000, backOff: 1, longest: 1 }

core('answers what was asked before it stops', { see: 'Node: server.close' }, async ({ launch }) => {
  const server = await launch({ application: 'waits' })
  const [client, other] = [await server.connect(), await server.connect()]
  await client.send(get('/slow'))
  await server.prints('asked for /slow')
  await server.notices()
  await server.begin('stop', AMPLE)
  await takesNobodyNew(server)
  const unanswered = 'A client had asked for a page, and had not got it yet.'
  await server.notices()
  isKept(client, unanswered)
  await isNotOver(server, unanswered)
  const why = 'Its client was connected before the stop began.'
  await asks(other, get('/go'), { status: 200, body: 'This is /go.\n', why })
  await answerOn(client, {
    status: 200,
    body: 'This is /slow.\n',
    why: 'The client had asked before the stop.',
  })
  client.leave()
  other.leave()
  await isOver(server, 'Every client had its answer, and has left.')
})

const last = 'tells each client with its last answer that the connection closes'
core(last, close, async ({ launch }) => {
  const server = await launch({ application: 'waits' })
  const [waiting, client] = [await server.connect(), await server.connect()]
  await waiting.send(get('/slow'))
  await server.prints('asked for /slow')
  goesOn(await asks(client, get('/before'), { status: 200 }), 'Nobody is stopping the server yet.')
  await server.begin('stop', AMPLE)
  const why = 'The server is stopping: it should take no other request on this connection.'
  await saysAndCloses(client, await asks(client, get('/go'), { status: 200, body: 'This is /go.\n' }), why)
  await saysAndCloses(waiting, await answerOn(waiting, { status: 200, body: 'This is /slow.\n' }), why)
  for (const one of [client, waiting]) one.leave()
  await isOver(server, 'Each connection had its last answer.')
})

const three = 'new Supervisor(fork, 3)'
const begins = 'starts as many workers as it is told to, and waits until all are ready'
core(begins, processes, async () => {
  const crew = new MadeUpWorkers()
  const starting = new Call(`${three}.start()`, new Supervisor(crew.fork, 3).start())
  for (const number of [1, 2, 3]) {
    const worker = await crew.worker(number, `${three}.start()`)
    await starting.isPending(`Worker ${number} is not ready yet.`)
    worker.listens()
  }
  await turns()
  gives(`How many workers ${three} has forked`, crew.workers.length, 3)
  await starting.succeeds('All three are ready.')
})

core('replaces a worker that ends', processes, async () => {
  const { crew } = await supervisorOf(2)
  const why = 'There should be 2 workers, and one of them has ended.'
  crew.workers[0]?.ends()
  const third = await crew.worker(3, why)
  third.listens()
  await turns()
  third.ends()
  const fourth = await crew.worker(4, why)
  fourth.ends()
  const never = 'The fourth worker has ended, and had never been ready. It should be replaced like any other.'
  ;(await crew.worker(5, never)).listens()
  await turns()
  gives('What the worker was told that has not ended', crew.workers[1]?.told, [])
  gives('How many workers were forked, when 3 of them have ended', crew.workers.length, 5)
})

core('stops all workers, and starts no others', processes, async () => {
  const { crew, supervisor } = await supervisorOf(3)
  const stopping = new Call(`stop(${AMPLE})`, supervisor.stop(AMPLE))
  const why = `stop(${AMPLE}) was called, and no worker has ended yet.`
  for (const worker of crew.workers) await crew.isTold(worker, 'stop', why)
  for (const [index, worker] of crew.workers.entries()) {
    await stopping.isPending(`${3 - index} of the 3 workers have not ended yet.`)
    worker.ends()
  }
  await stopping.succeeds('All workers have ended.')
  await turns()
  gives('How many workers were forked in all', crew.workers.length, 3)
  const told = crew.workers.map((worker) => worker.told)
  gives('What the workers were told', told, [['stop'], ['stop'], ['stop']])
})

core("serves Node's own client from two processes", { ...processes, timeout: 30_000 }, async ({ launch }) => {
  const server = await launch({ in: 'process', workers: 2 })
  const pids = await processesThatAnswer(server, 2)
  await server.begin('stop', AMPLE)
  await haveEnded(server, pids)
})

strict('ends silent connections after a lull, and no others', close, async ({ launch }) => {
  const server = await launch({ application: 'waits' })
  const [waiting, halfway, sending] = [await server.connect(), await server.connect(), await server.connect()]
  const [silent, late] = [await server.connect(), await server.connect()]
  await waiting.send(get('/slow'))
  await halfway.send(get('/halfway'))
  const [firstHalf, secondHalf] = ['GET /go HTTP/1.1\r\nHo', 'st: 127.0.0.1\r\n\r\n']
  await sending.send(firstHalf)
  await halfway.until(() => halfway.received.includes('This'))
  const silence = performance.now()
  for (const client of [silent, late]) await asks(client, get('/before'), { status: 200 })

  const stop = `stop(${AMPLE}, ${LULL})`
  await server.begin('stop', AMPLE, LULL)
  const soon = `This request came right after ${stop} began. It may have been on its way: the lull is ${LULL} ms.`
  await asks(late, get('/late'), { status: 200, body: 'This is /late.\n', why: soon })
  late.leave()
  await endsHere(silent, `${stop}: nothing has come over this connection for longer than ${LULL} ms.`)
  const lull = Math.round(performance.now() - silence)
  if (lull < LULL)
    throw new Failure(
      `${stop}: a connection was ended after a silence of no more than ${lull} ms. The lull is ${LULL}.`,
    )

  const half = `Half of this request was there when ${stop} began. The other half came after the lull.`
  await asks(sending, secondHalf, { status: 200, body: 'This is /go.\n', why: half })
  const owed = `${stop} began before this answer did. That its client has nothing to say is no reason to go.`
  await answerOn(waiting, { status: 200, body: 'This is /slow.\n', why: owed })
  await answerOn(halfway, { status: 200, body: 'This is /halfway.\n', why: owed })
  await endsHere(halfway, `${stop}: the head of the answer was sent before, so that the client may go on.`)
})

strict('stops by force when the time is over, and leaves no timer', close, async ({ launch }) => {
  const [server, other] = [await launch({ application: 'waits' }), await launch({ application: 'waits' })]
  const timers = async () => Number((await other.ask(get('/timers'))).body)
  const before = await timers()
  const idle = await launch({ application: 'waits' })
  await idle.begin('stop', AMPLE)
  await isOver(idle, `stop(${AMPLE}): the server has no client.`)
  await leavesNoTimer(timers, before)

  const [waiting, lingering] = [await server.connect(), await server.connect()]
  await waiting.send(get('/slow'))
  await server.prints('asked for /slow')
  await asks(lingering, get('/', 'Connection: close'), { status: 200 })
  try {
    await server.begin('stop', 100)
    const why = 'One client still waits for its answer after 100 ms, another has it and does not leave.'
    await isOver(server, `It was stop(100). ${why}`)
    await waiting.isCut(
      'stop(100) has settled. This client waits for an answer that did not come within 100 ms.',
    )
    await leavesNoTimer(timers, before)
  } finally {
    await other.ask(get('/go'))
  }
})

const patience = 'waits longer each time before it replaces a worker that ended early'
strict(patience, { see: 'supervisor.ts: Pace' }, async () => {
  const pace = { early: 5000, backOff: 40, longest: 640 }
  const { crew } = await supervisorOf(1, pace)
  const long = { early: 5000, backOff: 500, longest: 5000 }
  const first = await endsEarly(await supervisorOf(1, long))
  const slow = { ...long, backOff: 300 }
  const told = 'Before, reload() had told one to stop, and that is not an early end. '
  const renewed = replacesAfter((await renewedOf(1, slow)).crew, slow, [300, 600], told)
  // It goes on beside the others, and is heard at the end.
  renewed.catch(() => {})
  const stopped = await supervisorOf(1, pace)
  stopped.crew.workers[0]?.ends()
  const ended = performance.now()
  await turns()
  const [, again = Infinity] = stopped.crew.times
  if (again - ended < pace.backOff - 1)
    throw new Failure(
      `A worker that ended early was replaced at once; ${pace.backOff} ms were to pass (pace.backOff).`,
    )
  await new Call('stop()', stopped.supervisor.stop(AMPLE)).succeeds('The only worker has ended.')
  await replacesAfter(crew, pace, [40, 80, 160])
  const bounded = { ...pace, longest: 80 }
  await replacesAfter((await supervisorOf(1, bounded)).crew, bounded, [40, 80, 80, 80, 80, 80])
  // By now it would have been replaced.
  gives('How many workers were forked of which one ended just before stop()', stopped.crew.workers.length, 1)
  await first(`Pace: ${JSON.stringify(long)}. This was the first worker that ended early.`)
  await renewed
})

strict('replaces a worker at once that has served for a while', { see: 'supervisor.ts: Pace' }, async () => {
  const pace = { early: 200, backOff: 40, longest: 5000 }
  const { crew } = await supervisorOf(2, pace)
  const [veteran] = crew.workers
  // Meanwhile the other one gets old, and the delay long.
  await replacesAfter(crew, pace, [40, 80, 160, 320])
  veteran?.ends()
  const ended = performance.now()
  const why = `Pace: ${JSON.stringify(pace)}. A worker ended that had been there for ${Math.round(ended - (crew.times[0] ?? 0))} ms.`
  await crew.worker(crew.workers.length + 1, why)
  const ms = Math.round((crew.times.at(-1) ?? 0) - ended)
  if (ms > SLACK) throw new Failure(`${why}\nIt was replaced after ${ms} ms. That should be at once.`)
  await replacesAfter(crew, pace, [40], 'The one before it had not ended early. ')
})

strict('starts all workers or none', processes, async () => {
  const crew = new MadeUpWorkers()
  const starting = new Call(`${three}.start()`, new Supervisor(crew.fork, 3, QUICK).start())
  await crew.listen(2)
  const error = new Error('There is no module nosuch.')
  ;(await crew.worker(3, `${three}.start()`)).ends(error)
  for (const worker of crew.workers.slice(0, 2)) {
    await crew.isTold(worker, 'stop', `${three}.start(): the third worker could not start.`)
    await starting.isPending('The third worker could not start, and the others have not ended yet.')
    worker.ends()
  }
  const thrown = await starting.settles('The third worker could not start, and the others have ended.')
  gives(`What ${three}.start() throws`, String(thrown), String(error))
  await turns()
  gives('How many workers were forked in all', crew.workers.length, 3)
})

strict('kills a worker that does not stop in time', processes, async () => {
  const { crew, supervisor } = await supervisorOf(2)
  const obedient = await crew.worker(1, 'start()')
  const deaf = await crew.worker(2, 'start()')
  const stopping = new Call('stop(50)', supervisor.stop(50))
  await crew.isTold(obedient, 'stop', 'stop(50)')
  obedient.ends()
  await crew.isTold(deaf, 'kill', 'stop(50): this worker was told to stop, and has not ended.')
  await stopping.isPending('The worker that was killed has not ended yet.')
  deaf.ends()
  await stopping.succeeds('All workers have ended.')
  gives('What the worker was told that ended in time', obedient.told, ['stop'])
  gives('What the other was told', deaf.told, ['stop', 'kill'])
})

strict('replaces its workers one by one when it is told to reload', processes, async () => {
  const { crew, supervisor } = await supervisorOf(2)
  const reloading = new Call('reload()', supervisor.reload(AMPLE))
  for (const number of [1, 2]) {
    const old = await crew.worker(number, 'start()')
    const successor = await crew.worker(number + 2, 'reload()')
    await turns()
    gives(`What worker ${number} was told before its successor was ready`, old.told, [])
    successor.listens()
    await crew.isTold(old, 'stop', 'reload(): its successor is ready.')
  }
  await reloading.succeeds('Each worker has a successor, which is ready.')
  const [first, second, third, fourth] = crew.workers
  first?.ends()
  await turns()
  gives('How many workers were forked in all, when an old one has ended', crew.workers.length, 4)
  const stopping = new Call('stop()', supervisor.stop(AMPLE))
  for (const worker of [third, fourth]) worker?.ends()
  await stopping.isPending(
    'A worker that reload() told to stop has not ended yet: it still answers a client.',
  )
  second?.ends()
  await stopping.succeeds('All workers have ended.')

  const other = await supervisorOf(2)
  const again = new Call('reload()', other.supervisor.reload(AMPLE))
  await other.crew.worker(3, 'reload()')
  for (const worker of other.crew.workers.slice(0, 2)) worker.ends()
  await other.crew.worker(4, 'Both old workers ended while reload() waited for the first of the new ones.')
  for (const worker of other.crew.workers.slice(2)) worker.listens()
  await again.succeeds(
    'Both old workers ended meanwhile, and there are two new ones: nothing is left to be done.',
  )
  gives('How many workers were forked by then', other.crew.workers.length, 4)

  const one = await supervisorOf(2, { early: 0, backOff: 1, longest: 1 })
  const renewing = new Call('reload()', one.supervisor.reload(AMPLE))
  const successor = await one.crew.worker(3, 'reload()')
  one.crew.workers[1]?.ends()
  await turns()
  // Timers of one length fire in their order: the one that replaces it has, if there is one.
  await new Promise((resolve) => setTimeout(resolve, 1))
  successor.listens()
  const why =
    'An old worker ended while reload() waited for the successor of another. Now it has to be replaced, too.'
  ;(await one.crew.worker(4, why)).listens()
  await renewing.succeeds('There are two new workers.')
})

strict('goes on with the old workers when a new one cannot start', processes, async () => {
  const { crew, supervisor } = await supervisorOf(2)
  const reloading = new Call('reload()', supervisor.reload(AMPLE))
  const error = new Error('Syntax error')
  ;(await crew.worker(3, 'reload()')).ends(error)
  const thrown = await reloading.settles('The new worker has ended.')
  gives('What reload() throws', String(thrown), String(error))
  crew.workers[0]?.ends()
  ;(await crew.worker(4, 'There should be 2 workers, and only one is left.')).listens()
  await turns()
  gives('How many workers were forked in all', crew.workers.length, 4)
  gives('What the worker was told that has not ended', crew.workers[1]?.told, [])
})

/** ms that a timer may be late. */
const SLACK = 400

/** Lets the youngest worker end as soon as it has begun, then its successor, and so on: `waits` is what each waits. */
async function replacesAfter(crew: MadeUpWorkers, pace: object, waits: number[], before = ''): Promise<void> {
  const why = `Pace: ${JSON.stringify(pace)}. ${before}Each worker ended as soon as it had begun.`
  const expected = `Before the next one was forked, ${waits.join(', ')} ms should have passed`
  const gaps: number[] = []
  let isWrong = false
  for (const wait of waits) {
    const ended = performance.now()
    crew.workers.at(-1)?.listens()
    crew.workers.at(-1)?.ends()
    await crew.worker(crew.workers.length + 1, `${why}\n${expected}.`)
    const gap = (crew.times.at(-1) ?? 0) - ended
    gaps.push(Math.round(gap))
    // A timer may be early by a fraction of a ms.
    isWrong ||= gap < wait - 1 || gap > wait + SLACK
    // Of one alone nobody could say whether they grow.
    if (isWrong && gaps.length >= Math.min(2, waits.length))
      throw new Failure(`${why}\n${expected}; it was ${gaps.join(', ')}.`)
  }
}

interface Supervised {
  crew: MadeUpWorkers
  supervisor: Supervisor
}

/** Lets the only worker end, of a kind that is replaced after 500 ms. Gives what fails if that is not so. */
async function endsEarly({ crew }: Supervised): Promise<(why: string) => Promise<void>> {
  const { length } = crew.workers
  crew.workers.at(-1)?.ends()
  const ended = performance.now()
  return async (why) => {
    await crew.worker(length + 1, why)
    const ms = Math.round((crew.times[length] ?? 0) - ended)
    if (ms < 499 || ms > 500 + SLACK)
      throw new Failure(`${why}\nIt should be replaced after 500 ms (pace.backOff); it was after ${ms}.`)
  }
}

/** A supervisor whose workers are the successors of others, which have ended. */
async function renewedOf(count: number, pace: Pace): Promise<Supervised> {
  const { crew, supervisor } = await supervisorOf(count, pace)
  const reloading = new Call('reload()', supervisor.reload(AMPLE))
  for (let number = 1; number <= count; number++) (await crew.worker(count + number, 'reload()')).listens()
  await reloading.succeeds('Each worker has a successor, which is ready.')
  for (const old of crew.workers.slice(0, count)) old.ends()
  await turns()
  return { crew, supervisor }
}

/** A supervisor that has been started, and whose workers are all ready. */
async function supervisorOf(count: number, pace = QUICK): Promise<Supervised> {
  const crew = new MadeUpWorkers()
  const supervisor = new Supervisor(crew.fork, count, pace)
  const starting = new Call('start()', supervisor.start())
  // What start() throws tells more than that nobody was forked.
  await Promise.race([
    crew.listen(count),
    starting.succeeds('Its workers listen as soon as they are forked.'),
  ])
  await starting.succeeds('All workers are ready.')
  return { crew, supervisor }
}
