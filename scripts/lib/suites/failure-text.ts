// A failed test in words: what went wrong and, for an exception of the learner's own, the line that threw it. Never a
// frame of the test framework.
import { defuse, squeeze } from '#given/kit/failure/bytes.ts'
import { indent, shorten } from '../ink.ts'
import { proseColumns } from '../layout.ts'
import { ownPlace, showPlace } from './own-line.ts'
import type { PlainError } from './results.ts'

/** They happen in no line of the learner's. */
const PLACELESS = new Set(['Failure', 'Frozen', 'Died', 'Empty'])
/** Their message says all there is to say, without the name. */
const SELF_EXPLAINING = new Set([...PLACELESS, 'Error', 'ServerCrash', 'AssertionError', 'LoadError', 'Todo'])

const UNCAUGHT = 'Nobody caught this error; a test before this one may have left it behind:'
const OUTPUT_LINES = 8
/** A line that takes more of the window's than these is not read. */
const ROWS = 2

export function explainFailure(error: PlainError, tree: string | string[]): string {
  const what = error.isUncaught ? `${UNCAUGHT}\n${nameIt(error)}` : nameIt(error)
  const place = PLACELESS.has(error.name) ? undefined : ownPlace(`${error.stack}\n${error.message}`, tree)
  return place ? `${what}\n${showPlace(place)}` : what
}

/** The same in one line. */
export function summarise(error: PlainError): string {
  // A sentence that goes on, "… should have printed", needs its second line.
  const [first = '', second = ''] = nameIt(error).split('\n')
  return /[.!?]$/.test(first) || second === '' ? first : `${first} ${second.trim()}`
}

function nameIt(error: PlainError): string {
  const message = inPlainWords(error)
  const isPlain = SELF_EXPLAINING.has(error.name) || message !== error.message
  return squeeze(isPlain ? message : `${error.name}: ${message}`)
}

/** Some messages are about the tool that wrote them; these are put so that they are about the learner's code. */
function inPlainWords({ message }: PlainError): string {
  const [, ms] = /^(?:Test|Hook) timed out in (\d+)ms/.exec(message) ?? []
  if (ms)
    return `This did not come to an end within ${Number(ms) / 1000} s: it waits for something that never comes.`
  if (message.startsWith('process.exit unexpectedly called'))
    return 'Your code called process.exit. A function that others call must leave that to them.'
  // esbuild says "Transform failed with 1 error:" and on the next line `file:3:5: ERROR: what is wrong`.
  const [, syntax] = /ERROR: (.+)/.exec(message) ?? []
  return syntax ? `Syntax error: ${syntax}` : message
}

/** What the learner's code printed while the test ran: the last lines of it. */
export function explainOutput(output: string): string[] {
  const all = squeeze(defuse(output.trimEnd())).split('\n')
  const lines = SIEVES.reduce((rest, lets) => (rest.length > OUTPUT_LINES ? rest.filter(lets) : rest), all)
  if (lines.join('') === '') return []
  const kept = lines.slice(-OUTPUT_LINES)
  const left = all.filter(isNoWire).length - kept.filter(isNoWire).length
  return [
    'your server printed:',
    ...(left > 0 ? [indent(`(${left} more ${left === 1 ? 'line is' : 'lines are'} left out)`)] : []),
    ...kept.map((line) => indent(shorten(line, ROWS * proseColumns()))),
  ]
}

/** What went over the wire stands above, in "We sent" and "sent back"; room is for what stands nowhere else. */
function isNoWire(line: string): boolean {
  return !/^[<>]( |$)/.test(line)
}

function isFrame(line = ''): boolean {
  return /^\s+at /.test(line)
}

/** Where there is no room for all, what each lets through goes to the next. The sentence of an error always passes. */
const SIEVES: ((line: string, at: number, lines: string[]) => boolean)[] = [
  isNoWire,
  (line) => !(isFrame(line) && /node:|node_modules/.test(line)),
  (line, at, lines) => !(isFrame(line) && isFrame(lines[at - 1])),
]
