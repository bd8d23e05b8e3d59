// Measures a section: every server is checked first, warmed up, and then asked in turn, in several rounds.
import type { Section } from './sections.ts'
import type { Stable } from './stable.ts'
import type { Question } from '../load/load.ts'
import { sample, sampleInPython, type Bench, type Sample } from '../load/sample.ts'
import type { Place } from '../machine/cores.ts'
import type { Outcome, Result } from '../report/ratios.ts'
import { IN_PYTHON } from '../servers/contestants.ts'
import { ask } from '../servers/run.ts'
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

export async function measureSection(
  section: Section,
  rounds: number,
  bench: Bench,
  stable: Stable,
): Promise<Result> {
  const { id, title } = section
  const outcomes: Outcome[] = []
  const runners = await prepare(section, bench, stable, outcomes)
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
  tell('')
  return { id, title, note: noteOn(section, runners), outcomes }
}

/** Starts all servers, and has each answer once. All get an outcome; those that cannot take part, one that says why. */
async function prepare(
  { title, contestants, question, inPython, place }: Section,
  { cores }: Bench,
  stable: Stable,
  outcomes: Outcome[],
): Promise<Runner[]> {
  // Where no process can be placed, there is nothing to try.
  const places = [place].flat().slice(0, cores.canPlace ? undefined : 1)
  const runners: Runner[] = []
  let wanted: Answer | undefined
  for (const contestant of contestants) {
    tell(`${title}: starting ${contestant.name}`)
    const outcome: Outcome = { name: contestant.name, samples: [] }
    outcomes.push(outcome)
    try {
      const running = await stable.start(contestant)
      wanted = await answerOf(running.port, question, wanted)
      runners.push({ outcome, places, measure: (bench, at) => sample(running, question, at, bench) })
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

/** What a client gets, as far as it has to be the same for all. */
interface Answer {
  type: string
  body: string
}

/** Asks once, before anything is timed. Throws what is wrong with the answer. */
async function answerOf(port: number, { path, body }: Question, wanted?: Answer): Promise<Answer> {
  const response = await ask(port, path, body)
  if (response.status !== 200) throw new Error(`it answers ${response.status}`)
  const type = (response.headers.get('content-type') ?? '').toLowerCase().replaceAll(' ', '')
  const answer = { type, body: await response.text() }
  if (wanted === undefined || (type === wanted.type && answer.body === wanted.body)) return answer
  const [came, due] = [answer, wanted].map((one) => `${one.body.length} bytes of ${one.type}`)
  throw new Error(`it answers with ${came}, other than ${due}`)
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
export function tell(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${faint(text)}`)
}
