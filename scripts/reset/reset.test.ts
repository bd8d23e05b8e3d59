// `npm run reset`, and what sends a learner there, in a copy of the workshop.
import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findSteps } from '../lib/catalogue.ts'
import { makeCopy, type Copy } from '../lib/trees/copy.ts'

const FIELDS = 'exercises/03-environ/fields.ts'
const HOST = 'exercises/03-environ/host.ts'
const PAGE = 'exercises/02-request-line/page.ts'

let workshop: Copy
let copy = ''
beforeEach(() => {
  workshop = makeCopy()
  copy = workshop.folder
  for (const step of findSteps()) workshop.fill(step, 'starter')
})
afterEach(() => workshop.remove())

function run(...words: string[]): { code: number | null; said: string } {
  const { WORKSHOP_TREE: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.mjs', ...words], {
    cwd: copy,
    env,
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

const read = (file: string) => readFileSync(join(copy, file), 'utf8')
const write = (file: string) => appendFileSync(join(copy, file), '// mine\n')

test('a file that is missing is brought back alone', () => {
  const before = read(FIELDS)
  rmSync(join(copy, FIELDS))
  write(HOST)
  const remedy = 'reset 3 fields.ts'
  const refusal = run('serve', '3')
  expect(refusal).toEqual({ code: 1, said: `${FIELDS} is missing. npm run ${remedy} brings it back.\n` })
  expect(run(...remedy.split(' '))).toMatchObject({ code: 0, said: expect.stringContaining(FIELDS) })
  expect(read(FIELDS)).toBe(before)
  expect(read(HOST)).toMatch(/mine\n$/)
})

test('what was written in a file is saved before that file is reset', () => {
  write(HOST)
  const written = read(HOST)
  const { said } = run('reset', '3', HOST)
  const [folder = ''] = /\.workshop\/saved\/\S+(?=\/exercises over)/.exec(said) ?? []
  expect(read(join(folder, HOST))).toBe(written)
  expect(read(HOST)).not.toBe(written)
})

test('all resets every step, and saves all of it in one place', () => {
  for (const file of [PAGE, HOST]) write(file)
  const { code, said } = run('reset', 'all')
  expect([code, said]).toEqual([0, expect.stringMatching(/^The 2 files replaced were saved first\./m)])
  expect(readdirSync(join(copy, '.workshop/saved'))).toHaveLength(1)
  for (const file of [PAGE, HOST]) expect(read(file)).not.toContain('// mine')
})

test('what makes no sense is refused, and changes nothing', () => {
  write(FIELDS)
  const near = 'Did you mean fields.ts? npm run reset 3 fields.ts\n'
  expect(run('reset', '3', 'feilds.ts')).toEqual({ code: 2, said: `Step 3 has no file "feilds.ts". ${near}` })
  expect(run('reset', '3', 'zzz.ts')).toMatchObject({
    code: 2,
    said: expect.stringContaining('It has environ.ts,'),
  })
  expect(run('reset', '3', 'all').code).toBe(2)
  expect(read(FIELDS)).toMatch(/mine\n$/)
})

test('where the system reports no saves, doctor says how they are noticed', () => {
  const mute = `import fs from 'node:fs'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
fs.watch = () => Object.assign(new EventEmitter(), { close() {}, ref() {}, unref() {} })
syncBuiltinESMExports()`
  const options = { cwd: copy, encoding: 'utf8' } as const
  const module = `data:text/javascript,${encodeURIComponent(mute)}`
  const { stdout } = spawnSync(process.execPath, ['--import', module, 'scripts/start.mjs', 'doctor'], options)
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /. file watching the system reports no saves here .+ by looking once a second/,
  )
})
