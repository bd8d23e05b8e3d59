// npm run say 3 "GET /hello HTTP/1.1" [raw] [slowly] [finish] [solution] [app=name] [port=8888]: starts the server of a
// step, sends it this, and shows every byte both ways. `finish` ends the client's half after that; `app` is an application
// of the step's suite, for a failure to be repeated, or from step 5 on any: app=flaskapp:app. With `port` no server is
// started: the bytes go to the one that listens there.
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { defuse, showByte } from '#given/kit/failure/bytes.ts'
import { Host } from '#given/kit/host/host.ts'
import { REST_OF_HEAD, unescapeBytes } from '#given/kit/failure/say-line.ts'
import { applicationFor } from './lib/application.ts'
import { learnersTree, theStep, treePath } from './lib/catalogue.ts'
import { portFault, portFrom } from './lib/machine/port.ts'
import { indent } from './lib/ink.ts'
import { explainFailure } from './lib/suites/failure-text.ts'
import { refuseMissingFiles } from './lib/trees/missing-files.ts'
import { parseWords, Refusal, Usage, type Spec } from './lib/words.ts'

const SPEC: Spec = {
  command: 'say',
  step: 'required',
  words: ['raw', 'slowly', 'finish', 'solution'],
  keys: ['app', 'port'],
  rest: true,
}
/** How long, in ms, we wait for a server that says nothing. */
const PATIENCE = 1000
/** How long, in ms, we listen to one that does not stop talking, and how many bytes of it we show. */
const ATTENTION = 10_000
const SHOWN = 20_000
/** The first step whose server speaks HTTP. */
const FIRST_WITH_HEADS = 2

type Plan = Awaited<ReturnType<typeof planFrom>>

export async function main(args: string[]): Promise<number> {
  const plan = await planFrom(args)
  if (plan.port !== undefined) {
    if ((await portFault(plan.port)) === undefined)
      throw new Refusal(`No server listens on port ${plan.port}: start one, or leave port= out.`)
    await converse(plan.port, plan)
    return 0
  }
  const host = new Host('thread')
  const troubles: Error[] = []
  host.on('trouble', (error) => troubles.push(error))
  try {
    await converse(await start(host, plan), plan, host)
    // Its answer comes after everything else that the server's thread has to report.
    await host.ask('ping')
  } catch (error) {
    troubles.push(error instanceof Error ? error : new Error(String(error)))
  }
  if (host.output !== '') console.log(`\nThe server printed\n${indent(defuse(host.output).trimEnd())}`)
  await host.end()
  if (troubles.length > 0) console.error(`\n${explainTroubles(troubles, plan.tree)}`)
  return troubles.length > 0 ? 1 : 0
}

async function start(host: Host, { tree, step, application }: Plan): Promise<number> {
  const server = join(tree, step.folder, 'server.ts')
  const reply = await host.ask('start', { server, host: '127.0.0.1', port: 0, application })
  if (reply instanceof Object && 'port' in reply && typeof reply.port === 'number') return reply.port
  throw new Refusal(
    `startServer() of step ${step.number} must give { port, close }; it gave ${inspect(reply)}.`,
  )
}

/** The first trouble says what happened; one that came of it may know in which line. */
function explainTroubles(troubles: Error[], tree: string): string {
  const [first = new Error('The server has ended by itself.')] = troubles
  const stack = troubles.map((error) => error.stack ?? '').join('\n')
  return explainFailure({ name: first.name, message: first.message, stack }, tree)
}

async function planFrom(args: string[]) {
  const said = parseWords(args, SPEC)
  const has = (word: string) => said.words.includes(word)
  const { app, port } = said.values
  const step = theStep(said.step)
  const [text] = said.rest
  if (text === undefined)
    throw new Usage(`Say what to send, in quotes: npm run say ${step.number} "GET /hello HTTP/1.1"`)
  const isWhole = has('raw') || step.number < FIRST_WITH_HEADS
  const bytes = Buffer.concat([unescapeBytes(text), Buffer.from(isWhole ? '' : REST_OF_HEAD)])
  const running = port === undefined ? undefined : portFrom(port, `npm run say ${step.number} "…"`)
  if (port !== undefined && (app !== undefined || has('solution')))
    throw new Usage('With port= the bytes go to a server that runs already: leave app= and solution out.')
  const tree = has('solution') ? treePath('solutions') : learnersTree
  refuseMissingFiles(tree, step)
  return {
    step,
    tree,
    bytes,
    slowly: has('slowly'),
    finish: has('finish'),
    /** Of a server that runs already. */
    port: running,
    /** An application of the step's suite, or one for the loader; undefined for the server's own. */
    application: await applicationFor(app, { step, tree }),
  }
}

/** Sends the bytes and prints what comes, until the server ends the connection or has nothing more to say. */
async function converse(port: number, { bytes, slowly, finish }: Plan, host?: Host): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  const ending = howItEnds(socket)
  const received: Buffer[] = []
  socket.on('data', (chunk) => received.push(chunk))
  console.log(show(bytes, '> '))
  for (const piece of slowly ? Array.from(bytes, (byte) => Buffer.of(byte)) : [bytes])
    await send(socket, piece, host)
  if (finish) socket.end()
  const how = await ending
  console.log(received.length > 0 ? show(Buffer.concat(received), '< ') : '(nothing came back)')
  console.log(`\n${how}`)
  socket.destroy()
}

/** Settles with a sentence once nothing more is to be expected. */
function howItEnds(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const tell = (how: string) => () => resolve(how)
    socket.once('end', tell('The server ended the connection.'))
    socket.once('error', (error) => resolve(`The connection broke: ${error.message}.`))
    socket.once('close', tell('The connection is closed.'))
    socket.setTimeout(PATIENCE, tell(`Nothing more came for ${PATIENCE / 1000} s; the connection is open.`))
    const bored = tell(`The server is still sending after ${ATTENTION / 1000} s; we listen no longer.`)
    setTimeout(bored, ATTENTION).unref()
  })
}

/** One packet: the next bytes go out when the server's event loop has had time to take these. */
async function send(socket: Socket, bytes: Buffer, host?: Host): Promise<void> {
  if (socket.destroyed) return
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
  // Another process has no way to tell us: a turn of our own loop has to do.
  if (host === undefined) await new Promise((resolve) => setImmediate(resolve))
  else if (host.alive) await host.notices().catch(() => {})
}

function show(bytes: Buffer, sign: string): string {
  const shown = Array.from(bytes.subarray(0, SHOWN), (byte) => showByte(byte) + (byte === 0x0a ? '\n' : ''))
  const more = bytes.length > SHOWN ? `\n… and ${bytes.length - SHOWN} bytes more` : ''
  return indent(shown.join('').trimEnd(), sign) + more
}
