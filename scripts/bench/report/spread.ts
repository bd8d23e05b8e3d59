// The middle one of several numbers, and the range that they lie in.

export interface Spread {
  median: number
  low: number
  high: number
}

/** Of those that are known; NaN where none is. */
export function spreadOf(values: number[]): Spread {
  const sorted = values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [below = NaN, above = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return { median: (below + above) / 2, low: sorted[0] ?? NaN, high: sorted.at(-1) ?? NaN }
}

export function median(values: number[]): number {
  return spreadOf(values).median
}

/** As a row of what was measured has it, where less is better. */
export function middleAndWorst(values: number[]): { value: number; worst: number } {
  return { value: median(values), worst: Math.max(...values) }
}
