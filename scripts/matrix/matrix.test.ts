// `npm run matrix` tells the truth: who differs is seen, who may differ is excused, what is unwritten is named, and the
// reference gives what the others give.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hostColumn } from './hosts.ts'
import { judge, type Entry } from './judge.ts'
import { cellsOf, drawMarkdown, drawTable } from './table.ts'
import { runCaught } from '../lib/machine/programs.ts'
import { root } from '../lib/catalogue.ts'
import type { RouteAnswer } from '../../steps/05-framework-apps/ask-route.ts'
import { differenceBetween, differenceInSubstance } from '../../steps/05-framework-apps/compare-answers.ts'
import type { Header } from '#wsgi'
import { sites, type Site } from '../../steps/05-framework-apps/routes.ts'

const site: Site = { name: 'anyapp', file: 'anyapp.ts', greeting: 'anything', style: 'WSGI' }

function answer(body: string, change: Partial<RouteAnswer> = {}): RouteAnswer {
  const headers: Header[] = [['Content-Type', 'text/plain']]
  return { status: 200, reason: 'OK', headers, body: Buffer.from(body), inPieces: false, ...change }
}

/** Columns that have been asked for one route. A learner's has no say. */
function entries(answers: Record<string, RouteAnswer>, route = '404'): Entry[] {
  return Object.entries(answers).map(([column, outcome]) => {
    const cell = { kind: 'asked' as const, outcomes: new Map([[route, outcome]]), later: [], isSilent: false }
    return { column, votes: column !== 'yours', cell }
  })
}

const missing = (body: string) => answer(body, { status: 404, reason: 'Not Found' })

test('what most servers gave is right, and who differs is told where', () => {
  const answers = { a: missing('not here'), b: missing('not there'), c: missing('not here') }
  const verdicts = judge(site, entries(answers))
  expect(verdicts.map(({ text }) => text)).toEqual(['✓ 1', '✗ 1 of 1', '✓ 1'])
  expect(verdicts[1]?.faults[0]).toBe(
    [
      'anyapp, b, 404 (GET /nowhere)',
      '  It differs from what others gave in the body, at byte 4:',
      '    it gave  not there',
      '    a, c gave  not here',
    ].join('\n'),
  )
})

test("a learner's server has no say in what is right", () => {
  const verdicts = judge(site, entries({ yours: missing('no'), a: missing('no'), b: missing('nope') }))
  expect(verdicts.map(({ isGood }) => isGood)).toEqual([false, false, true])
})

test("what a learner's framework says in its own words is no difference, on a learner's server", () => {
  const own: Site = { ...site, isOwn: true }
  const headers: Header[] = [['X-Mine', '1']]
  const yours = answer('Nothing of the sort.', { status: 404, reason: 'Nowhere', headers })
  const both = entries({ yours, a: missing('no') })
  expect(judge(own, both).map(({ isGood }) => isGood)).toEqual([true, true])
  expect(judge(site, both).map(({ isGood }) => isGood)).toEqual([false, true])
  const [other] = judge(own, entries({ yours: answer('a page'), a: answer('a pig') }, 'raw é'))
  expect(other?.faults[0]).toContain('in the body, at byte 3')
})

const allows = (value: string) => answer(value, { status: 405, headers: [['Allow', value]] })

test('methods in another order are no difference, a missing one is', () => {
  expect(differenceInSubstance(allows('POST,GET'), allows('GET, POST'))).toBeUndefined()
  expect(differenceInSubstance(allows('GET'), allows('GET, POST'))?.where).toBe('the header allow')
})

test('all servers together are wrong where the application does not answer as it must', () => {
  const verdicts = judge(site, entries({ a: answer('found'), b: answer('found') }))
  expect(verdicts.map(({ isGood }) => isGood)).toEqual([false, false])
  expect(verdicts[0]?.faults[0]).toContain('The status should be 404; it is 200.')
})

test('a stream that comes all at once is a difference', () => {
  const [verdict] = judge(site, entries({ a: answer('one\ntwo\nthree\n') }, 'stream'))
  expect(verdict?.faults[0]).toContain('came together at the end')
})

const refusal = answer('', { status: 400, reason: 'Bad Request' })
const cafe = answer('café')

test('a known difference of a peer is right, and says why', () => {
  const answers = { reference: cafe, gunicorn: refusal, wsgiref: cafe, 'reference 2': cafe }
  const verdicts = judge(site, entries(answers, 'raw é'))
  expect(verdicts.map(({ isGood }) => isGood)).toEqual([true, true, true, true])
  expect(verdicts[1]?.excuses[0]).toContain('RFC 3986')
  const [, excused] = judge(site, entries({ a: cafe, wsgiref: refusal }, 'raw é'))
  expect(excused?.excuses).toEqual([])
})

const withHeaders = (...headers: Header[]) => answer('', { headers })

test('headers are compared in any case and order, those of one name in theirs', () => {
  const one = withHeaders(['X-A', '1'], ['Set-Cookie', 'a'], ['set-cookie', 'b'])
  const same = withHeaders(['set-cookie', 'a'], ['Set-Cookie', 'b'], ['x-a', '1'])
  const swapped = withHeaders(['X-A', '1'], ['Set-Cookie', 'b'], ['Set-Cookie', 'a'])
  expect(differenceBetween(one, same)).toBeUndefined()
  expect(differenceBetween(one, swapped)?.where).toBe('the header set-cookie')
})

test('what is of the server or the connection is not compared, Content-Length where both have it', () => {
  const plain = withHeaders(['Date', 'day 1'])
  const [three, four] = ['3', '4'].map((length) =>
    withHeaders(['Date', `day ${length}`], ['Connection', 'close'], ['Content-Length', length]),
  )
  expect(three && differenceBetween(plain, three)).toBeUndefined()
  expect(three && four && differenceBetween(three, four)?.where).toBe('the header content-length')
})

test('a table has a line for each application and a mark for each excuse', () => {
  const verdicts = judge(site, entries({ reference: cafe, gunicorn: refusal }, 'raw é'))
  const rows = [{ name: 'anyapp', verdicts }]
  const { cells, notes } = cellsOf(rows, ['reference', 'gunicorn'])
  expect(drawTable(cells, rows)).toEqual(['         reference   gunicorn', 'anyapp   ✓ 1         ✓ 1¹'])
  expect(notes).toEqual([expect.stringMatching(/^¹ raw é: .+RFC 9112/)])
  expect(drawMarkdown(cells)).toEqual([
    '|  | reference | gunicorn |',
    '| --- | --- | --- |',
    '| anyapp | ✓ 1 | ✓ 1¹ |',
  ])
})

test('a server that reaches a TODO is not written yet, one that crashes has crashed', async () => {
  const todo =
    "import { channel } from 'node:diagnostics_channel'; channel('workshop:todo').publish({ step: 4, move: 1 })"
  const crash = "setImmediate(() => { throw new Error('ouch') }); await new Promise(() => {})"
  const cells = [await cellOf(todo), await cellOf(crash)]
  expect(cells).toEqual([
    { kind: 'said', says: 'not written yet', isGood: false },
    { kind: 'said', says: '✗ crashed', isGood: false, why: expect.stringContaining('ouch') },
  ])
})

/** What the matrix says of a server whose module does this when it is loaded. */
async function cellOf(code: string) {
  const tree = mkdtempSync(join(tmpdir(), 'workshop-matrix-'))
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }))
  const server = join(tree, '05-framework-apps', 'server.ts')
  mkdirSync(join(tree, '05-framework-apps'))
  writeFileSync(join(tree, 'package.json'), '{ "type": "module" }')
  writeFileSync(server, `${code}\nexport {}\n`)
  const column = hostColumn('yours', false, { tree, server, floor: 5 })
  const cell = await column.run(site)
  await column.end()
  return cell
}

test('the reference gives what all other servers give, for every application', async () => {
  const script = join(root, 'scripts', 'start.mjs')
  const { code, printed } = await runCaught(process.execPath, [script, 'matrix', 'markdown'], root)
  const rows = printed.match(/^\| \w+app \|.*$/gm)
  expect(rows?.length, printed).toBe(sites.length)
  expect(code, printed).toBe(0)
})
