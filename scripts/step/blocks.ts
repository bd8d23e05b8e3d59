// What a verdict is made of: blocks of lines that fit the window's width, with the lines that each can do with.
import { fold, wrap } from '../lib/layout.ts'

export interface Block {
  lines: string[]
  /** It can do with so many lines; where nothing is said, all are needed. */
  least?: number
  /** It gives way before all others do. */
  isFirstToGo?: boolean
}

export function linesOf(blocks: Block[]): string[] {
  return blocks.flatMap(({ lines }) => lines)
}

/** Where a failure of the kit's says what was wanted, and where that parts from what came. */
const WANTED =
  /\n(?=We expected\n| {2}expected |They part at|It stops after|It goes on after|Nothing came\.$)/m

/** Its sentences stay, and then what was wanted; what was sent, and what came, gives way. */
export function textBlocks(text: string): Block[] {
  const [told = '', ...wanted] = text.split(WANTED)
  const [sentences = '', ...bytes] = told.split(/\n(?=[\n ])/)
  return [partOf(sentences, 6), partOf(bytes.join('\n'), 1), ...wanted.map((part) => partOf(part, 3))]
}

function partOf(text: string, least: number): Block {
  const rows = text === '' ? [] : text.split('\n')
  const lines = rows.flatMap((row) => (row.startsWith(' ') ? fold : wrap)(row, '  '))
  return { lines, least: Math.min(least, lines.length) }
}

/** Indented, below an empty line; nothing of nothing. */
export function block(lines: string[], layOut = wrap): string[] {
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => layOut(line, '  '))]
}
