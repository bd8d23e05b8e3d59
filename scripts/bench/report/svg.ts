// npm run bench svg [mine]: the chart of a whole run, as an SVG that can be read on light and on dark pages.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { barsOf, type Panel } from './chart.ts'
import { lastReport, type KeptReport } from './report.ts'
import { root, shown } from '../../lib/catalogue.ts'
import { wrap } from '../../lib/ink.ts'

const WIDTH = 880
const MARGIN = 28
/** Where bars begin, and how long the longest is: what is left on the right is for its figures. */
const LABELS = 190
const LONGEST = 460
const BAR = 22
const ROW = 31
const LINE_HEIGHT = 20
/** Characters of a line under the chart. */
const LINE = 118

/** The chart of the reference is part of the workshop, and its README shows it. A learner's own is the learner's. */
export function chartFile(isMine: boolean): string {
  const own = join(root, '.workshop', 'bench-mine.svg')
  return isMine ? own : join(root, 'steps', '09-many-cores', 'bench.svg')
}

/** Draws the last whole run; where there is none, `make` makes one first. Gives the exit code. */
export async function drawSvg(isMine: boolean, make: () => Promise<unknown>): Promise<number> {
  const known = lastReport(isMine)
  if (known === undefined) await make()
  const report = known ?? lastReport(isMine)
  if (report === undefined) {
    console.error('There is no run to draw: .workshop/figures cannot be written.')
    return 1
  }
  const file = chartFile(isMine)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, svgOf(report))
  console.log(`${shown(file)}: the run of ${dateOf(report)}.`)
  if (known !== undefined)
    console.log(`A new run, and then a new chart: npm run bench${isMine ? ' mine' : ''}`)
  return 0
}

export function svgOf(report: KeptReport): string {
  let y = MARGIN + 24
  const parts = [text(MARGIN, y, `Requests a second: ${inSentence(report)} beside others`, 'title')]
  y += 26
  for (const line of legendOf(report)) {
    parts.push(text(MARGIN, y, line, 'soft'))
    y += LINE_HEIGHT
  }
  y -= LINE_HEIGHT
  for (const panel of barsOf(report)) {
    y += 38
    parts.push(text(MARGIN, y, panel.title, 'head'))
    y += 12
    for (const bar of drawPanel(panel, y)) parts.push(bar)
    y += panel.bars.length * ROW
  }
  y += 34
  for (const line of captionOf(report)) {
    parts.push(text(MARGIN, y, line, 'soft'))
    y += LINE_HEIGHT
  }
  return frame(y + MARGIN - 16, report, parts)
}

function drawPanel({ bars }: Panel, top: number): string[] {
  const most = Math.max(...bars.map(({ rate }) => rate))
  return bars.flatMap(({ name, rate, figures, kind }, index) => {
    const y = top + index * ROW
    const length = Math.max(2, (rate / most) * LONGEST)
    const x = MARGIN + LABELS
    const middle = y + BAR / 2 + 5.5
    return [
      `<text x="${x - 12}" y="${middle}" text-anchor="end"${kind === 'subject' ? ' class="strong"' : ''}>${escape(name)}</text>`,
      `<rect x="${x}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="3" class="${kind}"/>`,
      `<text x="${(x + length + 10).toFixed(1)}" y="${middle}">${figures.map(tspan).join('')}</text>`,
    ]
  })
}

function tspan(figure: string, index: number): string {
  return index === 0
    ? `<tspan class="strong">${escape(figure)}</tspan>`
    : `<tspan dx="10" class="softer">${escape(figure)}</tspan>`
}

function legendOf(report: KeptReport): string[] {
  return [
    `×: how many times as fast ${inSentence(report)} is, the median of the rounds. Each group has its own scale.`,
    'Dashed: a limit rather than a server, since it does less than a server must.',
  ]
}

/** What it was measured on, with what, and when. */
function captionOf(report: KeptReport): string[] {
  const lines = [
    `${report.machine.join('; ')}.`,
    `${report.how}. ${report.cores}`,
    report.doubts.join(' '),
    `Measured on ${dateOf(report)} with ${report.command}.`,
  ]
  return lines.flatMap((line) => wrap(line, LINE, ''))
}

function inSentence({ subject, isMine }: KeptReport): string {
  return isMine ? subject : `the ${subject}`
}

function dateOf({ at }: KeptReport): string {
  return `${at.slice(0, 10)}, ${at.slice(11, 16)} UTC`
}

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

function frame(height: number, report: KeptReport, parts: string[]): string {
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="name">
<title id="name">Requests a second: ${escape(inSentence(report))} beside other servers</title>
<style>${STYLE}
</style>
<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${parts.join('\n')}
</svg>
`
}

function text(x: number, y: number, content: string, kind: string): string {
  return `<text x="${x}" y="${y}" class="${kind}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
