// The chart of a whole run, as an SVG that can be read on light and on dark pages.
import { medianOf, ratioOf, type Outcome, type Result } from './ratios.ts'
import { count, times } from './tables.ts'
import { LIMITS } from '../servers/contestants.ts'
import { escape } from '../../lib/svg.ts'
import { wrap } from '../../lib/layout.ts'

export interface Report {
  /** How the server under test is called. */
  subject: string
  isMine: boolean
  results: Result[]
  /** What it was measured on, with what, when, and what to think of it: a paragraph each. */
  caption: string[]
}

/** The sections that it shows. */
const SHOWN = ['hello', 'flask', 'flask-one-core', 'django', '1m-down', '1m-up']

const WIDTH = 880
const MARGIN = 28
/** Where bars begin, and how long the longest is: what is left on the right is for its figures. */
const LEFT = MARGIN + 190
const LONGEST = 460
const BAR = 22
const ROW = 31
const LINE_HEIGHT = 20
/** Characters of a line under the chart. */
const LINE = 118

const STYLE = `
  text { font: 15px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
  .title { font-size: 20px; font-weight: 600 } .head { font-size: 16.5px; font-weight: 600 } .strong { font-weight: 600 }
  .soft { font-size: 13.5px; fill: #59636e } .softer { fill: #59636e }
  .page { fill: #ffffff; stroke: #d1d9e0 } .subject { fill: #0969da } .other { fill: #afb8c1 }
  .limit { fill: #eff2f5; stroke: #818b98; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .soft, .softer { fill: #9198a1 } .page { fill: #0d1117; stroke: #3d444d }
    .subject { fill: #4493f8 } .other { fill: #656c76 } .limit { fill: #212830; stroke: #9198a1 }
  }`

export function svgOf(report: Report): string {
  const subject = report.isMine ? report.subject : `the ${report.subject}`
  const parts = [text(MARGIN + 24, `Requests a second: ${subject} beside others`, 'title')]
  let y = MARGIN + 50
  const legend = [
    `×: how many times as fast ${subject} is, the median of the rounds. Each group has its own scale.`,
    'Dashed: a limit rather than a server, since it does less than a server must.',
  ]
  parts.push(...softLines(y, legend))
  y += (legend.length - 1) * LINE_HEIGHT
  for (const result of SHOWN.flatMap((id) => report.results.find((one) => one.id === id) ?? [])) {
    const bars = drawBars(result, y + 50)
    parts.push(text(y + 38, result.title, 'head'), ...bars.flat())
    y += 50 + bars.length * ROW
  }
  const caption = report.caption.flatMap((paragraph) => wrap(paragraph, '', LINE))
  parts.push(...softLines(y + 34, caption))
  return frame(y + 34 + caption.length * LINE_HEIGHT + MARGIN - 16, subject, parts)
}

/** Of each server that was measured: its name, its bar, and its figures. */
function drawBars({ outcomes }: Result, top: number): string[][] {
  const measured = outcomes
    .map((outcome) => ({ outcome, rate: medianOf(outcome, 'rate') }))
    .filter(({ rate }) => !Number.isNaN(rate))
  const most = Math.max(...measured.map(({ rate }) => rate))
  return measured.map(({ outcome, rate }, index) => {
    const y = top + index * ROW
    const length = Math.max(2, (rate / most) * LONGEST)
    const isSubject = outcome === outcomes[0]
    const kind = isSubject ? 'subject' : LIMITS.includes(outcome.name) ? 'limit' : 'other'
    const at = `y="${y + BAR / 2 + 5.5}"`
    return [
      `<text x="${LEFT - 12}" ${at} text-anchor="end"${isSubject ? ' class="strong"' : ''}>${escape(outcome.name)}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="3" class="${kind}"/>`,
      `<text x="${(LEFT + length + 10).toFixed(1)}" ${at}>${figuresOf(outcome, rate, outcomes[0])}</text>`,
    ]
  })
}

/** Requests a second, and how many times as fast the server under test is. */
function figuresOf(outcome: Outcome, rate: number, first: Outcome = outcome): string {
  const figure = `<tspan class="strong">${count(rate)}</tspan>`
  if (outcome === first) return figure
  return `${figure}<tspan dx="10" class="softer">${times(ratioOf(first, outcome).median)}</tspan>`
}

function frame(height: number, subject: string, parts: string[]): string {
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="name">
<title id="name">Requests a second: ${escape(subject)} beside other servers</title>
<style>${STYLE}
</style>
<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${parts.join('\n')}
</svg>
`
}

function softLines(top: number, lines: string[]): string[] {
  return lines.map((line, index) => text(top + index * LINE_HEIGHT, line, 'soft'))
}

function text(y: number, content: string, kind: string): string {
  return `<text x="${MARGIN}" y="${y}" class="${kind}">${escape(content)}</text>`
}
