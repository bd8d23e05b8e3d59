// What a learner reads when a test fails: what was sent, what came back, what was expected, and how to see it by hand.

import { isDeepStrictEqual } from 'node:util'
import { firstDifference, showBytes, toBytes } from './bytes.ts'
import { showAt } from './pieces.ts'
import { sayLine } from './say-line.ts'
import { show, showBoth, showParting } from './values.ts'

/** A failed expectation. The message is complete: no stack need be shown. */
export class Failure extends Error {
  override name = 'Failure'
}

export interface Scene {
  step: number
  /** What the server ran, when the test gave it an application: its name, and the file that has it, if one alone. */
  application?: { name: string; file?: string } | undefined
  sent: Buffer
  received: Buffer
  /** What `startServer` was given, when that is not the default. */
  limits?: Record<string, number> | undefined
  /** What the server was called meanwhile, which no client could do: `stop(1000)`. */
  called?: string[] | undefined
  /** The client has finished sending. */
  finished?: boolean
}

/** A failure on the wire: `problem` in a sentence, then the bytes both ways. */
export function wireFailure(problem: string, scene: Scene, expected?: string | Uint8Array): Failure {
  const { application, limits, called = [] } = scene
  const lines = [
    problem,
    ...(application ? [ran(application)] : []),
    ...(limits ? [`The server was started with limits: ${show(limits)}.`] : []),
    ...called.map((call) => `Meanwhile the test called ${call}.`),
    '',
    'We sent',
    showEnds(scene.sent),
    'and your server sent back',
    showEnds(scene.received),
  ]
  if (expected !== undefined)
    lines.push('We expected', showEnds(toBytes(expected)), parting(scene.received, toBytes(expected)))
  // `npm run say` knows no limits but the server's own, and calls nothing.
  const say = limits || called.length > 0 ? undefined : sayLine(scene.step, scene.sent, application?.name)
  if (say !== undefined) lines.push('', `Try it by hand:  ${say}${scene.finished ? ' finish' : ''}`)
  return new Failure(lines.join('\n'))
}

function ran({ name, file }: { name: string; file?: string }): string {
  return `The server ran the application ${name}${file === undefined ? '' : ` of ${file}`}.`
}

/** Of a long message its last lines, too: there one sees how it ended. They have so many bytes at the most. */
const TAIL = 180
const TAIL_LINES = 3

/** What `showBytes` writes where it does not show all. */
const CUT = /\n *… and (\d+) bytes more$/

/** A message as `showBytes` shows it; but a long one is cut in its middle. */
function showEnds(message: Buffer): string {
  const beginning = showBytes(message)
  const [note, more] = CUT.exec(beginning) ?? []
  if (note === undefined) return beginning
  const rest = message.subarray(message.length - Number(more))
  const tail = lastLines(rest)
  const left = rest.length - tail.length
  return [
    beginning.slice(0, -note.length),
    ...(left > 0 ? [`  … ${left} ${left === 1 ? 'byte' : 'bytes'} …`] : []),
    showBytes(tail),
  ].join('\n')
}

function lastLines(bytes: Buffer): Buffer {
  let start = bytes.length
  for (let line = 0; line < TAIL_LINES && start > 0; line++)
    start = bytes.subarray(0, start - 1).lastIndexOf('\n') + 1
  return bytes.subarray(Math.max(start, bytes.length - TAIL))
}

function parting(received: Buffer, expected: Buffer): string {
  const at = firstDifference(received, expected)
  if (at === -1) return ''
  if (received.length === 0) return 'Nothing came.'
  const isCut = [received, expected].some((message) => CUT.test(showBytes(message)))
  return `${howTheyPart(received, expected, at)}${isCut ? `\n${showParting(received, expected, at)}` : ''}`
}

function howTheyPart(received: Buffer, expected: Buffer, at: number): string {
  if (at === received.length) return `It stops after ${at} bytes; ${expected.length} were expected.`
  if (at === expected.length) return `It goes on after byte ${at}, where it should end.`
  return `They part at byte ${at}: "${showAt(received, at)}" came, "${showAt(expected, at)}" was expected.`
}

/** Fails unless a call gave what it should. `call` is what a reader would type: `splitTarget("/a?b")`. */
export function gives(call: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return
  const [came, wanted] = showBoth(actual, expected)
  throw new Failure(`${call}\n  gave      ${came}\n  expected  ${wanted}`)
}

/** Fails unless `run` throws an HttpError with this status. */
export function refuses(call: string, run: () => unknown, status: number): void {
  let outcome: string
  try {
    outcome = `gave      ${show(run())}`
  } catch (error) {
    if (error instanceof Error && error.name === 'Todo') throw error
    if (error instanceof Error && 'status' in error && error.status === status) return
    outcome = `threw     ${error instanceof Error ? `${error.name}: ${error.message}${statusOf(error)}` : show(error)}`
  }
  throw new Failure(`${call}\n  ${outcome}\n  expected  an HttpError with status ${status}`)
}

function statusOf(error: Error): string {
  return 'status' in error ? ` (status ${String(error.status)})` : ''
}
