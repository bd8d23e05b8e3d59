// Screens of a terminal as one SVG that shows them in turn, on light and on dark pages.
import { escape } from '../lib/svg.ts'
import { COLUMNS, ROWS, type Frame } from './session.ts'

const SIZE = 14
const CHARACTER = 8.43
const LINE = 19
const MARGIN = 18
const BAR = 34
const WIDTH = Math.round(COLUMNS * CHARACTER) + 2 * MARGIN
const HEIGHT = BAR + (ROWS + 2) * LINE + 2 * MARGIN

const STYLE = `
  text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre }
  .page { fill: #ffffff; stroke: #d1d9e0 } .bar { fill: #f6f8fa; stroke: #d1d9e0 }
  .b { font-weight: 700 } .d, .act { fill: #59636e } .green { fill: #1a7f37 } .red { fill: #cf222e } .yellow { fill: #9a6700 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .page { fill: #0d1117; stroke: #3d444d } .bar { fill: #151b23; stroke: #3d444d }
    .d, .act { fill: #9198a1 } .green { fill: #3fb950 } .red { fill: #f85149 } .yellow { fill: #d29922 }
  }`

const CODES = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`)
/** What the codes for colours mean, by their number. */
const CLASSES = new Map([
  ['1', 'b'],
  ['2', 'd'],
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
])

/** Which classes a code ends. */
const ENDS: Record<string, string[]> = {
  '': [...CLASSES.values()],
  '0': [...CLASSES.values()],
  '22': ['b', 'd'],
  '39': ['red', 'green', 'yellow'],
}

export function draw(frames: Frame[], title: string): string {
  const whole = frames.reduce((sum, { seconds }) => sum + seconds, 0)
  let begin = 0
  const moves = frames.map(({ seconds }, index) => {
    const from = share(begin, whole)
    begin += seconds
    const rest = share(begin, whole)
    return `@keyframes f${index} { 0% { opacity: 0 } ${from} { opacity: 1 } ${rest} { opacity: 0 } }
  #f${index} { animation: f${index} ${whole}s step-end infinite }`
  })
  // Where nothing is to move, the last screen stands for all.
  const still = `@media (prefers-reduced-motion: reduce) { .frame { animation: none !important; opacity: 0 } .frame:last-of-type { opacity: 1 } }`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}\n  ${[...moves, still].join('\n  ')}\n</style>`,
    `<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>`,
    `<path class="bar" d="M0.5 ${BAR}h${WIDTH - 1}"/>`,
    ...frames.map(drawFrame),
    '</svg>\n',
  ].join('\n')
}

function share(seconds: number, whole: number): string {
  return `${((100 * seconds) / whole).toFixed(2)}%`
}

function drawFrame({ act, screen }: Frame, index: number): string {
  const ink = new Set<string>()
  const rows = screen.slice(0, ROWS).map((line, row) => drawLine(line, BAR + MARGIN + (row + 1) * LINE, ink))
  const said = `<text class="act" x="${MARGIN}" y="${BAR - 12}">${escape(act)}</text>`
  return `<g class="frame" id="f${index}">\n${[said, ...rows].filter((row) => row !== '').join('\n')}\n</g>`
}

/** `ink`: the classes that hold at its begin, and then at its end. */
function drawLine(line: string, y: number, ink: Set<string>): string {
  let column = 0
  const spans = line.split(CODES).map((part, index) => {
    if (index % 2 === 1) return applyCodes(part, ink)
    const x = MARGIN + column * CHARACTER
    column += [...part].length
    if (part.trim() === '') return ''
    return `<tspan x="${x.toFixed(1)}"${classOf(ink)}>${escape(part)}</tspan>`
  })
  const text = spans.join('')
  return text === '' ? '' : `<text y="${y}">${text}</text>`
}

function applyCodes(codes: string, ink: Set<string>): '' {
  for (const code of codes.split(';')) {
    const name = CLASSES.get(code)
    if (name !== undefined) ink.add(name)
    for (const gone of ENDS[code] ?? []) ink.delete(gone)
  }
  return ''
}

function classOf(classes: Set<string>): string {
  return classes.size === 0 ? '' : ` class="${[...classes].join(' ')}"`
}
