// How the growth of costs looks in a terminal: small tables, and under each a sentence that its numbers say.
import type { Curve, Growth } from '../speed/growth.ts'
import { count, printTable, withUnit } from './show.ts'
import { bold, faint } from '../../lib/ink.ts'

export function printGrowth(growth: Growth): void {
  for (const curve of Object.values(growth)) printCurve(curve)
}

function printCurve(curve: Curve): void {
  console.log(bold(curve.title))
  const lines = curve.sizes.map((size, place) => [
    count(size),
    ...curve.values.map(({ at }) => (curve.unit === '' ? rate(at[place]) : withUnit(curve.unit, at[place]))),
  ])
  printTable([['', ...curve.values.map(({ name }) => name)], ...lines])
  console.log(sentenceOf(curve))
  for (const note of curve.notes) console.log(faint(note))
  console.log()
}

function rate(value: number | undefined): string {
  return value === undefined ? '-' : count(value)
}

/** What the numbers of a table say. */
export function sentenceOf({ sizes, values, unit }: Curve): string {
  const known = values.flatMap(({ name, at }) => {
    const measured = sizes.flatMap((size, place) => {
      const value = at[place]
      return value === undefined ? [] : { size, value }
    })
    return measured.length === 0 ? [] : { name, measured }
  })
  if (known.length === 0) return 'This could not be measured on this system.'
  if (sizes.length === 1) return compare(known)
  return `${known.map((one) => (unit === '' ? lossOf(one) : growthOf(one))).join('; ')}.`
}

interface Known {
  name: string
  measured: { size: number; value: number }[]
}

/** Of rates: how much of the best is left at the largest size. */
function lossOf({ name, measured }: Known): string {
  const best = measured.toSorted((a, b) => b.value - a.value)[0]
  const last = measured.at(-1)
  if (best === undefined || last === undefined) return name
  if (best === last) return `${name}: most with ${count(last.size)} connections`
  const share = Math.round((last.value / best.value) * 100)
  return `${name}: most with ${count(best.size)} connections, and ${share} % of that with ${count(last.size)}`
}

/** Of costs: what one more costs, between the smallest size and the largest. */
function growthOf({ name, measured }: Known): string {
  const [first, last] = [measured[0], measured.at(-1)]
  if (first === undefined || last === undefined || first === last) return name
  const each = (last.value - first.value) / (last.size - first.size)
  const factor = (last.value / first.value).toFixed(1)
  return `${name}: ${factor} × as much for ${last.size} fields as for ${first.size}, ${each.toFixed(2)} µs for each one more`
}

function compare(known: Known[]): string {
  const [one, other] = known.map(({ name, measured }) => ({ name, value: measured[0]?.value ?? 0 }))
  if (one === undefined) return ''
  if (other === undefined || other.value === 0) return `${one.name}: ${withUnit('KB', one.value)}.`
  const factor = (one.value / other.value).toFixed(2)
  return `${one.name} takes ${factor} × as much as ${other.name}.`
}
