// What floor 9 serves when no application is named: what was measured of this server, and which of its processes says
// so. At /slow that process waits for a while, at /busy it computes for as long. Given whole.

import { setTimeout as after } from 'node:timers/promises'
import type { Application, Body, Environ, StartResponse } from '#wsgi'
import { readFigures, type Figures } from './figures.ts'

/** The commands that leave figures. `bench` measures the reference, unless one says `mine`. */
const COMMANDS = ['npm run matrix', 'npm run attack', 'npm run bench limits mine', 'npm run bench mine']
/** ms that /slow and /busy take. */
const LONG = 2000

export const application: Application = async (environ, startResponse) => {
  const text = (line: string, status = '200 OK') => answer(startResponse, status, 'text/plain', `${line}\n`)
  if (environ.PATH_INFO === '/')
    return answer(startResponse, '200 OK', 'text/html', page(environ, readFigures()))
  if (environ.PATH_INFO === '/hello') return text(`Hello from process ${process.pid}.`)
  if (environ.PATH_INFO === '/slow') {
    await after(LONG)
    return text(`Process ${process.pid} has waited for ${LONG / 1000} s.`)
  }
  if (environ.PATH_INFO === '/busy') {
    compute()
    return text(`Process ${process.pid} was busy for ${LONG / 1000} s.`)
  }
  return text('There is no such page.', '404 Not Found')
}

function answer(startResponse: StartResponse, status: string, type: string, text: string): Body {
  startResponse(status, [['Content-Type', `${type}; charset=utf-8`]])
  return [Buffer.from(text)]
}

/** Stands for whatever takes long to compute: until it is done, this process can do nothing else. */
function compute(): number {
  let sum = 0
  for (const end = performance.now() + LONG; performance.now() < end;) sum += Math.sqrt(sum + 1)
  return sum
}

const STYLE = `
  :root { color-scheme: light dark; --line: #8884; --soft: #888; --good: #1a7f37; --bad: #cf222e }
  @media (prefers-color-scheme: dark) { :root { --good: #4ac26b; --bad: #ff7b72 } }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
  h1 { line-height: 1.2; margin: 0 0 .5rem } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem }
  p { max-width: 42rem; margin: .5rem 0 } figure { margin: 0 } .wide { overflow-x: auto }
  table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums }
  th, td { text-align: left; padding: .25rem 1.25rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
  th { font-weight: 600; white-space: nowrap } .number { text-align: right; white-space: nowrap }
  .good { color: var(--good) } .bad { color: var(--bad); font-weight: 600 }
  figcaption, .soft { color: var(--soft); font-size: .85rem; margin-top: .4rem } code { font-size: .95em }
`

function page(environ: Environ, figures: Figures[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>A server of one's own</title>
<style>${STYLE}</style>
<h1>A server of one's own</h1>
<p>This page came over a server that was written from the socket up. Process ${process.pid} answered, over
${escape(environ.SERVER_PROTOCOL)}; it has been there for ${Math.round(process.uptime())} s.</p>
<p class="soft">At <a href="/slow">/slow</a> a process waits for ${LONG / 1000} s, at <a href="/busy">/busy</a> it
computes for as long. With <code>workers=2</code> there is another that can answer meanwhile.</p>
${figures.map(draw).join('\n')}
${more(figures)}
</html>
`
}

function more(figures: Figures[]): string {
  const missing = COMMANDS.filter((command) => !figures.some((known) => known.command.startsWith(command)))
  if (missing.length === 0) return ''
  const items = missing.map((command) => `<li><code>${command}</code></li>`).join('')
  return `<h2>To be measured</h2><p>Run these, and what they find will stand here:</p><ul>${items}</ul>`
}

function draw({ title, command, at, columns, rows }: Figures): string {
  const cells = (tag: string, row: string[]) =>
    row.map((cell, column) => `<${tag}${look(cell, column, rows)}>${escape(cell)}</${tag}>`).join('')
  const lines = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')
  return `<h2>${escape(title)}</h2>
<figure><div class="wide"><table><thead><tr>${cells('th', columns)}</tr></thead><tbody>
${lines}
</tbody></table></div>
<figcaption><code>${escape(command)}</code>, ${escape(at.slice(0, 16).replace('T', ' '))} UTC${
    lines.includes('¹') ? '; the command says what the ¹ stands for' : ''
  }</figcaption></figure>`
}

/** `0`, `+9 MB`, `3,001 ms`. */
const QUANTITY = /^[-+]?[\d.,]+(?: ?[a-z%/]{1,5})?$/i

/** Numbers stand on the right; verdicts have a colour beside their word. */
function look(cell: string, column: number, rows: string[][]): string {
  if (/^(?:✓|held\b)/.test(cell)) return ' class="good"'
  if (/^(?:✗|FELL\b)/.test(cell)) return ' class="bad"'
  const areQuantities = rows.length > 0 && rows.every((row) => QUANTITY.test(row[column] ?? ''))
  return areQuantities ? ' class="number"' : ''
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
