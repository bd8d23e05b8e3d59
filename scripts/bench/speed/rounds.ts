// Measures a section: every server is checked first, warmed up, and then asked in turn, in several rounds.
import { answerOf, differenceOf, sample, sampleInPython, type Bench, type Sample } from '../load/sample.ts'
import type { Place } from '../machine/cores.ts'
import type { Contestant } from '../servers/contestants.ts'
import type { Running } from '../servers/run.ts'
import { IN_PYTHON, type Section } from './section.ts'
import type { Outcome, Result } from '../report/ratios.ts'
import { faint } from '../../lib/ink.ts'

/** Servers that run, until their group is over: a section may ask those that the one before it has started. */
export class Stable {
  readonly #running = new Map<Contestant, Promise<Running>>()

  start(contestant: Contestant): Promise<Running> {
    const started = this.#running.get(contestant) ?? contestant.start()
    this.#running.set(contestant, started)
    return started
  }

  async end(): Promise<void> {
    const all = await Promise.allSettled(this.#running.values())
    this.#running.clear()
    await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.end() : undefined)))
  }
}

/** Seconds of load that come before the first round: until then a server is still being compiled. */
export const WARM_UP = 1

/** Somebody who takes part in the rounds. */
interface Runner {
  outcome: Outcome
  /** Where it could run, and where it does: known once it has been warmed up, which happens to those that take part. */
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
  const runners = await prepare(section, bench, stable)
  for (const runner of runners.filter(({ outcome }) => outcome.notRun === undefined)) {
    tell(`${section.title}: warming up ${runner.outcome.name}`)
    runner.place = await warmUp(runner, bench)
  }
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes after another has no advantage of it in the end.
    const turn = round % 2 === 0 ? runners : runners.toReversed()
    for (const { outcome, measure, place } of turn) {
      if (place === undefined) continue
      tell(`${section.title}: round ${round + 1} of ${rounds}, ${outcome.name}`)
      outcome.samples.push(await measure(bench, place))
    }
  }
  tell('')
  const { id, title } = section
  return { id, title, note: noteOn(section, runners), outcomes: runners.map(({ outcome }) => outcome) }
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

function noteOn({ note }: Section, runners: Runner[]): string | undefined {
  const tried = runners.filter(({ places, place }) => places.length > 1 && place !== undefined)
  if (tried.length === 0) return note
  const parted = tried.filter(({ place }) => place === 'busiest apart').map(({ outcome }) => outcome.name)
  const who = parted.length === 0 ? 'no server' : parted.join(', ')
  const where = `Each runs where it was faster in a trial: its busiest process on a core of its own (${who}), or where the system puts it.`
  return note === undefined ? where : `${note} ${where}`
}

/** Starts all servers, and has each answer once. Whose answer differs from the first one's does not take part. */
async function prepare(section: Section, { cores }: Bench, stable: Stable): Promise<Runner[]> {
  const { contestants, question, inPython } = section
  // Where no process can be placed, there is nothing to try.
  const places = [section.place].flat().slice(0, cores.canPlace ? undefined : 1)
  const runners: Runner[] = []
  let wanted: Awaited<ReturnType<typeof answerOf>> | undefined
  for (const contestant of contestants) {
    const outcome: Outcome = { name: contestant.name, samples: [] }
    try {
      tell(`${section.title}: starting ${contestant.name}`)
      const running = await stable.start(contestant)
      const answer = await answerOf(running.port, question)
      wanted ??= answer
      const difference = answer.status === 200 ? differenceOf(answer, wanted) : `it answers ${answer.status}`
      if (difference !== undefined) outcome.notRun = difference
      runners.push({ outcome, places, measure: (to, at) => sample(running, question, at, to) })
    } catch (error) {
      outcome.notRun = whyOf(error)
      runners.push({ outcome, places, measure: () => Promise.reject(error) })
      // Without the server that the others are compared with there is nothing to tell.
      if (wanted === undefined) return runners
    }
  }
  if (inPython !== undefined) {
    const outcome: Outcome = { name: IN_PYTHON, samples: [] }
    const { python, module } = inPython
    runners.push({ outcome, places: ['one core'], measure: (bench) => sampleInPython(python, module, bench) })
  }
  return runners
}

function whyOf(error: unknown): string {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  if (missing) return 'not installed'
  const [line = ''] = error instanceof Error ? error.message.split('\n') : [String(error)]
  return /ENOENT/.test(line) ? 'not installed' : line
}

/** What goes on, on a terminal only; an empty text wipes it away. */
export function tell(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${faint(text)}`)
}
