// The packages of node_modules, before anything of them is loaded: whether they are there, and made for this system.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('../../..', import.meta.url)
const NEEDED = ['tsx', 'vitest', 'typescript']
const REMEDY = 'Install them for this one: npm ci'

/** What keeps a command such as `step 1` from running, in words; undefined once the packages are there. */
export function preparePackages(command) {
  if (!NEEDED.every(isInstalled) && !install())
    return `The packages are not installed yet. With a network, run npm ci, then npm run ${command} again.`
  const foreign = foreignPackage()
  return foreign && `The packages are those of another system (${foreign}). ${REMEDY}`
}

/** Of an error that says so; else undefined. The notes of npm do not tell which C library a package wants. */
export function foreignFault({ code, message }) {
  const isForeign = code === 'ERR_DLOPEN_FAILED' || /native binding|another platform/i.test(message)
  return isForeign ? `The packages are those of another system. ${REMEDY}` : undefined
}

function isInstalled(name) {
  return existsSync(new URL(`node_modules/${name}/package.json`, root))
}

function install() {
  const npm = process.env.npm_execpath ?? ''
  // Other package managers set it, too.
  if (basename(npm) !== 'npm-cli.js') return false
  console.error('Installing the packages, this once. On a fast network it takes half a minute.')
  // With retries, npm would take over a minute to find out that there is no network.
  const words = [npm, 'ci', '--include=dev', '--loglevel=error', '--fetch-retries=0']
  // What the command itself prints may be read by a program.
  const { status } = spawnSync(process.execPath, words, {
    cwd: fileURLToPath(root),
    stdio: ['inherit', 2, 2],
  })
  return status === 0 && NEEDED.every(isInstalled)
}

/** A package that this system cannot run, as npm noted it when it installed: `@esbuild/win32-x64`. */
function foreignPackage() {
  const names = Object.entries(installed()).filter(([, { os, cpu }]) => {
    return !fits(os, process.platform) || !fits(cpu, process.arch)
  })
  return names[0]?.[0].replace(/^.*node_modules\//, '')
}

/** `['linux']`, `['!win32']` */
function fits(wanted, is) {
  return wanted === undefined || wanted.some((name) => name === is || (name[0] === '!' && name !== `!${is}`))
}

function installed() {
  try {
    return JSON.parse(readFileSync(new URL('node_modules/.package-lock.json', root), 'utf8')).packages
  } catch {
    // Another package manager has its own notes.
    return {}
  }
}
