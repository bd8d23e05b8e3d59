// A clone without its packages, or with those of another system: with a stand-in for npm, which needs no network.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../catalogue.ts'

let clone: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'wsgi-workshop-clone-'))
  for (const file of ['package.json', 'scripts/start.mjs', 'scripts/lib/machine/packages.mjs'])
    cpSync(join(root, file), join(clone, file))
  writeFileSync(join(clone, 'scripts/doctor.ts'), 'export const main = async () => (console.log("runs"), 0)')
})

afterEach(() => rmSync(clone, { recursive: true }))

const INSTALLS = `
  import { symlinkSync } from 'node:fs'
  console.log('added 197 packages')
  symlinkSync(${JSON.stringify(join(root, 'node_modules'))}, 'node_modules', 'junction')`

/** `npm run doctor`, where `code` is all that npm does. */
function doctor(code: string, name = 'npm-cli.js') {
  const npm = join(clone, name)
  writeFileSync(npm, code)
  const options = { cwd: tmpdir(), encoding: 'utf8', env: { ...process.env, npm_execpath: npm } } as const
  return spawnSync(process.execPath, [join(clone, 'scripts/start.mjs'), 'doctor', 'python'], options)
}

test('packages that are missing are installed by the first command, whose own output stays as it is', () => {
  const { status, stdout, stderr } = doctor(INSTALLS)
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'runs\n' })
  expect(stderr).toContain('Installing the packages, this once.')
  expect(stderr).toContain('added 197 packages')
})

test.each([
  ['npm fails, say without a network', 'process.exit(1)', 'npm-cli.js'],
  ['npm installs less than is needed', '', 'npm-cli.js'],
  ['the command was started by another package manager', INSTALLS, 'yarn.js'],
])('where %s, a sentence says what to do', (_, code, name) => {
  const { status, stderr } = doctor(code, name)
  expect(status).toBe(1)
  expect(stderr).toContain(
    'The packages are not installed yet. With a network, run npm ci, then npm run doctor python again.\n',
  )
})

test('packages of another system are named, with the remedy', () => {
  for (const name of ['tsx', 'vitest', 'typescript']) {
    mkdirSync(join(clone, 'node_modules', name), { recursive: true })
    writeFileSync(join(clone, 'node_modules', name, 'package.json'), '{}')
  }
  const packages = {
    'node_modules/tsx': {},
    'node_modules/fits': { os: ['!plan9'], cpu: [process.arch] },
    'node_modules/@esbuild/plan9-x64': { os: ['plan9'], cpu: ['x64'] },
  }
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
  const { status, stderr } = doctor('throw new Error("npm is not to run")')
  expect(status).toBe(1)
  expect(stderr).toBe(
    'The packages are those of another system (@esbuild/plan9-x64). Install them for this one: npm ci\n',
  )
})
