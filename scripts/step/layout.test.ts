// What the commands print fits the window: at 60, 80 and 100 columns, and in 24 rows.
import { stripVTControlCharacters } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { readHints } from '../lib/hints.ts'
import { fold, wrap, wrapMarkdown } from '../lib/layout.ts'
import { lessonSection } from '../lib/lesson.ts'
import { drawRow } from '../lib/table.ts'
import { findSteps, theStep, treePath } from '../lib/catalogue.ts'
import { fit } from './fit.ts'
import { giveVerdict } from './verdict.ts'

const WINDOWS = [60, 80, 100]
const stdout = { columns: process.stdout.columns, rows: process.stdout.rows }
afterEach(() => void Object.assign(process.stdout, stdout))

function wordsOf(text: string): string[] {
  return stripVTControlCharacters(text).split(/\s+/).filter(Boolean)
}

/** A line that is too long has one word, or code that stays whole, behind its marker. */
function expectFit(line: string, columns: number): void {
  const text = stripVTControlCharacters(line).replace(/`[^`]*`/g, 'code')
  if (line.length > columns) expect(text.trim()).toMatch(/^(?:[-|>]|\d+\.)? *\S+$/)
}

test.each(WINDOWS)('at %i columns, hints and lessons break between words only', (columns) => {
  process.stdout.columns = columns
  for (const step of findSteps())
    for (const { hints, lesson } of readHints(step.number)) {
      for (const hint of hints) expect(wordsOf(wrapMarkdown(hint))).toEqual(wordsOf(hint))
      const prose = [wrapMarkdown(hints.join('\n')), lessonSection(lesson)].join('\n')
      for (const line of prose.replace(/^ *```[^]*?^ *```/gm, '').split('\n')) expectFit(line, columns)
    }
})

test.each(WINDOWS)(
  'at %i columns, commands and paths stay whole, and lines hang below their first word',
  (columns) => {
    process.stdout.columns = columns
    for (let before = 0; before < columns; before += 1) {
      const text = `${'x '.repeat(before / 2)}npm run step 3 strict or steps/03-environ/README.md#fields`
      const lines = wrap(text, 'read: ')
      expect(lines.filter((line) => /npm run step 3 strict/.test(line))).toHaveLength(1)
      for (const line of lines.slice(1)) expect(line).toMatch(/^ {6}\S/)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
    }
  },
)

test('code keeps its lines', () => {
  process.stdout.columns = 60
  const code = `\`\`\`ts\n${'const a = 1; '.repeat(8)}\n\`\`\``
  expect(wrapMarkdown(`Look:\n\n${code}\n\nThere.`)).toBe(`Look:\n\n${code}\n\nThere.`)
})

test('without a window, bytes and tables have any width', () => {
  expect(fold('a '.repeat(200))).toHaveLength(1)
  expect(drawRow(['name', '1'], [200, 90], { narrow: { stay: [0], heading: ['', 'n'] } })).toHaveLength(292)
})

test.each([60, 80])('a table that is wider than %i columns has a second line', (columns) => {
  process.stdout.columns = columns
  const look = { narrow: { stay: [0], heading: ['attack', 'sent', 'took'] } }
  expect(drawRow(['slow head', '3 KB', '0.5 s'], [40, 30, 30], look)).toBe(
    'slow head\n    sent 3 KB · took 0.5 s',
  )
})

const NAME = 'a failing test'
const WANTED = 'The status should be 400; it is 200.'

function verdictOf(message: string) {
  const step = theStep(3)
  const error = { name: 'Failure', message, stack: '' }
  const other = { step: 3, level: 'core', see: 'RFC 9112', output: 'printed\n'.repeat(30), ms: 1 } as const
  const passes = Array.from({ length: 20 }, (_, move) => {
    return { ...other, move, name: `passes ${move}`, state: 'pass' } as const
  })
  const failure = { ...other, move: 21, name: NAME, state: 'fail', error } as const
  const result = { tests: [...passes, failure], problems: [], ms: 1 }
  return giveVerdict({ step, level: 'core', result, tree: treePath('solutions'), isWatched: true })
}

test.each(WINDOWS)(
  'at %i columns and 24 rows, title, expectation and next step of a long failure are seen',
  (columns) => {
    process.stdout.columns = columns
    const dump = Array.from({ length: 60 }, (_, number) => `  header-${number}: ${'word '.repeat(20)}`)
    const { blocks } = verdictOf(
      [WANTED, '', 'We sent', ...dump, 'We expected', '  this', ...dump, 'They part at byte 5.'].join('\n'),
    )
    const lines = fit(blocks, 21)
    const text = lines.join('\n')
    expect(lines.length).toBeLessThanOrEqual(21)
    for (const part of [NAME, WANTED, 'We expected', 'They part at byte 5.', 'Save the file'])
      expect(text).toContain(part)
    expect(text).toMatch(/… \d+ lines left out …/)
  },
)

test('what fits is not cut', () => {
  const { blocks } = verdictOf(WANTED)
  expect(fit(blocks, 100)).toEqual(blocks.flatMap(({ lines }) => lines))
})
