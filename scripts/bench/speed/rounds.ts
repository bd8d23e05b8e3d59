// Measures a section: every server is started and checked, warmed up, and then asked in turn, in several rounds.
import type { Section } from './sections.ts'
import type { Question } from '../load/load.ts'
import { sample, sampleInPython, type Bench, type Sample } from '../load/sample.ts'
import type { Place } from '../machine/cores.ts'
import type { Outcome, Result } from '../report/ratios.ts'
import { IN_PYTHON } from '../servers/contestants.ts'
import { ask, type Running } from '../servers/run.ts'
import { faint } from '../../lib/ink.ts'

/** Seconds of load that come before the first round: until then a server is still being compiled. */
export const WARM_UP = 1

/** Somebody who takes part in the rounds. */
interface Runner {
  outcome: Outcome
  /** Where it could run, and where it does: known once it has been warmed up. */
  places: Place[]
  place?: Place
  measure: (bench: Bench, place: Place) => Promise<Sample>
}

export async function measureSection(section: Section, rounds: number, bench: Bench): Promise<Result> {
  const { id, title } = section
  const outcomes: Outcome[] = []
  const running: Running[] = []
  try {
    const runners = await prepare(section, bench, outcomes, running)
    for (const runner of runners) {
      tell(`${title}: warming up ${runner.outcome.name}`)
      runner.place = await warmUp(runner, bench)
    }
    for (let round = 0; round < rounds; round += 1) {
      // Whoever comes after another has no advantage of it in the end.
      const turn = round % 2 === 0 ? runners : runners.toReversed()
      for (const { outcome, measure, place = 'apart' } of turn) {
        tell(`${title}: round ${round + 1} of ${rounds}, ${outcome.name}`)
        outcome.samples.push(await measure(bench, place))
      }
    }
    return { id, title, note: noteOn(section, runners), outcomes }
  } finally {
    tell('')
    await Promise.all(running.map((server) => server.end()))
  }
}

/** Starts all servers, and has each answer once. All get an outcome; those that cannot take part, one that says why. */
async function prepare(
  { title, contestants, question, inPython, place }: Section,
  { cores }: Bench,
  outcomes: Outcome[],
  running: Running[],
): Promise<Runner[]> {
  // Where no process can be placed, there is nothing to try.
  const places = [place].flat().slice(0, cores.canPlace ? undefined : 1)
  const runners: Runner[] = []
  let wanted: string | undefined
  for (const { name, start } of contestants) {
    tell(`${title}: starting ${name}`)
    const outcome: Outcome = { name, samples: [] }
    outcomes.push(outcome)
    try {
      const server = await start()
      running.push(server)
      const answer = await answerOf(server.port, question)
      wanted ??= answer
      if (answer !== wanted) throw new Error(`it answers otherwise: ${answer.slice(0, 60)}`)
      runners.push({ outcome, places, measure: (bench, at) => sample(server, question, at, bench) })
    } catch (error) {
      outcome.notRun = whyOf(error)
      // Without the server that the others are compared with there is nothing to tell.
      if (wanted === undefined) return []
    }
  }
  if (inPython === undefined) return runners
  const outcome: Outcome = { name: IN_PYTHON, samples: [] }
  outcomes.push(outcome)
  return [...runners, { outcome, places: ['one core'], measure: (bench) => sampleInPython(inPython, bench) }]
}

/** Asks once, before anything is timed, and gives what has to be the same for all. */
async function answerOf(port: number, { path, body }: Question): Promise<string> {
  const response = await ask(port, path, body)
  if (response.status !== 200) throw new Error(`it answers ${response.status}`)
  const type = (response.headers.get('content-type') ?? '').toLowerCase().replaceAll(' ', '')
  return `${type} ${await response.text()}`
}

function whyOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
  return line.includes('ENOENT') ? 'not installed' : line
}

/** Gives the place in which it was fastest. */
async function warmUp({ places, measure }: Runner, bench: Bench): Promise<Place> {
  const trial = { ...bench, seconds: WARM_UP }
  const [first = 'apart'] = places
  // What is learnt cold is no measure of a place.
  await measure(trial, first)
  let best = { place: first, rate: 0 }
  for (const place of places.length > 1 ? places : []) {
    const { rate } = await measure(trial, place)
    if (rate > best.rate) best = { place, rate }
  }
  return best.place
}

function noteOn({ note = '' }: Section, runners: Runner[]): string {
  if (runners[0] === undefined || runners[0].places.length === 1) return note
  const parted = runners.filter(({ place }) => place === 'busiest apart').map(({ outcome }) => outcome.name)
  const who = parted.join(', ') || 'no server'
  return `${note} Each runs where it was faster in a trial: its busiest process on a core of its own (${who}), or where the system puts it.`
}

/** What goes on, on a terminal only; an empty text wipes it away. */
function tell(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${faint(text)}`)
}
