// A verdict in as many rows as the window has: what matters least gives way, and a line says how much was left out.
import { heightOf } from '../lib/layout.ts'
import { linesOf, type Block } from './blocks.ts'

/** The lines of these blocks. Where their middles cannot give way enough, the beginning and the end of all remain. */
export function fit(blocks: Block[], rows: number): string[] {
  const rooms = blocks.map(({ lines }) => lines.length)
  for (let over = heightOf(linesOf(blocks)) - rows; over > 0; over -= 1) {
    const index = nextToGive(blocks, rooms)
    if (index === undefined) break
    rooms[index] = (rooms[index] ?? 0) - 1
  }
  const lines = blocks.flatMap((block, index) => cutMiddle(block.lines, rooms[index] ?? 0))
  return cutMiddle(lines, rows - heightOf(lines) + lines.length)
}

function nextToGive(blocks: Block[], rooms: number[]): number | undefined {
  const rest = blocks.map(({ lines, least = lines.length }, index) => (rooms[index] ?? 0) - least)
  const first = blocks.findIndex(({ isFirstToGo }, index) => isFirstToGo && (rest[index] ?? 0) > 0)
  if (first !== -1) return first
  const most = Math.max(0, ...rest)
  return most > 0 ? rest.indexOf(most) : undefined
}

function cutMiddle(lines: string[], room: number): string[] {
  if (room >= lines.length || room <= 0) return lines.slice(0, Math.max(0, room))
  // The beginning says more than the end.
  const top = Math.floor(room * 0.6)
  const bottom = lines.length - (room - 1 - top)
  const [indentation = ''] = /^ */.exec(lines[top] || '  ') ?? []
  return [...lines.slice(0, top), `${indentation}… ${bottom - top} lines left out …`, ...lines.slice(bottom)]
}
