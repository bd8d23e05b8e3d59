// Which lines two texts have in common: the longest common subsequence, by the table everybody draws for it.
// Files here have at most some 150 lines, so the table stays small, and no git is needed.

export interface DiffLine {
  sign: ' ' | '-' | '+'
  text: string
}

/** The lines of both, in order: `-` only in `mine`, `+` only in `theirs`. */
export function diffLines(mine: string[], theirs: string[]): DiffLine[] {
  const shared = commonLengths(mine, theirs)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < mine.length || j < theirs.length) {
    const here = mine[i]
    const there = theirs[j]
    if (here !== undefined && here === there) {
      lines.push({ sign: ' ', text: here })
      i += 1
      j += 1
    } else if (there === undefined || (here !== undefined && at(shared, i + 1, j) >= at(shared, i, j + 1))) {
      lines.push({ sign: '-', text: here ?? '' })
      i += 1
    } else {
      lines.push({ sign: '+', text: there })
      j += 1
    }
  }
  return lines
}

/** For each pair of places, how many lines the rests from there have in common. */
function commonLengths(mine: string[], theirs: string[]): number[][] {
  const table = Array.from({ length: mine.length + 1 }, () => theirs.map(() => 0))
  for (let i = mine.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      const row = table[i] ?? []
      row[j] =
        mine[i] === theirs[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

function at(table: number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}
