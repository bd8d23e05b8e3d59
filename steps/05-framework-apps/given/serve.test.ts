// `npm run serve 5 module:callable`, as a person uses it: in a process of its own, with the reference server.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { ServeCommand } from '#given/kit/host/serve-command.ts'

/** No project of `"type": "module"`: learners try things anywhere. */
const place = realpathSync(mkdtempSync(join(tmpdir(), 'serve-')))
const running: ServeCommand[] = []

afterEach(async () => {
  for (const serving of running.splice(0)) {
    serving.signal('SIGINT')
    await serving.ended
  }
})
afterAll(() => rmSync(place, { recursive: true }))

const save = (name: string, text: string) => writeFileSync(join(place, name), text)

/** A module with an application that answers with this. */
const site = (text: string) => `interface Unused { name: string }
export const app = (environ: object, start: Function) => (start('200 OK', []), [Buffer.from('${text}')])
`

/** One run of the command, with the reference server. */
function serve(...words: string[]): ServeCommand {
  const serving = new ServeCommand(place, [...words, 'solution'])
  running.push(serving)
  return serving
}

/** The exit code and what was printed by a run that ends by itself. */
async function run(...words: string[]): Promise<[code: number | null, output: string]> {
  const serving = serve(...words)
  return [await serving.ended, serving.output]
}

const SERVING = /Serving \S+ on the server of step 5 at (http:\S+) /

test('an application is served under its name, and again when it is saved', async () => {
  save('shop.ts', site('first'))
  const serving = serve('5', 'shop:app')
  const url = await serving.prints(
    /^Serving shop:app on the server of step 5 at (http:\S+) \(Ctrl-C stops it\)/,
  )
  expect(await (await fetch(url)).text()).toBe('first')
  serving.forget()
  save('shop.ts', site('second'))
  expect(await (await fetch(await serving.prints(SERVING))).text()).toBe('second')
  serving.signal('SIGINT')
  expect(await serving.ended).toBe(0)
})

test('an application that a save has broken is waited for', async () => {
  save('shop.ts', site('first'))
  const serving = serve('5', 'shop:app')
  await serving.prints(SERVING)
  save('shop.ts', '\nexport const app = 1 +')
  await serving.prints(/Save a file and it starts again/)
  expect(serving.output).toContain(`shop.ts cannot be imported: Syntax error: Unexpected end of file\n`)
  serving.forget()
  save('shop.ts', site('mended'))
  expect(await (await fetch(await serving.prints(SERVING))).text()).toBe('mended')
})

test('an application that never loaded is told, with its own line, and ends the command', async () => {
  save('inkless.ts', `\nthrow new TypeError('no ink')\n`)
  const file = join(place, 'inkless.ts')
  expect(await run('5', 'inkless:app')).toEqual([
    1,
    `${file} cannot be imported: TypeError: no ink\n  ${file}:2\n  2 | throw new TypeError('no ink')\n`,
  ])
})

test('a syntax error is told with its line, in JavaScript, too', async () => {
  save('broken.mjs', '\nexport const app = ;\n')
  const [code, output] = await run('5', 'broken:app')
  expect([code, output]).toEqual([
    1,
    `${join(place, 'broken.mjs')} cannot be imported: SyntaxError: Unexpected token ';' (line 2)\n`,
  ])
})

test('without an application, the sentence of the article ends the command', async () => {
  const sentence = 'Provide a WSGI application object as module:callable'
  expect(await run('5')).toEqual([1, `${sentence}\nFor example: npm run serve 5 honoapp:app\n`])
  expect(await run('5', 'honoapp')).toEqual([1, `${sentence}, for example honoapp:app\n`])
})

test('an application that is not there ends the command', async () => {
  const [code, output] = await run('5', 'nosuch:app')
  expect(code).toBe(1)
  expect(output).toMatch(/^There is no module nosuch \(.+\) in \S+ or steps\/05-framework-apps\/apps\. .+\n$/)
  const [, named] = await run('5', 'nosuch.py:app')
  expect(named).toMatch(/^There is no module nosuch\.py in \S+ or /)
  expect(await run('5', 'honoapp:nosuch')).toEqual([
    1,
    'There is no "nosuch" in steps/05-framework-apps/apps/honoapp.ts. It has app.\n',
  ])
})

test.each([
  [['5', 'honoapp:app', 'python=2'], /^python= is for applications in Python; honoapp:app is none\./],
  [['5', 'flaskapp:app', 'python=0'], /^python= is a number of processes, from 1 to 64, not "0": npm run /],
  [['5', 'flaskapp:app', 'python=x'], /^python= is a number of processes, from 1 to 64, not "x": npm run /],
  [['5', 'app=flaskapp:app'], /^Here an application goes without app=.+: npm run serve 5 flaskapp:app\n$/],
  [['5', 'solutoin'], /did you mean "solution"\? npm run serve 5 honoapp:app solution\n$/],
  [['5', 'a:b', 'c:d'], /^One application at a time, not a:b and c:d\./],
  [
    ['4', 'honoapp:app'],
    /^The server of step 4 runs its own application; "honoapp:app" can be given from step 5/,
  ],
])('%s is refused in a sentence', async (words, sentence) => {
  const [code, output] = await run(...words)
  expect([code, output]).toEqual([2, expect.stringMatching(sentence)])
})
