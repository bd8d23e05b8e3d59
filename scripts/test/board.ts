// `npm test` in words: a line for each step, or for one step a line for each test; then where to go next.
import { bold, faint, green, marks, yellow } from '../lib/ink.ts'
import { wrap } from '../lib/layout.ts'
import { notRun } from '../lib/suites/results.ts'
import { signOf } from './standings.ts'
import type { LevelStanding, Standings, StepStanding, TestStanding } from './schema.ts'

export function drawBoard({ asked, passed, line, steps }: Standings): string[] {
  const width = Math.max(...steps.map((step) => nameOf(step).length))
  const rows = steps.flatMap((step, index) => {
    const said = steps.slice(0, index).some(({ problem }) => problem === step.problem)
    return stepRow(step, width, said)
  })
  const next = passed ? praise(asked, notRunIn(steps)) : whereNext(steps)
  return [...rows, '', ...wrap(next.join('\n')), '', line]
}

export function drawStep(standing: StepStanding, passed: boolean): string[] {
  const { step, slug, core, strict } = standing
  const shown = [
    `core ${core.passed} of ${core.total}`,
    ...(strict ? [`strict ${strict.passed} of ${strict.total}`] : []),
    ...notRunIn([standing]),
  ]
  const title = bold([`Step ${step}`, slug, ...shown].join(' · '))
  const problem = standing.problem ? ['', ...wrap(standing.problem, `${marks.fail()} `)] : []
  const levels = (['core', 'strict'] as const).flatMap((level) => {
    const tests = standing.tests.filter((test) => test.level === level)
    return tests.length === 0 ? [] : ['', level, ...tests.flatMap(testRow)]
  })
  const end = passed
    ? green(notRunIn([standing]).length === 0 ? 'All of it passes.' : 'All that could be run passes.')
    : `Go on: ${bold(`npm run step ${step}${core.state === 'full' ? ' strict' : ''}`)}`
  return [...wrap(title), ...problem, ...levels, '', end]
}

/** In words, what this machine could not run. */
function notRunIn(steps: StepStanding[]): string[] {
  return notRun(steps.flatMap(({ tests }) => tests.map(({ state, message }) => ({ state, note: message }))))
}

/** `said`: whether a row above has told of the same problem, as one in a lower floor is everybody's. */
function stepRow(standing: StepStanding, width: number, said: boolean): string[] {
  const { core, strict, problem, trouble, before } = standing
  const name = nameOf(standing).padEnd(width)
  const left = notRunIn([standing])
  if (problem === null) {
    const row = [name, ...cells({ core, strict })].join('   ')
    return left.length > 0 ? wrap(left.join(', '), `${row}   `) : [row]
  }
  const reached = before ? faint(`before: ${levelCell('core', before.core)}`) : ''
  const row = [name, `${marks.fail()} ${trouble}`, reached].filter((cell) => cell !== '')
  return [row.join('   '), ...(said ? [] : wrap(problem, '   '))]
}

function cells({ core, strict }: Pick<StepStanding, 'core' | 'strict'>): string[] {
  return [levelCell('core', core), ...(strict ? [levelCell('strict', strict)] : [])]
}

function nameOf({ step, slug }: StepStanding): string {
  return `${step}  ${slug}`
}

function levelCell(name: string, standing: LevelStanding): string {
  const sign = { full: green, part: yellow, untouched: faint }[standing.state](signOf(standing))
  return `${name} ${`${standing.passed}/${standing.total}`.padStart(5)} ${sign}`
}

function testRow({ name, state, message }: TestStanding): string[] {
  const remark = { pass: '', fail: '', todo: 'to do', waiting: 'not run', skipped: 'left out' }[state]
  const rows = wrap(`${name}${remark && faint(`  ${remark}`)}`, `  ${marks[state]()} `)
  return message ? [...rows, ...wrap(faint(message), '      ')] : rows
}

function whereNext(steps: StepStanding[]): string[] {
  const unfinished = steps.find(({ core, problem }) => core.state !== 'full' || problem !== null)
  const lax = steps.find(({ strict }) => strict && strict.state !== 'full')
  const next = unfinished ? `npm run step ${unfinished.step}` : `npm run step ${lax?.step} strict`
  if (unfinished?.trouble) return [`Mend this first: ${bold(next)}`]
  return [
    'Red is the point here: a test fails until you have written what it asks for.',
    `Go on: ${bold(next)}`,
  ]
}

function praise(asked: Standings['asked'], left: string[]): string[] {
  const what = asked === 'through' ? 'All the core that was asked for' : 'Everything'
  if (left.length > 0) return [green(`${what} that could be run passes. ${left.join(', ')}.`)]
  return [green(asked === 'through' ? `${what} passes.` : `${what} passes, core and strict.`)]
}
