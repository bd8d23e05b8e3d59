// The checks on imports, on files that are made up.
import { expect, test } from 'vitest'
import { circlesIn, upwardsIn } from './imports.ts'

test.each([
  ['solutions/02-a/x.ts', 'solutions/03-b/y.ts', 'it stands above'],
  ['solutions/02-a/x.ts', 'express', 'it is neither a floor, given code nor node:'],
  ['solutions/02-a/x.ts', 'scripts/lib/ink.ts', 'it is neither a floor, given code nor node:'],
  ['steps/02-a/02-a.test.ts', '#server/03-b/y.ts', 'it stands above'],
  ['steps/02-a/02-a.test.ts', 'steps/03-b/cases.ts', 'it stands above'],
  ['steps/02-a/cases.ts', 'solutions/02-a/x.ts', 'it is one of the two trees, and not the one under test'],
  ['steps/kit/wire/client.ts', 'steps/01-a/handlers.ts', 'it stands above'],
  ['steps/kit/suite.ts', 'scripts/lib/ink.ts', 'a step knows no command'],
  ['scripts/step/trial.ts', 'scripts/test.ts', 'nothing imports a command'],
  ['scripts/lib/hints.ts', 'scripts/step/spot.ts', 'what all commands share knows none of their rooms'],
])('%s may not import %s', (file, target, why) => {
  expect(upwardsIn(new Map([[file, [target]]]))).toEqual([`${file} imports ${target}: ${why}`])
})

test('what is given to a floor knows none, and a suite knows those up to its own', () => {
  const imports = new Map([
    ['solutions/02-a/x.ts', ['node:net', 'steps/wsgi.ts', 'steps/02-a/given.ts', 'solutions/01-a/y.ts']],
    ['steps/02-a/given.ts', ['#server/02-a/x.ts']],
    ['steps/02-a/02-a.test.ts', ['#server/02-a/x.ts', 'steps/kit/suite.ts', 'vitest']],
  ])
  expect(upwardsIn(imports)).toEqual([
    'steps/02-a/given.ts imports #server/02-a/x.ts: what is given to a floor knows none',
  ])
})

test('a circle of files is told once, and so is one of rooms', () => {
  const files = new Map([
    ['steps/a.ts', ['steps/b.ts', 'steps/c.ts']],
    ['steps/b.ts', ['steps/c.ts']],
    ['steps/c.ts', ['steps/b.ts']],
  ])
  expect(circlesIn(files)).toEqual(['steps/b.ts → steps/c.ts → steps/b.ts'])
  const rooms = new Map([
    ['scripts/step/a.ts', ['scripts/serve/b.ts']],
    ['scripts/serve/c.ts', ['scripts/step/d.ts']],
  ])
  expect(circlesIn(rooms)).toEqual(['in scripts/: step → serve → step'])
})
