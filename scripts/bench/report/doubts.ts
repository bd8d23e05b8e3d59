// What one should know before one believes the tables of `npm run bench`. Pure: results in, sentences out.
import { medianOf, spreadOf, type Result, type Spread } from './ratios.ts'

/** Whether the load, and whatever else ran, left the servers alone to be the slowest part: in sentences. */
export function doubtsOf(results: Result[]): string[] {
  if (results.length === 0) return []
  const all = results.flatMap(({ title, outcomes }) =>
    outcomes.flatMap((outcome) => {
      const load = medianOf(outcome, 'load')
      const others = outcome.samples.flatMap((one) => one.others ?? [])
      const lost = outcome.samples.reduce((sum, one) => sum + one.lost, 0)
      return { where: `${outcome.name} (${title})`, load, others, lost }
    }),
  )
  return [loadSentence(all), othersSentence(all), lostSentence(all)].filter((sentence) => sentence !== '')
}

interface Doubt {
  where: string
  load: number | undefined
  /** By round. */
  others: number[]
  lost: number
}

/** From this share of its core on, the load may be what holds a server up. */
const FULL = 0.9

function loadSentence(all: Doubt[]): string {
  const known = all.flatMap(({ where, load }) => (load === undefined ? [] : { where, load }))
  const fullest = known.toSorted((a, b) => b.load - a.load)[0]
  if (fullest === undefined) return 'How much of a core the load took could not be measured on this system.'
  const full = known.filter(({ load }) => load >= FULL)
  const most = `it took ${fullest.load.toFixed(2)} of a core at the most, with ${fullest.where}`
  if (full.length === 0 && isBusy(all))
    return `The load itself did not fill its core (${most}), but others may have held it up.`
  if (full.length === 0) return `The load was never the bottleneck: ${most}.`
  const names = full.map(({ where, load }) => `${where}: ${load.toFixed(2)}`).join('; ')
  return `The load was the bottleneck, or near it, for these, which are therefore faster than the table says: ${names} of a core.`
}

/** A machine that is at rest uses less than this share of a core for itself. */
const AT_REST = 0.15

function othersSentence(all: Doubt[]): string {
  const usual = othersOf(all)
  if (usual === undefined) return ''
  const busy = isBusy(all) ? ' So it was not idle: measure again when it is.' : ''
  const { median, high } = usual
  return `Everything else on this machine took ${median.toFixed(2)} of a core (the median; ${high.toFixed(2)} at the most).${busy}`
}

function isBusy(all: Doubt[]): boolean {
  return (othersOf(all)?.median ?? 0) > AT_REST
}

function othersOf(all: Doubt[]): Spread | undefined {
  return spreadOf(all.flatMap(({ others }) => others))
}

function lostSentence(all: Doubt[]): string {
  const lossy = all.filter(({ lost }) => lost > 0)
  if (lossy.length === 0) return 'Every request was answered, with success.'
  return `Not every request was answered with success: ${lossy.map(({ where, lost }) => `${lost} with ${where}`).join('; ')}.`
}
