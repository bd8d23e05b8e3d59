// The loader of `module:callable`: where it looks, what it recognises, and what it says when there is no such thing.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { callApplication, environFor } from '#given/kit/application/call.ts'
import { fetchApplication } from '#server/05-framework-apps/fetch-style.ts'
import { choiceOf, findModule, splitWords } from '../loader/find-module.ts'
import { loadApplication } from '../load-application.ts'
import { LoadError } from '../load-error.ts'
import { withoutBodies } from '../loader/without-bodies.ts'
import { interpreter, pythonTest } from './python/cases.ts'

const apps = fileURLToPath(new URL('../apps', import.meta.url))
const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** A folder with these files; modules are as in a project of `"type": "module"`. */
function place(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'loader-')))
  folders.push(folder)
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  symlinkSync(packages, join(folder, 'node_modules'), 'junction')
  return folder
}

const load = (words: string, ...places: string[]) =>
  loadApplication(words, fetchApplication, places.length > 0 ? { places } : {})

/** What the application answers to `GET /hello`. Without a place, in the usual ones. */
async function page(words: string, ...places: string[]): Promise<string> {
  const { application, close } = await load(words, ...places)
  const { body } = await callApplication(application, environFor({ target: '/hello' }))
  await close()
  return String(body)
}

/** The message of the LoadError. */
async function refusal(words: string, ...places: string[]): Promise<string> {
  const error: unknown = await load(words, ...places).catch((thrown) => thrown)
  if (error instanceof LoadError) return error.message
  throw new Error('That should have been a LoadError.', { cause: error })
}

/** A module that exports, under these names, applications that answer with the text. */
const wsgi = (text: string, ...names: string[]) =>
  names
    .map((name) => `export const ${name} = (e, start) => (start('200 OK', []), [Buffer.from('${text}')])\n`)
    .join('')

test.each([
  ['flaskapp:app', 'flaskapp', 'app'],
  ['./sites/site.ts:site.application', './sites/site.ts', 'site.application'],
  ['C:\\sites\\site.ts:app', 'C:\\sites\\site.ts', 'app'],
  ['c:/sites/site:app', 'c:/sites/site', 'app'],
  ['c:app', 'c', 'app'],
  ['odd:name:app', 'odd:name', 'app'],
])('%s is split at its last colon', (words, module, callable) => {
  expect(splitWords(words)).toEqual({ module, callable })
})

test.each([
  ['', 'honoapp:app'],
  [':', 'honoapp:app'],
  [':app', 'honoapp:app'],
  ['flaskapp', 'flaskapp:app'],
  ['flaskapp:', 'flaskapp:app'],
  ['C:\\site.ts', 'C:\\site.ts:app'],
])('"%s" is refused, with an example', async (words, example) => {
  const sentence = 'Provide a WSGI application object as module:callable'
  expect(await refusal(words)).toBe(`${sentence}, for example ${example}`)
})

test('a module is found by its bare name, in the order of the endings', () => {
  const folder = place({
    'a.mjs': '',
    'a.py': '',
    'b.js': '',
    'b.mjs': '',
    'c.ts': '',
    'c.js': '',
    'd.py': '',
  })
  const found = ['a', 'b', 'c', 'd'].map((name) => findModule(name, [folder]).file)
  expect(found).toEqual(['a.mjs', 'b.js', 'c.ts', 'd.py'].map((name) => join(folder, name)))
})

test('where one word fits several files, the choice is told, with the words for the others', () => {
  const folder = place({ 'mine.ts': '', 'mine.py': '', 'mine/index.ts': '', 'sole.py': '' })
  const found = findModule('mine', [folder])
  expect(choiceOf('mine:app', found)).toBe(
    'mine:app is taken from mine.ts. For the other file of that name, say mine.py:app or mine/index.ts:app.',
  )
  expect(choiceOf('mine.py:app', findModule('mine.py', [folder]))).toBeUndefined()
  expect(choiceOf('sole:app', findModule('sole', [folder]))).toBeUndefined()
})

test('a module is found by a path with or without its ending, from the place or absolute', async () => {
  const folder = place({ 'sites/one.two.ts': wsgi('found', 'app') })
  expect(await page('sites/one.two.ts:app', folder)).toBe('found')
  expect(await page('./sites/one.two:app', folder)).toBe('found')
  expect(await page(`${join(folder, 'sites/one.two.ts')}:app`, tmpdir())).toBe('found')
  expect(await page('../one.two:app', join(folder, 'sites/below'))).toBe('found')
})

test('the places are searched in their order', async () => {
  const first = place({ 'here.ts': wsgi('first', 'app') })
  const second = place({ 'here.ts': wsgi('second', 'app'), 'there.ts': wsgi('second', 'app') })
  expect(await page('here:app', first, second)).toBe('first')
  expect(await page('there:app', first, second)).toBe('second')
})

test('a folder is a module when it has an index', async () => {
  const folder = place({ 'site/index.ts': wsgi('index', 'app'), 'shop/index.js': wsgi('shop', 'app') })
  expect(await page('site:app', folder)).toBe('index')
  expect(await page('shop/:app', folder)).toBe('shop')
})

test('a Python module has a folder and a dotted name', () => {
  const folder = place({
    'site/__init__.py': '',
    'site/web/__init__.py': '',
    'site/web/wsgi.py': '',
    'ns/x.py': '',
  })
  const file = (name: string) => join(folder, name)
  expect(findModule('site', [folder])).toEqual({ file: file('site/__init__.py'), isPython: true })
  expect(findModule('site/web/wsgi.py', [folder])).toEqual({ file: file('site/web/wsgi.py'), isPython: true })
  const dotted = { place: folder, name: 'ns.x' }
  expect(findModule('ns.x', [folder])).toEqual({ file: file('ns/x.py'), isPython: true, dotted })
})

test('usually a module is looked for where the learner stands, then among the given applications', async () => {
  vi.stubEnv('INIT_CWD', place({ 'site.ts': wsgi('mine', 'app'), 'honoapp.ts': wsgi('mine', 'app') }))
  expect(await page('site:app')).toBe('mine')
  expect(await page('honoapp:app')).toBe('mine')
  expect(await page('expressapp:app')).toBe('Hello world from Express!\n')
  vi.unstubAllEnvs()
})

test('the callable may be dotted', async () => {
  const folder = place({
    'site.ts': `class Site {
        text: string = 'method'
        handle(e, start) { start('200 OK', []); return [Buffer.from(this.text)] }
      }
      export const site = new Site()
      export const sites = { inner: { text: 'deep', application: Site.prototype.handle } }`,
  })
  expect(await page('site:site.handle', folder)).toBe('method')
  expect(await page('site:sites.inner.application', folder)).toBe('deep')
})

/** One page in each style, on one line each. */
const STYLES: Record<string, string> = {
  'a function': `export const app = (e, start) => (start('200 OK', []), [Buffer.from('hello')])`,
  'an asynchronous function': `export async function app(e, start) { start('200 OK', []); return [Buffer.from('hello')] }`,
  'an object with fetch': `export const app = { fetch: () => new Response('hello') }`,
  Hono: `import { Hono } from 'hono'
    export const app = new Hono(); app.get('/hello', (c) => c.text('hello'))`,
  Express: `import express from 'express'
    export const app = express(); app.get('/hello', (req, res) => res.send('hello'))`,
  Koa: `import Koa from 'koa'
    export const app = new Koa(); app.use((context) => { context.body = 'hello' })`,
  Fastify: `import Fastify from 'fastify'
    export const app = Fastify(); app.register(async (app) => { app.get('/hello', async () => 'hello') })`,
  'node:http': `import { createServer } from 'node:http'
    export const app = createServer((req, res) => res.end('hello'))`,
}

test.each(Object.keys(STYLES))('%s is recognised', async (name) => {
  expect(await page('site:app', place({ 'site.ts': STYLES[name] ?? '' }))).toBe('hello')
})

test('what CommonJS exports is found by its name, whether Node can see that or not', async () => {
  const folder = place({
    'site.cjs': `const app = (e, start) => (start('200 OK', []), [Buffer.from('hello')])
      module.exports = app
      module.exports[['a', 'p', 'p'].join('')] = app`,
    // What tsx makes of `export default` in a project that is not of type module.
    'made.cjs': `exports.__esModule = true
      exports.default = (e, start) => (start('200 OK', []), [Buffer.from('default')])`,
  })
  expect(await page('site.cjs:default', folder)).toBe('hello')
  expect(await page('site.cjs:app', folder)).toBe('hello')
  expect(await page('made.cjs:default', folder)).toBe('default')
})

pythonTest('an application in Python is loaded by its path and by its dotted name', async () => {
  const text = `from . import words
def hello(environ, start_response):
    start_response('200 OK', [])
    return [words.greeting]
class Site:
    application = staticmethod(hello)
`
  const folder = place({
    'shop/web/__init__.py': '',
    'shop/web/site.py': text,
    'shop/web/words.py': "greeting = b'hello'",
  })
  expect(await page('shop/web/site:hello', folder)).toBe('hello')
  expect(await page('shop.web.site:Site.application', folder)).toBe('hello')
  expect(await refusal('shop/web/site.py:nosuch', folder)).toContain('nosuch')
})

test('several requests run at once', async () => {
  const { application } = await load('koaapp:app', apps)
  const pages = Array.from({ length: 20 }, (_, index) =>
    callApplication(application, environFor({ target: `/path/${index}` })),
  )
  const bodies = (await Promise.all(pages)).map(({ body }) => String(body))
  expect(bodies).toEqual(bodies.map((_, index) => `${index}\n`))
})

test('Fastify is closed with the server, and what goes wrong then is told', async () => {
  const folder = place({
    'site.ts': `import Fastify from 'fastify'
      export const log: string[] = []
      export const app = Fastify()
      app.addHook('onClose', async () => { log.push('closed'); throw new Error('stuck') })`,
  })
  const { log } = await import(join(folder, 'site.ts'))
  const complaints = vi.spyOn(console, 'error').mockReturnValue()
  const { close } = await load('site:app', folder)
  await close()
  expect(log).toEqual(['closed'])
  expect(complaints).toHaveBeenCalledOnce()
  complaints.mockRestore()
})

test('a module that is not there is looked for everywhere, and the nearest is named', async () => {
  const folder = place({ 'shop.ts': '', 'README.md': '', 'types.d.ts': '' })
  expect(await refusal('shpo:app', folder, apps)).toBe(
    `There is no module shpo (.ts, .js, .mjs or .py) in ${folder} or steps/05-framework-apps/apps. ` +
      'Did you mean shop?',
  )
  expect(await refusal('bakery:app', folder)).toMatch(
    /^There is no module bakery .* To be found there: shop\.$/,
  )
  expect(await refusal('below/shop:app', folder)).toBe(
    `There is no module shop (.ts, .js, .mjs or .py) in ${join(folder, 'below')}.`,
  )
  expect(await refusal('README.md:app', folder)).toMatch(/^There is no module README\.md /)
})

test.each([
  'nosuch',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'then',
  'app.',
  '.app',
  'app..x',
])('a callable that is not there is refused: %s', async (callable) => {
  const folder = place({ 'site.ts': wsgi('site', 'app', 'admin') })
  expect(await refusal(`site:${callable}`, folder)).toMatch(/^There is no "\w*" in \S*(?:site\.ts|app)\. \S/)
})

test('what there is instead is named', async () => {
  const folder = place({ 'site.ts': wsgi('site', 'app', 'admin'), 'empty.ts': 'export {}' })
  const file = (name: string) => join(folder, name)
  expect(await refusal('site:ap', folder)).toBe(`There is no "ap" in ${file('site.ts')}. Did you mean app?`)
  expect(await refusal('site:shop', folder)).toBe(
    `There is no "shop" in ${file('site.ts')}. It has admin, app.`,
  )
  expect(await refusal('empty:app', folder)).toBe(
    `There is no "app" in ${file('empty.ts')}. It has nothing to choose from.`,
  )
})

test.each([
  ["'text'", 'a string'],
  ['42', 'a number'],
  ['null', 'null'],
  ['undefined', 'undefined'],
  ['[]', 'an array'],
  ['{ listen() {} }', 'an object'],
  ['class Koa {}', 'a class'],
  ['Promise.resolve({})', 'a promise (export what it resolves to: put `await` before it)'],
])('an application that is none is refused: %s', async (value, what) => {
  const folder = place({ 'site.ts': `export const app = ${value}` })
  expect(await refusal('site:app', folder)).toMatch(
    `site:app is ${what}, and no application: that is a function`,
  )
})

test('a module that throws is refused, with its error as the cause', async () => {
  const folder = place({ 'site.ts': `\nthrow new TypeError('no ink')`, 'odd.ts': 'throw 5' })
  const error: unknown = await load('site:app', folder).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(LoadError)
  expect(error).toMatchObject({ message: `${join(folder, 'site.ts')} cannot be imported: TypeError: no ink` })
  expect(error).toMatchObject({ cause: { stack: expect.stringContaining(`${join(folder, 'site.ts')}:2:`) } })
  expect(await refusal('odd:app', folder)).toMatch(/odd\.ts cannot be imported: it throws 5$/)
})

test.each([
  ['site.mjs', "import express from 'no-such-express/router.js'", 'no-such-express'],
  ['site.cjs', "require('@no-such/express')", '@no-such/express'],
])('a package that is not installed is named, with what to type: %s', async (name, text, missing) => {
  const folder = place({ [name]: text })
  expect(await refusal(`${name}:app`, folder)).toBe(
    `${join(folder, name)} cannot be imported: "${missing}" is not installed for it. ` +
      `In ${folder}: npm install ${missing}`,
  )
})

test('a file that is not there is no package', async () => {
  const folder = place({ 'site.mjs': "import './nosuch.mjs'" })
  expect(await refusal('site.mjs:app', folder)).toContain('Cannot find module')
})

test('on a server without bodies, the first request that has one is told', async () => {
  const told: string[] = []
  const { application } = await load('wsgiapp:app')
  const bare = withoutBodies(application, (line) => told.push(line))
  const form = { target: '/form', method: 'POST', body: Buffer.from('name=Ada') }
  for (const request of [{ target: '/hello' }, form, form]) await callApplication(bare, environFor(request))
  expect(told).toEqual([
    'POST /form has a body, and the application finds none: this server reads no bodies before step 6.',
  ])
})

pythonTest(
  'an application of one’s own runs in the environment that is active, a given one does not',
  async () => {
    const text = `import sys
def app(environ, start_response):
    start_response('200 OK', [])
    return [sys.prefix.encode()]
`
    const folder = place({ 'mine.py': text })
    const own = join(folder, 'env')
    await promisify(execFile)(await interpreter(), ['-m', 'venv', '--without-pip', own])
    vi.stubEnv('VIRTUAL_ENV', own)
    expect(await page('mine:app', folder)).toBe(own)
    expect(await page('flaskapp:app')).toBe('Hello world from Flask!\n')
    writeFileSync(join(folder, 'needs.py'), 'import no_such_framework')
    expect(await refusal('needs:app', folder)).toMatch(
      /^needs\.py imports "no_such_framework", which is not in the environment \S*env\. .+ install it: \S+ -m pip install /,
    )
    vi.stubEnv('VIRTUAL_ENV', join(folder, 'nosuch'))
    expect(await refusal('mine:app', folder)).toMatch(
      /^There is no Python in \S+nosuch, which VIRTUAL_ENV names: /,
    )
    vi.unstubAllEnvs()
  },
)

test('a part that is still to be written is no fault of the module', async () => {
  const folder = place({ 'site.ts': `throw Object.assign(new Error('TODO 5.1'), { name: 'Todo' })` })
  await expect(load('site:app', folder)).rejects.toMatchObject({ name: 'Todo' })
})

test('a plugin of Fastify that fails is refused', async () => {
  const folder = place({
    'site.ts': `import Fastify from 'fastify'
      export const app = Fastify()
      app.register(async () => { throw new Error('no database') })`,
  })
  expect(await refusal('site:app', folder)).toBe('site:app does not get ready: Error: no database')
})
